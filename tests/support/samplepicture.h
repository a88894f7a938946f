// SPDX-License-Identifier: MIT
#pragma once

#include <QBuffer>
#include <QImage>

namespace Meanwhile::Testing {

/// A picture of one colour as a file's bytes. Links against Qt6::Gui.
inline QByteArray samplePicture(
    int width, int height, const char *format = "png", QColor colour = Qt::darkCyan)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(colour);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    return image.save(&buffer, format) ? bytes : QByteArray();
}

} // namespace Meanwhile::Testing
