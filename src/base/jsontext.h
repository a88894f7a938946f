// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QStringView>

namespace Meanwhile {

/// Appends `text` as a JSON string, quotes included (RFC 8259, section 7). A lone surrogate becomes a
/// question mark, so that the result is always valid UTF-8.
void appendJsonString(QByteArray &out, QStringView text);
QByteArray jsonString(QStringView text);

QByteArray compactJson(const QJsonObject &object);

} // namespace Meanwhile
