// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/message.h"

namespace Meanwhile::Conversation {

/// Ties the results of commands to their tasks where they were stored before the task was: by the program's
/// own words at the beginning of an answer, and by what that answer told.
void tieOlderResults(QVector<Message> &messages);

} // namespace Meanwhile::Conversation
