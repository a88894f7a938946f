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
    switch (encoding) {
    case TextEncoding::Utf8WithBom:
        return 3;
    case TextEncoding::Utf16Le:
    case TextEncoding::Utf16Be:
        return 2;
    case TextEncoding::Utf8:
    case TextEncoding::Latin1:
        break;
    }
    return 0;
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

std::optional<QByteArray> encode(const QString &text, TextEncoding encoding)
{
    QStringEncoder encoder(converterFor(encoding));
    QByteArray bytes = encoder.encode(text);
    if (encoder.hasError())
        return std::nullopt;
    return bytes;
}

} // namespace Meanwhile::Tools
