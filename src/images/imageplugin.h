// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "images/imageheader.h"

#include <QByteArray>

namespace Meanwhile::Images {

// 5 MB an image as base64 is what providers take; beyond 1568 pixels they scale down themselves.
inline constexpr int kMaxSide = 1'568;
inline constexpr qsizetype kMaxSentBytes = 3'750'000;
/// More is refused before it is decoded: at four bytes a pixel this is 256 MB.
inline constexpr qint64 kMaxPixels = 64'000'000;
/// A larger file is not read.
inline constexpr qint64 kMaxFileBytes = 64'000'000;

/// An image as it may be sent.
struct FittedImage {
    QString mediaType;
    QByteArray bytes;
    QSize size;
    QSize originalSize; ///< the same as `size` where nothing was scaled

    bool operator==(const FittedImage &) const = default;
};

/// Port: what the separately loaded module mw_imagecodec does. Any thread.
///
/// Errors: TooLarge; Unsupported: this system has no decoder for the format; Protocol: damaged.
class ImagePlugin {
public:
    virtual ~ImagePlugin() = default;

    /// Decodes the image to prove that it is whole, turns it upright, scales it to kMaxSide and writes it
    /// with at most kMaxSentBytes. What needs none of this keeps its bytes, an animation too.
    virtual Result<FittedImage> fit(const QByteArray &bytes, const ImageHeader &header) const = 0;
};

/// The error for an image that is `size` large.
inline tl::unexpected<Error> tooManyPixels(QSize size)
{
    return failure(
        ErrorKind::TooLarge, QStringLiteral("the image has %1×%2 pixels; at most %3 million can be opened")
                                 .arg(size.width())
                                 .arg(size.height())
                                 .arg(kMaxPixels / 1'000'000));
}

/// Name and type of the module's one exported function; what it returns lives as long as the program.
inline constexpr auto kImagePluginSymbol = "meanwhileImagePlugin";
using ImagePluginFunction = const ImagePlugin *(*)();

} // namespace Meanwhile::Images
