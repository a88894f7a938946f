// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "conversation/contentblock.h"

#include <QImage>

namespace Meanwhile::Images {
class ImageFitter;
}

namespace Meanwhile::Ui {

/// An image ready to be sent, and a small picture of it.
///
/// The functions run on the thread pool. Errors: their kind says it all, wordsFor() makes a sentence of it.
struct PreparedImage {
    static constexpr QSize kBox{80, 80}; ///< of the small picture, in device pixels

    Conversation::ImageBlock image;
    QImage thumbnail;

    static Result<PreparedImage> fromFile(Images::ImageFitter &fitter, const QString &path);
    static Result<PreparedImage> fromBytes(
        Images::ImageFitter &fitter, const QByteArray &bytes, const QString &name);
    static Result<PreparedImage> fromImage(
        Images::ImageFitter &fitter, const QImage &image, const QString &name);
    /// One that was prepared before.
    static Result<PreparedImage> fromBlock(const Conversation::ImageBlock &image);
};

/// Why an image cannot be attached, and what to do.
QString wordsFor(ErrorKind kind);

} // namespace Meanwhile::Ui
