// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/contentblock.h"
#include "models/taskstatus.h"

#include <QString>
#include <QStringList>

namespace Meanwhile::Models {

/// One row of the transcript. Rows are appended and changed, never moved. The queued messages at the end may
/// go, before them the one row that says what is waited for, and what was streamed of a call that is never
/// made.
struct TranscriptRow {
    enum class Kind {
        Person,    ///< the person's words
        Answer,    ///< Markdown; grows while streaming
        Thinking,  ///< folded reasoning
        ToolCall,  ///< one line that opens to input and output
        Delivered, ///< a rule: which results were sent to the model
        Notice,    ///< dim line: stopped, incomplete, turn limit, waiting for tasks
        Error,     ///< what failed, or ended too early, and the button that helps
        Queued,    ///< the person's words that wait for the next request
        Retry,     ///< why a request failed, and when it is sent again
        Restored,  ///< files were put back; id is the checkpoint that undoes it
    };
    enum class CallState {
        Writing, ///< by the model, or made and not begun
        Asking,
        Running,
        Done,
        Failed,
        Refused,     ///< not run, by the rules
        Denied,      ///< not run, by the person
        Stopped,     ///< by the person
        Interrupted, ///< by the end of the program
        NotBegun,    ///< not run, as the turn or the program had ended
    };
    enum class Remedy { None, Retry, TryNow, GoOn, OpenSettings, OpenSettingsOrRetry };

    Kind kind = Kind::Notice;
    QString id;   ///< message, call or queue id; empty for rules and notices
    QString text; ///< words, Markdown, rule or notice
    bool streaming = false;
    QVector<Conversation::ImageBlock> images; ///< Person: said with the words; ToolCall: what the call showed

    // ToolCall: shape, verb, subject and summary are the line; the rest is what it opens to.
    QString tool;
    QString verb;       ///< "Ran", "Task 3f9a"
    QString subject;    ///< command, path or task id: the object of the line; one line, nothing hidden in it
    QString shape;      ///< "◐", "✓", …: the state of the call, or of the task it is tied to
    QString summary;    ///< "+6", "exit 0", "37 lines", "running"
    QString elapsed;    ///< "0:41": how long the command has run
    QString outside;    ///< "outside": of a command that left the box, before the summary
    QString outsideTip; ///< the same as a sentence
    Tone tone = Tone::Waiting;
    QString input; ///< the arguments for people: the command alone, otherwise "name: value" a line
    QString output;
    QString diff;         ///< unified diff of a write
    QString taskId;       ///< ties the line to a row of the task table
    bool hasTask = false; ///< that row is there
    CallState callState = CallState::Writing;
    bool waitsForTask =
        false; ///< the agent waits for this command: it can go on in the background, or be stopped

    // Queued
    bool isHeld = false; ///< no turn is under way, so the person sends it

    // Delivered
    QStringList taskIds;

    // Error, Retry
    Remedy remedy = Remedy::None;

    bool operator==(const TranscriptRow &) const = default;
};

/// "(with 1 image)"; empty for none.
QString imagesText(qsizetype count);

/// Summary and time of a tool line, e.g. "running · 0:41", "done 0:41"; may be empty.
QString summaryText(const TranscriptRow &row);

/// The row as plain text, for the clipboard and for screen readers: who speaks, what happened.
QString plainText(const TranscriptRow &row);

} // namespace Meanwhile::Models
