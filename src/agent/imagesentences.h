// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/message.h"

namespace Meanwhile::Agent {

/// The message as a model reads it that cannot see: a sentence stands where each image was, e.g.
/// "[image shot.png, 1200×800, not shown: this model cannot see images]".
///
/// Pure: the same message gives the same bytes each time. A message without images comes back as it is.
/// Images of a tool's answer become lines at the end of its text.
Conversation::Message withSentencesForImages(Conversation::Message message);

} // namespace Meanwhile::Agent
