// SPDX-License-Identifier: MIT
#include "ui/composer/preparedimage.h"

#include "images/imagefitter.h"
#include "ui/pictures/picture.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Ui", text);
}

Result<PreparedImage> PreparedImage::fromBlock(const Conversation::ImageBlock &image)
{
    return PreparedImage{image, decodedToFit(image, kBox)};
}

Result<PreparedImage> PreparedImage::fromBytes(
    Images::ImageFitter &fitter, const QByteArray &bytes, const QString &name)
{
    const Result<Images::FittedImage> fitted = fitter.fit(bytes);
    if (!fitted)
        return failure(fitted.error());
    return fromBlock({fitted->mediaType, fitted->bytes, name});
}

Result<PreparedImage> PreparedImage::fromImage(
    Images::ImageFitter &fitter, const QImage &image, const QString &name)
{
    const bool isLarge = std::max(image.width(), image.height()) > Images::kMaxSide;
    const QImage small = isLarge ? image.scaled(Images::kMaxSide, Images::kMaxSide, Qt::KeepAspectRatio,
                                       Qt::SmoothTransformation)
                                 : image;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!small.save(&buffer, "png"))
        return failure(ErrorKind::Protocol, u"the image could not be written"_s);
    return fromBytes(fitter, bytes, name);
}

Result<PreparedImage> PreparedImage::fromFile(Images::ImageFitter &fitter, const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return failure(ErrorKind::NotFound, path);
    if (!info.isFile()) // a pipe would never end
        return failure(ErrorKind::InvalidArgument, path);
    if (info.size() > Images::kMaxFileBytes)
        return failure(ErrorKind::TooLarge, path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(file.error() == QFile::OpenError ? ErrorKind::PermissionDenied : ErrorKind::Io,
            file.errorString());
    const QByteArray bytes = file.read(Images::kMaxFileBytes + 1);
    if (file.error() != QFile::NoError)
        return failure(ErrorKind::Io, file.errorString());
    return fromBytes(fitter, bytes, info.fileName());
}

QString wordsFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::TooLarge:
        return tr(
            "Too large to open (at most 64 million pixels and 64 MB). Save a smaller copy and attach that.");
    case ErrorKind::InvalidArgument:
        return tr("Not an image, whatever its name says. Write its path if the model is to read it.");
    case ErrorKind::Unsupported:
        return tr("This kind of image cannot be opened here. Save it as PNG and attach that.");
    case ErrorKind::Protocol:
        return tr("Damaged or incomplete. Save the image again and attach that.");
    case ErrorKind::NotFound:
        return tr("The file is not there any more. Attach it from where it is now.");
    case ErrorKind::PermissionDenied:
        return tr(
            "You do not have permission to read this file. Change its permissions and attach it again.");
    default:
        return tr("The file could not be read. Copy it to this computer and attach the copy.");
    }
}

} // namespace Meanwhile::Ui
