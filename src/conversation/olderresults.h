// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/message.h"

namespace Meanwhile::Conversation {

/// Finds the tasks of command results that were stored by versions which did not store them: from the
/// program's own words at the beginning of the answer, and from the news it delivered.
void tieOlderResults(QVector<Message> &messages);

} // namespace Meanwhile::Conversation
