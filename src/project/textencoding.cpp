// SPDX-License-Identifier: MIT
#include "project/textencoding.h"

#include "project/charsetguess.h"

#include <QList>
#include <QStringEncoder>

#include <algorithm>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;
using Kind = TextEncoding::Kind;

namespace {

constexpr qsizetype kSniffBytes = 8000; // as git does

QStringConverter::Encoding converterFor(Kind kind)
{
    switch (kind) {
    case Kind::Utf8:
        return QStringConverter::Utf8;
    case Kind::Utf16Le:
        return QStringConverter::Utf16LE;
    case Kind::Utf16Be:
        return QStringConverter::Utf16BE;
    case Kind::Utf32Le:
        return QStringConverter::Utf32LE;
    case Kind::Utf32Be:
        return QStringConverter::Utf32BE;
    case Kind::Legacy:
    case Kind::Unknown:
        break;
    }
    return QStringConverter::Latin1;
}

QByteArrayView bomOf(const TextEncoding &encoding)
{
    if (!encoding.hasBom)
        return {};
    switch (encoding.kind) {
    case Kind::Utf8:
        return "\xef\xbb\xbf";
    case Kind::Utf16Le:
        return "\xff\xfe";
    case Kind::Utf16Be:
        return "\xfe\xff";
    case Kind::Utf32Le:
        return {"\xff\xfe\0\0", 4};
    case Kind::Utf32Be:
        return {"\0\0\xfe\xff", 4};
    case Kind::Legacy:
    case Kind::Unknown:
        break;
    }
    return {};
}

std::optional<TextEncoding> byMark(QByteArrayView bytes)
{
    for (const Kind kind : {Kind::Utf8, Kind::Utf32Le, Kind::Utf32Be, Kind::Utf16Le, Kind::Utf16Be}) {
        const TextEncoding encoding{kind, true, {}, true};
        if (bytes.startsWith(bomOf(encoding)))
            return encoding;
    }
    return std::nullopt;
}

bool isInText(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
        return c == U'\t' || c == U'\n' || c == U'\r' || c == U'\f';
    case QChar::Other_NotAssigned:
    case QChar::Other_PrivateUse:
    case QChar::Other_Surrogate:
        return false;
    default:
        return true;
    }
}

// Characters of ASCII in what the bytes would be; -1 where they would not be text.
qsizetype asciiIn(QByteArrayView beginning, Kind kind)
{
    const qsizetype unit = kind == Kind::Utf32Le || kind == Kind::Utf32Be ? 4 : 2;
    QStringDecoder decoder(converterFor(kind), QStringConverter::Flag::ConvertInitialBom);
    QString text = decoder.decode(beginning.first(beginning.size() - beginning.size() % unit));
    if (decoder.hasError() || text.isEmpty())
        return -1;
    if (text.back().isHighSurrogate())
        text.chop(1); // cut
    const QList<uint> characters = text.toUcs4();
    if (!std::all_of(characters.begin(), characters.end(), isInText))
        return -1;
    return std::count_if(characters.begin(), characters.end(), [](uint c) { return c < 0x80; });
}

// Without a mark, the NULs of plain letters and line ends tell the size and the order of the units.
std::optional<TextEncoding> byNuls(QByteArrayView bytes)
{
    const QByteArrayView beginning = bytes.first(qMin(bytes.size(), kSniffBytes));
    if (!beginning.contains('\0'))
        return std::nullopt;
    // Then every character must be one of ASCII, in whatever units: an 8-bit text with a NUL in it is none.
    const bool isPlain = std::all_of(beginning.begin(), beginning.end(),
        [](char c) { return c == '\0' || (c >= ' ' && c < 0x7f) || c == '\t' || c == '\n' || c == '\r'; });
    std::optional<TextEncoding> best;
    qsizetype most = 0;
    for (const Kind kind : {Kind::Utf32Le, Kind::Utf32Be, Kind::Utf16Le, Kind::Utf16Be}) {
        const qsizetype unit = kind == Kind::Utf32Le || kind == Kind::Utf32Be ? 4 : 2;
        const qsizetype ascii = bytes.size() % unit == 0 ? asciiIn(beginning, kind) : -1;
        const qsizetype least = isPlain ? beginning.size() / unit : beginning.size() / unit / 50;
        if (ascii > most && ascii >= least) {
            most = ascii;
            best = TextEncoding{kind, false, {}, true};
        }
    }
    return best;
}

// Not all of it is valid, but most of what is not ASCII is, and that is hardly ever chance.
bool isBrokenUtf8(QByteArrayView bytes, bool isWhole)
{
    qsizetype valid = 0;
    qsizetype invalid = 0;
    for (qsizetype i = 0; i < bytes.size();) {
        const uchar lead = uchar(bytes[i]);
        const qsizetype size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
        const bool isCut = !isWhole && i + size > bytes.size();
        const bool isGood = size > 1 && i + size <= bytes.size() && bytes.sliced(i, size).isValidUtf8();
        valid += isGood ? size : 0;
        invalid += isGood || lead < 0x80 || isCut ? 0 : 1;
        i += isGood ? size : 1;
    }
    return valid > 0 && valid >= 2 * invalid;
}

