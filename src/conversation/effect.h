// SPDX-License-Identifier: MIT
#pragma once

namespace Meanwhile::Conversation {

/// What a call does: decides whether it may run, and how it is shown.
enum class Effect {
    Inform, ///< changes nothing and reads no file: it reports what the program knows
    Read,
    Write,
    Execute, ///< runs a command
    Stop,    ///< ends a task of this conversation
    Reach,   ///< talks to something outside this computer
};

} // namespace Meanwhile::Conversation
