// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/usage.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVector>

#include <variant>

namespace Meanwhile::Conversation {

struct TextBlock {
    QString text;

    bool operator==(const TextBlock &) const = default;
};

/// The model's reasoning. `raw` is the whole block as the provider sent it (compact JSON, signature included)
/// and goes back unchanged; `text` is what a person may read, possibly empty.
struct ThinkingBlock {
    QString text;
    QByteArray raw;

    bool operator==(const ThinkingBlock &) const = default;
};

/// A complete call of a tool. `input` is the arguments as the provider sent them: normally one JSON object in
/// UTF-8, but kept as received when it is not. `raw` is the whole block where it holds more than these three.
struct ToolCallBlock {
    QString id;
    QString name;
    QByteArray input;
    QByteArray raw;

    bool operator==(const ToolCallBlock &) const = default;
};

struct ImageBlock {
    QString mediaType; ///< image/png, image/jpeg, image/gif or image/webp
    QByteArray bytes;  ///< the file's bytes, not base64
    QString name = {}; ///< what the person or the model calls it, e.g. a path; never sent with the image

    bool operator==(const ImageBlock &) const = default;
};

struct ToolResultBlock {
    QString callId;
    QString text;
    bool isError = false;
    QVector<ImageBlock> images;
    /// Tasks whose end this answer was the first to tell; kept for the outbox, never sent.
    QStringList taskIds = {};

    bool operator==(const ToolResultBlock &) const = default;
};

/// What the program tells the model beside the person's words: the whole <background-results> element and
/// which tasks it speaks of, or, without tasks, a sentence.
struct NotificationBlock {
    QStringList taskIds;
    QString text;

    bool operator==(const NotificationBlock &) const = default;
};

/// Anything a provider sent that this program does not understand; goes back unchanged.
struct OpaqueBlock {
    QString type;
    QByteArray raw;

    bool operator==(const OpaqueBlock &) const = default;
};

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

/// The program ended a turn that the agent had not ended.
struct EndBlock {
    enum class Why {
        NoProgress,   ///< `count` answers in a row got nothing done
        RequestLimit, ///< the run may make no more requests
    };
    Why why = Why::NoProgress;
    qint64 count = 0;

    bool operator==(const EndBlock &) const = default;
};

using ContentBlock = std::variant<TextBlock, ThinkingBlock, ToolCallBlock, ToolResultBlock, ImageBlock,
    NotificationBlock, OpaqueBlock, CompactionBlock, OmissionBlock, RestoreBlock, EndBlock>;

} // namespace Meanwhile::Conversation
