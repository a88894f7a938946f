// SPDX-License-Identifier: MIT
#include "images/codec/pngreader.h"

#include "images/imageplugin.h"

#include <png.h>

namespace Meanwhile::Images {

using namespace Qt::StringLiterals;

Result<QImage> readPng(const QByteArray &bytes)
{
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    const auto damaged = [&png] {
        const QString detail = QString::fromLatin1(png.message);
        png_image_free(&png);
        return failure(ErrorKind::Protocol, u"the image is damaged or incomplete"_s, detail);
    };
    if (!png_image_begin_read_from_memory(&png, bytes.constData(), size_t(bytes.size())))
        return damaged();
    const QSize size(int(png.width), int(png.height));
    if (qint64(png.width) * png.height > kMaxPixels) {
        png_image_free(&png);
        return tooManyPixels(size);
    }
    const bool isOpaque = (png.format & PNG_FORMAT_FLAG_ALPHA) == 0;
    png.format = PNG_FORMAT_RGBA;
    QImage image(size, isOpaque ? QImage::Format_RGBX8888 : QImage::Format_RGBA8888);
    if (image.isNull() ||
        !png_image_finish_read(&png, nullptr, image.bits(), png_int_32(image.bytesPerLine()), nullptr))
        return damaged();
    return image;
}

} // namespace Meanwhile::Images
