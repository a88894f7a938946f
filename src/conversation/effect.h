// SPDX-License-Identifier: MIT
#pragma once

namespace Meanwhile::Conversation {

/// What a call does, for the rules of what may run, and for what is told of it.
enum class Effect {
    Inform, ///< changes nothing and reads no file: it tells what the program knows
    Read,
    Write,
    Execute, ///< runs a command
    Stop,    ///< ends a task of this conversation
    Reach,   ///< talks to something outside this computer
};

} // namespace Meanwhile::Conversation
