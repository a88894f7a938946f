// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/contentblock.h"

#include <QImage>
#include <QSize>

class QMimeData;

namespace Meanwhile::Ui {

/// The image scaled down to fit into `box`, in device pixels; null when it cannot be decoded. Any thread,
/// best not the GUI's.
QImage decodedToFit(const Conversation::ImageBlock &image, QSize box);

/// Pixels according to its header; invalid when it has none.
QSize pixelSize(const Conversation::ImageBlock &image);

/// "1200×800 · 340 KB".
QString pictureFacts(const Conversation::ImageBlock &image);

/// What it is called, or a word for an image without a name.
QString pictureName(const Conversation::ImageBlock &image);

/// The format in which the source has an image as a file's bytes; empty: none, or decoded only.
QString imageFormat(const QMimeData &source);

/// Whether an image is what is offered: text that comes with a picture of itself stays text, and a file is a
/// file.
bool offersImage(const QMimeData &source);

} // namespace Meanwhile::Ui
