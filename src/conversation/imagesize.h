// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QSize>

namespace Meanwhile::Conversation {

/// Width and height in pixels as the header of a PNG, JPEG, GIF or WebP file says, without decoding it; not
/// valid for anything else. (PNG: W3C PNG 11.2.2; GIF89a 18; JPEG: ITU T.81 B.2.2; WebP: RFC 9649.)
QSize imageSize(QByteArrayView file);

} // namespace Meanwhile::Conversation
