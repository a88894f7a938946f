// SPDX-License-Identifier: MIT
#pragma once

#include "base/newsid.h"
#include "conversation/recordblocks.h"

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

/// How a call of a tool ended.
enum class CallEnd {
    Answered,
    Failed,      ///< the tool, or the check of its arguments, says why
    Refused,     ///< not run: the rules forbid it, nobody could be asked, or the answer was not whole
    Denied,      ///< not run: the person said no
    Stopped,     ///< by the person's Stop
    Interrupted, ///< the program ended before the call did
    NotBegun,    ///< not run: the turn was stopped or the program ended before the call began
};

/// The result of a call for the model, and what only the person sees of it.
struct ToolResultBlock {
    QString callId;
    QString text;
    bool isError = false;
    QVector<ImageBlock> images;
    /// News of tasks that this answer was the first to deliver; kept for the outbox, never sent.
    QVector<NewsId> toldNews = {};

    // Never sent: the row of the call.
    CallEnd end = CallEnd::Answered; ///< see endOf()
    QString taskId = {};             ///< what the call started or is about; empty: none
    bool continues = false;          ///< that task keeps running after this answer
    QString summary = {};            ///< in the person's language: "37 lines"
    QString diff = {};               ///< what was written, or what was asked about

    bool operator==(const ToolResultBlock &) const = default;
};

/// An error that says no more has failed.
inline CallEnd endOf(const ToolResultBlock &result)
{
    return result.isError && result.end == CallEnd::Answered ? CallEnd::Failed : result.end;
}

/// Text from the program itself for the model: the whole <background-results> element with the news in it,
/// or, without news, a sentence.
struct NewsBlock {
    QVector<NewsId> news;
    QString text;

    bool operator==(const NewsBlock &) const = default;
};

/// Anything a provider sent that this program does not understand; goes back unchanged.
struct OpaqueBlock {
    QString type;
    QByteArray raw;

    bool operator==(const OpaqueBlock &) const = default;
};

using ContentBlock = std::variant<TextBlock, ThinkingBlock, ToolCallBlock, ToolResultBlock, ImageBlock,
    NewsBlock, OpaqueBlock, CompactionBlock, OmissionBlock, RestoreBlock, EndBlock, FailureBlock>;

} // namespace Meanwhile::Conversation
