// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/history.h"

#include <optional>

namespace Meanwhile::Conversation {

/// How an answer or a turn ended, where it was not the agent's own decision.
struct Ending {
    QString words;            ///< for the person: what happened, and what to do where anything can be done
    bool isFailure = false;   ///< the agent did not do its work
    bool canContinue = false; ///< another try may help

    bool operator==(const Ending &) const = default;
};

/// Depends on the message alone, so that a stored session shows the same as a live one. Nothing for an answer
/// that ended properly or is incomplete, and for other messages.
std::optional<Ending> endingOf(const Message &message);

/// Whether the last turn has ended, with an answer or without. False for a turn that was cut off when the
/// program ended.
bool hasTurnEnded(const History &history);

/// No words and no call that anybody could act on.
bool saysNothing(const Message &answer);

} // namespace Meanwhile::Conversation
