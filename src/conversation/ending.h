// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/history.h"

#include <optional>

namespace Meanwhile::Conversation {

/// How an answer, or the turn, ended otherwise than by the agent's own word.
struct Ending {
    QString words;          ///< for the person: what happened, and what to do where anything can be done
    bool isFailure = false; ///< the agent did not do its work
    bool canGoOn = false;   ///< going on may help

    bool operator==(const Ending &) const = default;
};

/// Told by the message alone, so that a stored session says the same as a live one. Nothing for an answer
/// that ended properly or is not whole, and for all else that is said.
std::optional<Ending> endingOf(const Message &message);

/// The last turn has come to its end, with an answer or without: of one that broke off with the program,
/// nothing tells.
bool hasTurnEnded(const History &history);

/// No words and no call that anybody could act on.
bool saysNothing(const Message &answer);

} // namespace Meanwhile::Conversation
