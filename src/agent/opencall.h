// SPDX-License-Identifier: MIT
#pragma once

#include "tools/tool.h"

namespace Meanwhile::Agent {

/// A call of the last answer, until its result is in a message.
///
/// Waiting -> running -> ended. Calls that only read run beside each other; any other runs alone, in its
/// turn.
struct OpenCall {
    Conversation::ToolCallBlock call;
    bool onlyReads = false;
    bool begun = false;
    bool ended = false;
    Tools::ToolOutcome outcome = {};
    QString taskId = {}; ///< that it started

    bool isRunning() const { return begun && !ended; }
};

} // namespace Meanwhile::Agent
