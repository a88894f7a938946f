// SPDX-License-Identifier: MIT
#include "images/imagefitter.h"

#include "base/logging.h"
#include "base/modulefile.h"
#include "base/textlimits.h"

#include <QLibrary>

#include <algorithm>

namespace Meanwhile::Images {

using namespace Qt::StringLiterals;

namespace {

Result<FittedImage> asItIs(const QByteArray &bytes, const ImageHeader &header, const Error &whyNotFitted)
{
    const bool isSmall =
        header.size.isValid() && std::max(header.size.width(), header.size.height()) <= kMaxSide;
    if (!header.isSendable() || !isSmall || bytes.size() > kMaxSentBytes)
        return failure(whyNotFitted);
    return FittedImage{header.mediaType, bytes, header.size, header.size};
}

} // namespace

ImageFitter::ImageFitter(QString modulePath)
    : m_path(std::move(modulePath))
{
    if (m_path.isEmpty())
        m_path = moduleFile(u"libmw_imagecodec.so"_s);
}

const ImagePlugin *ImageFitter::plugin()
{
    std::call_once(m_once, [this] {
        QLibrary library(m_path); // stays loaded: its destructor does not unload
        const auto function = reinterpret_cast<ImagePluginFunction>(library.resolve(kImagePluginSymbol));
        if (function)
            m_plugin = function();
        if (!m_plugin)
            qCWarning(lcTools, "image support is missing, so images cannot be scaled: %s",
                qUtf8Printable(library.errorString()));
    });
    return m_plugin;
}

Result<FittedImage> ImageFitter::fit(const QByteArray &bytes)
{
    const std::optional<ImageHeader> header = readImageHeader(bytes);
    if (!header)
        return failure(ErrorKind::InvalidArgument, u"this is not an image"_s);
    if (bytes.size() > kMaxFileBytes)
        return failure(ErrorKind::TooLarge, u"the image file has %1; at most %2 can be opened"_s.arg(
                                                formatBytes(bytes.size()), formatBytes(kMaxFileBytes)));
    if (header->size.isValid() && qint64(header->size.width()) * header->size.height() > kMaxPixels)
        return tooManyPixels(header->size);
    if (header->isCut || (header->size.isValid() && header->size.isEmpty()))
        return failure(ErrorKind::Protocol, u"the image is damaged or incomplete"_s);
    const ImagePlugin *codec = plugin();
    if (!codec)
        return asItIs(bytes, *header, {ErrorKind::Unsupported, u"images cannot be scaled here"_s, {}});
    Result<FittedImage> fitted = codec->fit(bytes, *header);
    if (!fitted && fitted.error().kind == ErrorKind::Unsupported)
        return asItIs(bytes, *header, fitted.error());
    return fitted;
}

} // namespace Meanwhile::Images
