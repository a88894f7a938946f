// SPDX-License-Identifier: MIT
#pragma once

#include "project/charsetconverter.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringDecoder>

#include <optional>

namespace Meanwhile::Project {

/// How a file's bytes are text.
struct TextEncoding {
    enum class Kind {
        Utf8,
        Utf16Le,
        Utf16Be,
        Utf32Le,
        Utf32Be,
        Legacy,  ///< `charset`; all of the bytes are characters of it and come back the same
        Unknown, ///< 8-bit, no encoding known; shown as Latin-1, in which every byte survives
    };
    Kind kind = Kind::Utf8;
    bool hasBom = false;
    QByteArray charset; ///< as iconv(3) knows it
    /// False: a guess that may be read, but nothing other than ASCII may be written by it.
    bool isCertain = true;

    bool operator==(const TextEncoding &) const = default;
};

/// "UTF-8", "EUC-KR", "UTF-16 with a byte order mark", "no known encoding": for people and models.
QString nameOf(const TextEncoding &encoding);

/// By byte order mark, by whether the bytes are valid UTF-8 (or all but a few are), by NULs as UTF-16 and
/// UTF-32 have them, else as guessCharset() says. `isWhole` false: the beginning of a file, its last
/// character may be cut. `hint`: text to be written into the file. Costs little for UTF-8; else reads all
/// bytes a few times, so give at most some megabytes.
TextEncoding detectEncoding(QByteArrayView bytes, bool isWhole = true, const QString &hint = {});
/// Bytes of the byte order mark.
qsizetype bomSize(const TextEncoding &encoding);
/// NUL bytes near the beginning, and not as UTF-16 or UTF-32 have them: not a text.
bool looksBinary(QByteArrayView beginning);
/// Without the byte order mark.
QString decode(QByteArrayView bytes, const TextEncoding &encoding);
/// Without a byte order mark; nothing when the encoding has no such characters. Unknown takes only ASCII.
std::optional<QByteArray> encode(const QString &text, const TextEncoding &encoding);
/// The first character that the encoding lacks, as “é” (U+00E9); empty when there is none.
QString lackingCharacter(const QString &text, const TextEncoding &encoding);

/// Decodes a file that comes in pieces, cut anywhere. The first piece has no byte order mark any more.
class TextDecoder {
public:
    explicit TextDecoder(const TextEncoding &encoding);

    QString decode(QByteArrayView piece);
    QString finish();

private:
    std::optional<QStringDecoder> m_unicode;
    std::optional<CharsetDecoder> m_legacy;
};

/// New text for a whole file, in the form of the old one: its encoding and byte order mark, and CR LF where
/// all of its lines end so and the text itself has none. Where there was no text, where the old encoding is
/// not certain, and for characters that it lacks: UTF-8.
struct TextInForm {
    QByteArray bytes;
    TextEncoding encoding;
    bool isCrLf = false; ///< the text's line ends were made CR LF
    TextEncoding before; ///< of the old file; unlike `encoding` where it was changed
    QString lacking;     ///< the character for which it was changed
};
TextInForm inFormOf(QByteArrayView oldFile, const QString &text);

} // namespace Meanwhile::Project
