// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/contentblock.h"

namespace Meanwhile::Agent {

/// What a model that cannot see reads in the image's place, e.g.
/// "[image shot.png, 1200×800, not shown: this model cannot see images]". The same image gives the same
/// words.
QString sentenceForUnseen(const Conversation::ImageBlock &image);

} // namespace Meanwhile::Agent
