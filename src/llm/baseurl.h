// SPDX-License-Identifier: MIT
#pragma once

#include <QUrl>

namespace Meanwhile::Llm {

/// An address as a person writes it: without a scheme it is https, on this machine http. Empty text gives an
/// empty address.
QUrl baseUrlFromText(const QString &text);

/// The address without slashes at its end, and without `endpoint` where it was pasted whole, as in
/// ".../v1/messages". Query and port stay.
QUrl trimmedBase(QUrl base, const QString &endpoint);

/// `path` behind the path of the address.
QUrl below(QUrl base, const QString &path);

/// The address is this machine's own.
bool isLoopback(const QUrl &url);

} // namespace Meanwhile::Llm
