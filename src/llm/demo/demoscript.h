// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/message.h"

namespace Meanwhile::Llm {

/// The demo model's next answer to this conversation. Pure: everything it knows is in the messages, so that
/// it drives the real loop, tools and tasks as any model would. It is no language model: see DemoRequest for
/// what it understands.
Conversation::Message demoAnswer(const QVector<Conversation::Message> &messages);

} // namespace Meanwhile::Llm
