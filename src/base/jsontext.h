// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QStringView>

#include <optional>

namespace Meanwhile {

/// Appends `text` as a JSON string, quotes included (RFC 8259, section 7). A lone surrogate becomes a
/// question mark, so that the result is always valid UTF-8.
void appendJsonString(QByteArray &out, QStringView text);
QByteArray jsonString(QStringView text);

/// Compact JSON that a strict parser takes: lone surrogates in keys and texts, at any depth, become question
/// marks here too. The object is written as it is where there are none.
QByteArray compactJson(const QJsonObject &object);

/// The text with a question mark for each lone surrogate.
QString withoutLoneSurrogates(const QString &text);

/// The object that `json` is, or that it holds as a string, as some servers write a call's arguments.
std::optional<QJsonObject> jsonObjectIn(const QByteArray &json);

/// Whether arrays and objects stand in each other more than `levels` deep. `json` is valid.
bool isNestedDeeper(QByteArrayView json, int levels);

} // namespace Meanwhile
