// SPDX-License-Identifier: MIT
#include "conversation/imagesize.h"

#include <QtEndian>

namespace Meanwhile::Conversation {

namespace {

int bigEndian16(QByteArrayView file, qsizetype at)
{
    return qFromBigEndian<quint16>(file.data() + at);
}

int littleEndian16(QByteArrayView file, qsizetype at)
{
    return qFromLittleEndian<quint16>(file.data() + at);
}

QSize jpegSize(QByteArrayView file)
{
    qsizetype at = 2;
    while (at + 9 <= file.size()) {
        if (uchar(file.at(at)) != 0xff)
            return {};
        const uchar marker = uchar(file.at(at + 1));
        if (marker == 0xff) { // fill byte
            ++at;
            continue;
        }
        const bool isFrame =
            marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (isFrame)
            return {bigEndian16(file, at + 7), bigEndian16(file, at + 5)};
        at += 2 + bigEndian16(file, at + 2);
    }
    return {};
}

QSize webpSize(QByteArrayView file)
{
    const QByteArrayView kind = file.sliced(12, 4);
    if (kind == "VP8 ")
        return {littleEndian16(file, 26) & 0x3fff, littleEndian16(file, 28) & 0x3fff};
    if (kind == "VP8L") {
        const quint32 bits = qFromLittleEndian<quint32>(file.data() + 21);
        return {int(bits & 0x3fff) + 1, int((bits >> 14) & 0x3fff) + 1};
    }
    if (kind == "VP8X") {
        const auto side = [&](qsizetype at) {
            return 1 + littleEndian16(file, at) + (int(uchar(file.at(at + 2))) << 16);
        };
        return {side(24), side(27)};
    }
    return {};
}

} // namespace

QSize imageSize(QByteArrayView file)
{
    if (file.startsWith("\x89PNG\r\n\x1a\n") && file.size() >= 24)
        return {qFromBigEndian<qint32>(file.data() + 16), qFromBigEndian<qint32>(file.data() + 20)};
    if (file.startsWith("GIF8") && file.size() >= 10)
        return {littleEndian16(file, 6), littleEndian16(file, 8)};
    if (file.startsWith("\xff\xd8"))
        return jpegSize(file);
    if (file.startsWith("RIFF") && file.size() >= 30 && file.sliced(8, 4) == "WEBP")
        return webpSize(file);
    return {};
}

} // namespace Meanwhile::Conversation
