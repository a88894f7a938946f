// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.h"
#include "conversation/usage.h"

namespace Meanwhile::Conversation {

// The blocks of messages whose role is Record: facts about the conversation that nobody said.

/// From here on requests begin with the person's words, the tasks and a summary, in place of what came
/// before.
struct CompactionBlock {
    QString summary;  ///< by the model, of everything but the person's words
    QString roster;   ///< the tasks at this time, a line each
    QString keepFrom; ///< id of the first message that requests still hold; empty: none before this block
    /// Of the person's words at most so many UTF-16 units are repeated, the longest messages clipped; 0: all.
    qint64 maxWordChars = 0;
    Usage usage = {}; ///< what the summary cost

    bool operator==(const CompactionBlock &) const = default;
};

/// From here on requests say a sentence in place of something that came before.
struct OmissionBlock {
    enum class What {
        Block,         ///< block `block` of message `messageId`; -1: all of them. The provider refused it.
        OutputsBefore, ///< what tools answered before message `messageId`; empty: before this block
        /// Long arguments of calls before this block, and long words of the person but the last before it.
        LongTexts,
    };
    What what = What::Block;
    QString messageId;
    qint64 block = -1;
    QString reason; ///< the provider's own words, short; may be empty

    bool operator==(const OmissionBlock &) const = default;
};

/// The person has put the project's files back to an earlier state.
struct RestoreBlock {
    QString before;       ///< the message they were restored to the state before; empty: a restore was undone
    qint64 files = 0;     ///< written and removed
    qint64 leftAlone = 0; ///< that could not be
    QString undo;         ///< the checkpoint that brings back what was there

    bool operator==(const RestoreBlock &) const = default;
};

/// A turn was ended by the program or the person, not by the agent.
struct EndBlock {
    enum class Why {
        NoProgress,   ///< `count` answers in a row got nothing done
        RequestLimit, ///< the run may make no more requests
        Stopped,      ///< by the person
    };
    Why why = Why::NoProgress;
    qint64 count = 0;

    bool operator==(const EndBlock &) const = default;
};

/// A request failed for good, and the turn with it.
struct FailureBlock {
    ErrorKind kind = ErrorKind::Internal;
    QString words; ///< for the person

    bool operator==(const FailureBlock &) const = default;
};

} // namespace Meanwhile::Conversation
