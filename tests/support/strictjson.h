// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

namespace Meanwhile::Testing {

/// What a strict parser would refuse in this JSON text; empty when nothing.
///
/// RFC 8259 to the letter, and what the strictest of the parsers in use add: valid UTF-8, no lone surrogate
/// in an escape, no key twice in an object, at most 128 levels. Knows nothing of Qt's JSON.
QString wrongInJson(QByteArrayView json);

} // namespace Meanwhile::Testing
