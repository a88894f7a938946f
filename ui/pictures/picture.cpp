// SPDX-License-Identifier: MIT
#include "ui/pictures/picture.h"

#include "base/textlimits.h"
#include "images/imageplugin.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImageReader>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr int kFewColoursFactor = 8;

QSize pixelSize(const Conversation::ImageBlock &image)
{
    const auto header = Images::readImageHeader(image.bytes);
    return header ? header->size : QSize();
}

QImage decodedToFit(const Conversation::ImageBlock &image, QSize box)
{
    const QSize size = pixelSize(image);
    if (size.isEmpty() || qint64(size.width()) * size.height() > Images::kMaxPixels)
        return {};
    QBuffer buffer;
    buffer.setData(image.bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    const auto fits = [](QSize wanted, QSize room) {
        return wanted.width() <= room.width() && wanted.height() <= room.height();
    };
    const auto fitted = [](QSize whole, QSize room) {
        return whole.scaled(room, Qt::KeepAspectRatio).expandedTo({1, 1});
    };
    // Reading scales in the image's own colours, and few colours make dots: it is not scaled that far.
    const QImage::Format format = reader.imageFormat();
    const bool hasFewColours = format == QImage::Format_Mono || format == QImage::Format_MonoLSB ||
                               format == QImage::Format_Indexed8;
    const QSize readBox = hasFewColours ? box * kFewColoursFactor : box;
    if (!fits(size, readBox))
        reader.setScaledSize(fitted(size, readBox));
    const QImage decoded = reader.read();
    if (decoded.isNull() || !hasFewColours || fits(decoded.size(), box))
        return decoded;
    return decoded.convertToFormat(QImage::Format_ARGB32_Premultiplied)
        .scaled(fitted(decoded.size(), box), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

QString pictureFacts(const Conversation::ImageBlock &image)
{
    const QSize size = pixelSize(image);
    const QString bytes = formatBytes(image.bytes.size());
    return size.isValid() ? u"%1×%2 · %3"_s.arg(size.width()).arg(size.height()).arg(bytes) : bytes;
}

QString pictureName(const Conversation::ImageBlock &image)
{
    return image.name.isEmpty() ? QCoreApplication::translate("Picture", "Image") : image.name;
}

QString imageFormat(const QMimeData &source)
{
    for (const QString &format : {u"image/png"_s, u"image/jpeg"_s, u"image/webp"_s, u"image/gif"_s}) {
        if (source.hasFormat(format))
            return format;
    }
    return {};
}

bool offersImage(const QMimeData &source)
{
    const QList<QUrl> urls = source.urls();
    const bool hasFiles =
        std::any_of(urls.begin(), urls.end(), [](const QUrl &url) { return url.isLocalFile(); });
    if (hasFiles || (!source.hasImage() && imageFormat(source).isEmpty()))
        return false;
    // Browsers say where their image came from, office programs draw their text.
    const QString text = source.hasFormat(u"text/plain"_s) ? source.text().trimmed() : QString();
    return text.isEmpty() || (QUrl(text).isValid() && !QUrl(text).scheme().isEmpty() && !text.contains(u' '));
}

} // namespace Meanwhile::Ui