bool endsLinesWithCrLf(const QString &text)
{
    const qsizetype breaks = text.count(u'\n');
    return breaks > 0 && text.count(QStringLiteral("\r\n")) == breaks;
}

bool isAscii(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

} // namespace

QString nameOf(const TextEncoding &encoding)
{
    QString name;
    switch (encoding.kind) {
    case Kind::Utf8:
        name = u"UTF-8"_s;
        break;
    case Kind::Utf16Le:
    case Kind::Utf16Be:
        name = u"UTF-16"_s;
        break;
    case Kind::Utf32Le:
    case Kind::Utf32Be:
        name = u"UTF-32"_s;
        break;
    case Kind::Unknown:
        return u"no known encoding"_s;
    case Kind::Legacy:
        if (encoding.charset == "ISO-8859-1")
            return u"Latin-1"_s;
        if (encoding.charset == "CP932")
            return u"Shift-JIS"_s;
        if (encoding.charset == "UHC")
            return u"CP949"_s;
        return QString::fromLatin1(encoding.charset);
    }
    const bool isBig = encoding.kind == Kind::Utf16Be || encoding.kind == Kind::Utf32Be;
    const bool isWide = encoding.kind != Kind::Utf8;
    if (encoding.hasBom)
        return isWide ? name : name + u" with a byte order mark"_s;
    return isWide ? name + (isBig ? u"BE"_s : u"LE"_s) + u" without a byte order mark"_s : name;
}

TextEncoding detectEncoding(QByteArrayView bytes, bool isWhole, const QString &hint)
{
    if (const auto marked = byMark(bytes))
        return *marked;
    if (const auto wide = byNuls(bytes))
        return *wide;
    if (bytes.isValidUtf8() || isBrokenUtf8(bytes, isWhole))
        return {};
    const CharsetGuess guess = guessCharset(bytes, isWhole, hint);
    if (guess.charset.isEmpty())
        return {Kind::Unknown, false, {}, false};
    return {Kind::Legacy, false, guess.charset, guess.isCertain};
}

qsizetype bomSize(const TextEncoding &encoding)
{
    return bomOf(encoding).size();
}

bool looksBinary(QByteArrayView beginning)
{
    const auto marked = byMark(beginning);
    if (marked && marked->kind != Kind::Utf8)
        return false;
    return beginning.first(qMin(beginning.size(), kSniffBytes)).contains('\0') && !byNuls(beginning);
}

QString decode(QByteArrayView bytes, const TextEncoding &encoding)
{
    TextDecoder decoder(encoding);
    const QString text = decoder.decode(bytes.sliced(qMin(bytes.size(), bomSize(encoding))));
    return text + decoder.finish();
}

std::optional<QByteArray> encode(const QString &text, const TextEncoding &encoding)
{
    if (encoding.kind == Kind::Legacy)
        return encodeCharset(text, encoding.charset);
    if (encoding.kind == Kind::Unknown)
        return isAscii(text) ? std::optional(text.toLatin1()) : std::nullopt;
    QStringEncoder encoder(converterFor(encoding.kind));
    QByteArray bytes = encoder.encode(text);
    if (encoder.hasError())
        return std::nullopt;
    return bytes;
}

QString lackingCharacter(const QString &text, const TextEncoding &encoding)
{
    for (const uint c : text.toUcs4()) {
        const char32_t character = c;
        const QString one = QString::fromUcs4(&character, 1);
        if (!encode(one, encoding))
            return u"“%1” (U+%2)"_s.arg(one, QString::number(c, 16).toUpper().rightJustified(4, u'0'));
    }
    return {};
}

TextDecoder::TextDecoder(const TextEncoding &encoding)
{
    if (encoding.kind == Kind::Legacy)
        m_legacy.emplace(encoding.charset);
    else
        m_unicode.emplace(converterFor(encoding.kind), QStringConverter::Flag::ConvertInitialBom);
}

QString TextDecoder::decode(QByteArrayView piece)
{
    return m_legacy ? m_legacy->decode(piece) : m_unicode->decode(piece);
}

QString TextDecoder::finish()
{
    return m_legacy ? m_legacy->finish() : QString();
}

TextInForm inFormOf(QByteArrayView oldFile, const QString &text)
{
    if (oldFile.isEmpty() || looksBinary(oldFile))
        return {text.toUtf8(), {}, false, {}, {}};
    TextInForm made;
    made.before = detectEncoding(oldFile, true, text);
    made.encoding = made.before;
    QString whole = text;
    if (!text.contains(QStringLiteral("\r\n")) && endsLinesWithCrLf(decode(oldFile, made.encoding))) {
        whole.replace(u'\n', QStringLiteral("\r\n"));
        made.isCrLf = whole.size() != text.size();
    }
    if (bomSize(made.encoding) > 0 && whole.startsWith(QChar(QChar::ByteOrderMark)))
        whole.remove(0, 1);
    std::optional<QByteArray> bytes;
    if (made.before.isCertain)
        bytes = encode(whole, made.encoding);
    if (!bytes) {
        made.encoding = TextEncoding{};
        made.lacking = made.before.isCertain ? lackingCharacter(whole, made.before) : QString();
    }
    made.bytes = bomOf(made.encoding).toByteArray() + (bytes ? *bytes : whole.toUtf8());
    return made;
}

} // namespace Meanwhile::Project
