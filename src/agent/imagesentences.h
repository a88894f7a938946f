// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/contentblock.h"

namespace Meanwhile::Agent {

/// What a model reads in place of an image, e.g.
/// "[image shot.png, 1200×800, not shown: this model cannot see images]". Pure: the same image and reason
/// give the same sentence each time.
QString sentenceForImage(const Conversation::ImageBlock &image, const QString &why);

} // namespace Meanwhile::Agent
