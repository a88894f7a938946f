// SPDX-License-Identifier: MIT
#include "images/codec/pngreader.h"
#include "images/imageplugin.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QImageReader>
#include <QImageWriter>
#include <QLibrary>
#include <QPainter>
#include <QXmlStreamReader>

#include <algorithm>
#include <cstdarg>

namespace Meanwhile::Images {

using namespace Qt::StringLiterals;

namespace {

constexpr int kJpegQuality = 85;
constexpr int kLastJpegQuality = 60;
constexpr int kMinSvgSide = 512; // an icon of 16 pixels shows nothing

bool isJpeg(const ImageHeader &header)
{
    return header.mediaType == u"image/jpeg";
}

bool isSvg(const ImageHeader &header)
{
    return header.mediaType == u"image/svg+xml";
}

// The reader must not guess again: what it takes the bytes for is what the header was checked for.
QByteArray formatName(const ImageHeader &header)
{
    if (isSvg(header))
        return "svg";
    if (header.mediaType == u"image/x-icon")
        return "ico";
    return header.mediaType.section(u'/', 1).toLatin1();
}

// libtiff prints what it finds wrong, through a handler that a program can take away. Qt's plugin, which uses
// the same library, leaves it there.
void silenceTiff()
{
    using Handler = void (*)(const char *, const char *, va_list);
    for (const int version : {6, 5}) {
        QLibrary library(u"tiff"_s, version); // stays loaded: its destructor does not unload
        const auto set = reinterpret_cast<Handler (*)(Handler)>(library.resolve("TIFFSetErrorHandler"));
        if (!set)
            continue;
        set(nullptr);
        return;
    }
}

// Qt would load whatever an <image> names, from anywhere on the disk.
bool refersToFiles(const QByteArray &svg)
{
    QXmlStreamReader xml(svg);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement || xml.name() != u"image")
            continue;
        for (const QXmlStreamAttribute &attribute : xml.attributes()) {
            if (attribute.name() == u"href" && !attribute.value().startsWith(u"data:"))
                return true;
        }
    }
    return false;
}

bool isOnItsSide(const QImageReader &reader)
{
    return reader.transformation().testFlag(QImageIOHandler::TransformationRotate90);
}

QSize fittedSize(QSize size, const ImageHeader &header)
{
    const int side = std::max(size.width(), size.height());
    const int wanted = std::clamp(side, isSvg(header) ? kMinSvgSide : 1, kMaxSide);
    if (side <= 0 || side == wanted)
        return size;
    return size.scaled(wanted, wanted, Qt::KeepAspectRatio).expandedTo({1, 1});
}

Result<QByteArray> written(const QImage &image, const char *format, int quality)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format);
    writer.setQuality(quality);
    if (!writer.write(image))
        return failure(ErrorKind::Internal, u"the image could not be written again"_s, writer.errorString());
    return bytes;
}

// JPEG knows no transparency; what shows through is white, as on paper.
QImage flattened(const QImage &image)
{
    if (!image.hasAlphaChannel())
        return image;
    QImage flat(image.size(), QImage::Format_RGB32);
    flat.fill(Qt::white);
    QPainter(&flat).drawImage(0, 0, image);
    return flat;
}

Result<FittedImage> encoded(QImage image, QSize originalSize, const ImageHeader &header)
{
    if (!originalSize.isValid()) // some formats tell it only now
        originalSize = image.size();
    if (std::max(image.width(), image.height()) > kMaxSide)
        image =
            image.scaled(fittedSize(image.size(), header), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    if (image.depth() > 32)
        image.convertTo(QImage::Format_RGBA8888);
    FittedImage fitted{u"image/png"_s, {}, image.size(), originalSize};
    if (!isJpeg(header)) {
        const Result<QByteArray> png = written(image, "png", -1);
        if (!png)
            return failure(png.error());
        fitted.bytes = *png;
        if (fitted.bytes.size() <= kMaxSentBytes)
            return fitted;
    }
    fitted.mediaType = u"image/jpeg"_s;
    const QImage flat = flattened(image);
    for (const int quality : {kJpegQuality, kLastJpegQuality}) {
        const Result<QByteArray> jpeg = written(flat, "jpeg", quality);
        if (!jpeg)
            return failure(jpeg.error());
        fitted.bytes = *jpeg;
        if (fitted.bytes.size() <= kMaxSentBytes)
            return fitted;
    }
    return failure(ErrorKind::TooLarge, u"the image is too large even when it is scaled down"_s);
}

Result<FittedImage> fitPng(const QByteArray &bytes, const ImageHeader &header)
{
    const Result<QImage> image = readPng(bytes);
    if (!image)
        return failure(image.error());
    const QSize size = image->size();
    if (fittedSize(size, header) == size && bytes.size() <= kMaxSentBytes)
        return FittedImage{header.mediaType, bytes, size, size};
    return encoded(*image, size, header);
}

class QtImagePlugin final : public ImagePlugin {
public:
    Result<FittedImage> fit(const QByteArray &bytes, const ImageHeader &header) const override
    {
        const QByteArray format = formatName(header);
        // Drawing text needs what only a program with windows has.
        const bool canDraw = !isSvg(header) || qobject_cast<QGuiApplication *>(QCoreApplication::instance());
        if (!canDraw || !QImageReader::supportedImageFormats().contains(format))
            return failure(ErrorKind::Unsupported,
                u"images of this kind (%1) cannot be opened here"_s.arg(header.mediaType));
        if (isSvg(header) && refersToFiles(bytes))
            return failure(ErrorKind::Unsupported, u"the drawing refers to other files"_s);

        if (header.mediaType == u"image/png")
            return fitPng(bytes, header);
        if (header.mediaType == u"image/tiff")
            silenceTiff();
        QBuffer buffer;
        buffer.setData(bytes);
        buffer.open(QIODevice::ReadOnly);
        QImageReader reader(&buffer, format);
        reader.setAutoTransform(true);
        const QSize size = reader.size();
        if (!isSvg(header) && qint64(size.width()) * size.height() > kMaxPixels)
            return tooManyPixels(size);
        const bool isTurned = reader.transformation() != QImageIOHandler::TransformationNone;
        const QSize wanted = fittedSize(size, header);
        if (wanted != size)
            reader.setScaledSize(wanted);
        QImage image = reader.read();
        if (image.isNull())
            return failure(
                ErrorKind::Protocol, u"the image is damaged or incomplete"_s, reader.errorString());
        if (header.isSendable() && wanted == size && !isTurned && bytes.size() <= kMaxSentBytes)
            return FittedImage{header.mediaType, bytes, size, size};
        return encoded(image, isOnItsSide(reader) ? size.transposed() : size, header);
    }
};

} // namespace

} // namespace Meanwhile::Images

// Found by name: see kImagePluginSymbol. Kept until the program ends.
extern "C" Q_DECL_EXPORT const Meanwhile::Images::ImagePlugin *meanwhileImagePlugin()
{
    // Room for kMaxPixels at four bytes each; Qt refuses more by itself.
    QImageReader::setAllocationLimit(256);
    static const Meanwhile::Images::QtImagePlugin plugin;
    return &plugin;
}
