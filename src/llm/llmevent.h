// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.h"
#include "conversation/message.h"

#include <variant>

namespace Meanwhile::Llm {

/// The provider accepted the request and the answer begins.
struct AnswerStarted {
    bool operator==(const AnswerStarted &) const = default;
};
struct TextDelta {
    QString text;
    bool operator==(const TextDelta &) const = default;
};
struct ThinkingDelta {
    QString text;
    bool operator==(const ThinkingDelta &) const = default;
};
/// A tool call is being written; it may only run once Completed has come.
struct ToolCallBeingWritten {
    QString id;
    QString name;
    bool operator==(const ToolCallBeingWritten &) const = default;
};
/// The answer ended at its own end event. Usage and stop reason are in the message; its id and time are
/// unset.
struct Completed {
    Conversation::Message message;
    bool operator==(const Completed &) const = default;
};
/// The request failed, or the answer broke off; what was streamed so far is all there is.
struct AnswerFailed {
    Error error;
    bool operator==(const AnswerFailed &) const = default;
};

using LlmEvent =
    std::variant<AnswerStarted, TextDelta, ThinkingDelta, ToolCallBeingWritten, Completed, AnswerFailed>;

} // namespace Meanwhile::Llm
