// SPDX-License-Identifier: MIT
#include "images/imageheader.h"

#include <QStringList>
#include <QtEndian>

#include <algorithm>

namespace Meanwhile::Images {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kSvgSearchBytes = 4'096;

template <typename T>
T bigEndian(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<T>(bytes.data() + at);
}

template <typename T>
T littleEndian(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<T>(bytes.data() + at);
}

int littleEndian24(QByteArrayView bytes, qsizetype at)
{
    return littleEndian<quint16>(bytes, at) | uchar(bytes.at(at + 2)) << 16;
}

QSize sizeOf(quint32 width, quint32 height)
{
    // A size that no int holds is no less a size: it must be refused for what it is.
    constexpr quint32 kMost = 0x7fffffff;
    return {int(std::min(width, kMost)), int(std::min(height, kMost))};
}

ImageHeader readPng(QByteArrayView bytes)
{
    ImageHeader header{u"image/png"_s, {}};
    if (bytes.size() < 24)
        header.isCut = true;
    else
        header.size = sizeOf(bigEndian<quint32>(bytes, 16), bigEndian<quint32>(bytes, 20));
    return header;
}

bool isFrameMarker(uchar marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

ImageHeader readJpeg(QByteArrayView bytes)
{
    ImageHeader header{u"image/jpeg"_s, {}, true};
    qsizetype at = 2;
    while (at + 4 <= bytes.size()) {
        if (uchar(bytes.at(at)) != 0xff)
            return header;
        const uchar marker = uchar(bytes.at(at + 1));
        if (marker == 0xff) { // fill byte
            ++at;
            continue;
        }
        if (isFrameMarker(marker) && at + 9 <= bytes.size())
            header.size = sizeOf(bigEndian<quint16>(bytes, at + 7), bigEndian<quint16>(bytes, at + 5));
        if (marker == 0xda) { // the scan; within it 0xff is followed by something else
            header.isCut = bytes.sliced(at).indexOf("\xff\xd9") < 0;
            return header;
        }
        at += 2 + bigEndian<quint16>(bytes, at + 2);
    }
    return header;
}

ImageHeader readGif(QByteArrayView bytes)
{
    ImageHeader header{u"image/gif"_s, {}};
    if (bytes.size() < 13)
        header.isCut = true;
    else
        header.size = sizeOf(littleEndian<quint16>(bytes, 6), littleEndian<quint16>(bytes, 8));
    return header;
}

ImageHeader readWebp(QByteArrayView bytes)
{
    ImageHeader header{u"image/webp"_s, {}};
    header.isCut = bytes.size() < 30 || qint64(littleEndian<quint32>(bytes, 4)) + 8 > bytes.size();
    if (bytes.size() < 30)
        return header;
    const QByteArrayView chunk = bytes.sliced(12, 4);
    if (chunk == "VP8X") {
        header.size = QSize(littleEndian24(bytes, 24) + 1, littleEndian24(bytes, 27) + 1);
    } else if (chunk == "VP8L") {
        const quint32 bits = littleEndian<quint32>(bytes, 21);
        header.size = QSize(int(bits & 0x3fff) + 1, int(bits >> 14 & 0x3fff) + 1);
    } else if (chunk == "VP8 ") {
        header.size =
            QSize(littleEndian<quint16>(bytes, 26) & 0x3fff, littleEndian<quint16>(bytes, 28) & 0x3fff);
    }
    return header;
}

bool isBmp(QByteArrayView bytes)
{
    if (!bytes.startsWith("BM") || bytes.size() < 26)
        return false;
    const auto headerSize = littleEndian<quint32>(bytes, 14);
    return headerSize == 12 || headerSize == 40 || headerSize == 52 || headerSize == 56 || headerSize == 64 ||
           headerSize == 108 || headerSize == 124;
}

ImageHeader readBmp(QByteArrayView bytes)
{
    ImageHeader header{u"image/bmp"_s, {}};
    if (littleEndian<quint32>(bytes, 14) == 12) {
        header.size = sizeOf(littleEndian<quint16>(bytes, 18), littleEndian<quint16>(bytes, 20));
    } else {
        const qint64 height = littleEndian<qint32>(bytes, 22); // negative: from the top down
        header.size = sizeOf(littleEndian<quint32>(bytes, 18), quint32(qAbs(height)));
    }
    return header;
}

bool isIco(QByteArrayView bytes)
{
    return bytes.size() >= 22 && bytes.startsWith(QByteArrayView("\0\0\1\0", 4)) && bytes.at(4) != 0 &&
           bytes.at(5) == 0 && bytes.at(9) == 0;
}

QString isoMediaType(QByteArrayView bytes)
{
    if (bytes.size() < 12 || bytes.sliced(4, 4) != "ftyp")
        return {};
    const QByteArrayView brand = bytes.sliced(8, 4);
    if (brand == "avif" || brand == "avis")
        return u"image/avif"_s;
    return brand == "heic" || brand == "heix" ? u"image/heic"_s : QString();
}

bool isSvg(QByteArrayView bytes)
{
    QByteArrayView text = bytes.first(std::min(bytes.size(), kSvgSearchBytes));
    if (text.startsWith("\xef\xbb\xbf"))
        text = text.sliced(3);
    text = text.trimmed();
    return text.startsWith("<svg") ||
           ((text.startsWith("<?xml") || text.startsWith("<!")) && text.indexOf("<svg") > 0);
}

} // namespace

std::optional<ImageHeader> readImageHeader(QByteArrayView bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return readPng(bytes);
    if (bytes.startsWith("\xff\xd8\xff"))
        return readJpeg(bytes);
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return readGif(bytes);
    if (bytes.size() >= 12 && bytes.startsWith("RIFF") && bytes.sliced(8, 4) == "WEBP")
        return readWebp(bytes);
    if (isBmp(bytes))
        return readBmp(bytes);
    if (bytes.startsWith(QByteArrayView("II*\0", 4)) || bytes.startsWith(QByteArrayView("MM\0*", 4)))
        return ImageHeader{u"image/tiff"_s, {}};
    if (isIco(bytes))
        return ImageHeader{u"image/x-icon"_s, {}};
    if (const QString type = isoMediaType(bytes); !type.isEmpty())
        return ImageHeader{type, {}};
    if (isSvg(bytes))
        return ImageHeader{u"image/svg+xml"_s, {}};
    return {};
}

bool isImageName(const QString &fileName)
{
    static const QStringList endings{u".png"_s, u".jpg"_s, u".jpeg"_s, u".gif"_s, u".webp"_s, u".bmp"_s,
        u".tif"_s, u".tiff"_s, u".ico"_s, u".svg"_s, u".avif"_s, u".heic"_s};
    return std::any_of(endings.cbegin(), endings.cend(),
        [&](const QString &ending) { return fileName.endsWith(ending, Qt::CaseInsensitive); });
}

} // namespace Meanwhile::Images
