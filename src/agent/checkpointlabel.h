// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/message.h"

namespace Meanwhile::Agent {

/// Whether it has words or images of the person's, so that a checkpoint is taken before it is acted upon.
bool isOfPerson(const Conversation::Message &message);
/// The label of the checkpoint that was taken before this message of the person's was acted upon; the same in
/// a copy of the conversation.
QString checkpointLabel(const Conversation::Message &message);

} // namespace Meanwhile::Agent
