// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace Meanwhile::Tools {

/// How a file's bytes are text. Latin1 stands for "8-bit, not UTF-8": every byte survives a round trip.
enum class TextEncoding { Utf8, Utf8WithBom, Utf16Le, Utf16Be, Latin1 };

/// By byte order mark, else by whether the bytes are valid UTF-8.
TextEncoding detectEncoding(QByteArrayView bytes);
/// Bytes of the byte order mark.
qsizetype bomSize(TextEncoding encoding);
/// NUL bytes near the beginning and no UTF-16 mark: not a text.
bool looksBinary(QByteArrayView beginning);
/// Without the byte order mark.
QString decode(QByteArrayView bytes, TextEncoding encoding);
/// Without a byte order mark; nothing when the encoding has no such characters.
std::optional<QByteArray> encode(const QString &text, TextEncoding encoding);

/// New text for a whole file, in the form of the old one: its encoding and byte order mark, and CR LF where
/// all of its lines end so and the text itself has none. Where there was no text, and for characters that the
/// old encoding lacks: UTF-8.
struct TextInForm {
    QByteArray bytes;
    TextEncoding encoding = TextEncoding::Utf8;
    bool isCrLf = false; ///< the text's line ends were made CR LF
};
TextInForm inFormOf(QByteArrayView oldFile, const QString &text);

} // namespace Meanwhile::Tools
