// SPDX-License-Identifier: MIT
#include "tools/textencoding.h"

#include <QStringDecoder>
#include <QStringEncoder>

namespace Meanwhile::Tools {

namespace {

constexpr qsizetype kSniffBytes = 8000; // as git does

QStringConverter::Encoding converterFor(TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf8:
    case TextEncoding::Utf8WithBom:
        return QStringConverter::Utf8;
    case TextEncoding::Utf16Le:
        return QStringConverter::Utf16LE;
    case TextEncoding::Utf16Be:
        return QStringConverter::Utf16BE;
    case TextEncoding::Latin1:
        break;
    }
    return QStringConverter::Latin1;
}

QByteArrayView bomOf(TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf8WithBom:
        return "\xef\xbb\xbf";
    case TextEncoding::Utf16Le:
        return "\xff\xfe";
    case TextEncoding::Utf16Be:
        return "\xfe\xff";
    case TextEncoding::Utf8:
    case TextEncoding::Latin1:
        break;
    }
    return {};
}

// Not all of it is valid, but some is, and that is hardly ever chance.
bool isBrokenUtf8(QByteArrayView bytes)
{
    for (qsizetype i = 0; i + 1 < bytes.size(); ++i) {
        const uchar lead = uchar(bytes[i]);
        const qsizetype size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
        if (size > 0 && i + size <= bytes.size() && bytes.sliced(i, size).isValidUtf8())
            return true;
    }
    return false;
}

bool endsLinesWithCrLf(const QString &text)
{
    const qsizetype breaks = text.count(u'\n');
    return breaks > 0 && text.count(QStringLiteral("\r\n")) == breaks;
}

} // namespace

TextEncoding detectEncoding(QByteArrayView bytes)
{
    if (bytes.startsWith("\xef\xbb\xbf"))
        return TextEncoding::Utf8WithBom;
    if (bytes.startsWith("\xff\xfe"))
        return TextEncoding::Utf16Le;
    if (bytes.startsWith("\xfe\xff"))
        return TextEncoding::Utf16Be;
    return bytes.isValidUtf8() ? TextEncoding::Utf8 : TextEncoding::Latin1;
}

qsizetype bomSize(TextEncoding encoding)
{
    return bomOf(encoding).size();
}

bool looksBinary(QByteArrayView beginning)
{
    const TextEncoding encoding = detectEncoding(beginning.first(qMin<qsizetype>(beginning.size(), 3)));
    if (encoding == TextEncoding::Utf16Le || encoding == TextEncoding::Utf16Be)
        return false;
    return beginning.first(qMin(beginning.size(), kSniffBytes)).contains('\0');
}

QString decode(QByteArrayView bytes, TextEncoding encoding)
{
    QStringDecoder decoder(converterFor(encoding), QStringConverter::Flag::ConvertInitialBom);
    return decoder.decode(bytes.sliced(qMin(bytes.size(), bomSize(encoding))));
}

TextInForm inFormOf(QByteArrayView oldFile, const QString &text)
{
    if (oldFile.isEmpty() || looksBinary(oldFile))
        return {text.toUtf8(), TextEncoding::Utf8, false};
    TextInForm made;
    made.encoding = detectEncoding(oldFile);
    if (made.encoding == TextEncoding::Latin1 && isBrokenUtf8(oldFile))
        made.encoding = TextEncoding::Utf8;
    QString whole = text;
    if (!text.contains(QStringLiteral("\r\n")) && endsLinesWithCrLf(decode(oldFile, made.encoding))) {
        whole.replace(u'\n', QStringLiteral("\r\n"));
        made.isCrLf = whole.size() != text.size();
    }
    if (bomSize(made.encoding) > 0 && whole.startsWith(QChar(QChar::ByteOrderMark)))
        whole.remove(0, 1);
    std::optional<QByteArray> bytes = encode(whole, made.encoding);
    if (!bytes)
        made.encoding = TextEncoding::Utf8;
    made.bytes = bomOf(made.encoding).toByteArray() + (bytes ? *bytes : whole.toUtf8());
    return made;
}

std::optional<QByteArray> encode(const QString &text, TextEncoding encoding)
{
    QStringEncoder encoder(converterFor(encoding));
    QByteArray bytes = encoder.encode(text);
    if (encoder.hasError())
        return std::nullopt;
    return bytes;
}

} // namespace Meanwhile::Tools
