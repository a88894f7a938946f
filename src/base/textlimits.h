// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

#include <chrono>

namespace Meanwhile {

/// What one tool answer may carry to the model, in UTF-16 units.
inline constexpr qsizetype kMaxToolTextChars = 30'000;

/// Keeps the beginning and the end of `text` and says between them how many characters were left out.
/// Never splits a surrogate pair; the result has at most `maxChars` plus one short line.
QString clipMiddle(const QString &text, qsizetype maxChars);

/// Bytes of unknown origin as text: invalid UTF-8 becomes U+FFFD, NUL and other control characters that no
/// JSON or screen needs are dropped (tab, newline and carriage return stay).
QString cleanText(QByteArrayView bytes);

/// "512 B", "1.2 KB", "16 MB": two significant digits, powers of 1000.
QString formatBytes(qint64 bytes);

/// "1,204": for the model.
QString formatCount(qint64 number);

/// "41 s", "2 min 5 s", "1 h 3 min": for the model and for sentences.
QString formatDuration(qint64 milliseconds);

/// "0:41", "12:05", "1:02:03": for tables, and for lines of them.
QString formatElapsed(std::chrono::milliseconds elapsed);

} // namespace Meanwhile
