// SPDX-License-Identifier: MIT
#pragma once

#include "tools/tool.h"

#include <QString>
#include <QStringList>

namespace Meanwhile::Models {

/// One row of the transcript. Rows are only appended and changed, never moved; the queued messages at the end
/// may go.
struct TranscriptRow {
    enum class Kind {
        Person,    ///< the person's words
        Answer,    ///< Markdown; grows while streaming
        Thinking,  ///< folded reasoning
        ToolCall,  ///< one line that opens to input and output
        Delivered, ///< a rule: "n results delivered"
        Notice,    ///< dim line: stopped, incomplete, turn limit, waiting for tasks
        Error,     ///< what failed and the button that helps
        Queued,    ///< the person's words that wait for the next request
    };
    enum class CallState { Writing, Asking, Running, Done, Failed, Denied, Interrupted };
    enum class Remedy { None, Retry, OpenSettings };

    Kind kind = Kind::Notice;
    QString id;   ///< message, call or queue id; empty for rules and notices
    QString text; ///< words, Markdown, rule or notice
    bool streaming = false;

    // ToolCall
    QString tool;
    QString subject; ///< command, path or task id: the object of the line
    QString input;   ///< pretty-printed arguments
    QString output;
    QString summary; ///< "+6", "exit 0", "37 lines"
    QString diff;    ///< unified diff of a write
    QString taskId;  ///< ties the line to a row of the task table
    CallState callState = CallState::Writing;

    // Delivered
    QStringList taskIds;

    // Error
    Remedy remedy = Remedy::None;

    bool operator==(const TranscriptRow &) const = default;
};

} // namespace Meanwhile::Models
