// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QSize>
#include <QString>

#include <optional>

namespace Meanwhile::Images {

/// What the first bytes of an image tell without decoding it.
///
/// Formats: PNG (RFC 2083), JPEG (ITU-T T.81, annex B), GIF 89a, WebP (RFC 9649), BMP; TIFF, ICO, AVIF, HEIC
/// and SVG are recognised, their sizes are not read here.
struct ImageHeader {
    QString mediaType;  ///< image/png, image/jpeg, image/gif, image/webp, image/bmp, image/tiff, …
    QSize size;         ///< in pixels, before any turning; invalid: cut off before it, or not read here
    bool isCut = false; ///< certainly incomplete; false: perhaps complete

    /// One of the four that models take.
    bool isSendable() const
    {
        return mediaType == u"image/png" || mediaType == u"image/jpeg" || mediaType == u"image/gif" ||
               mediaType == u"image/webp";
    }

    bool operator==(const ImageHeader &) const = default;
};

/// By content, whatever the file is called; nullopt: no image. Some kilobytes are enough to recognise it, but
/// a JPEG's size may stand further behind, and only the whole file shows that it is cut.
std::optional<ImageHeader> readImageHeader(QByteArrayView bytes);

/// Whether a file of this name is expected to be an image.
bool isImageName(const QString &fileName);

} // namespace Meanwhile::Images
