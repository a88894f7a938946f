// SPDX-License-Identifier: MIT
#pragma once

#include "models/transcriptrow.h"
#include "tasks/task.h"
#include "tools/toolpresentation.h"

#include <QByteArray>

#include <chrono>

namespace Meanwhile::Models {

/// What a tool call's arguments say to a person. Any bytes are welcome; what is not a JSON object is shown as
/// it is.
struct CallDescription {
    QString subject;     ///< the object of the line, in one line
    QString command;     ///< of a tool that runs commands: exact
    QString input;       ///< the arguments, readable
    QString diff;        ///< of a write, as far as the arguments alone tell it
    QStringList taskIds; ///< the tasks a call speaks of
};
CallDescription describeCall(
    const Tools::ToolPresentations &tools, const QString &tool, const QByteArray &input);

/// Sets verb, shape, summary, time and tone of a tool line from its state and, for a command, from its
/// task's. `task` may be null; `elapsed` is the task's, now. `answer` is what the tool said in short, e.g.
/// "37 lines".
void refreshLine(TranscriptRow &row, const Tools::ToolPresentations &tools, const QString &answer,
    const Tasks::Task *task, std::chrono::milliseconds elapsed);

/// Says that the task which outlived its call is not in this session, which was forked.
void sayTaskIsElsewhere(TranscriptRow &row);

/// The first four digits of a task's id: how lines and people name it.
QString shortTaskId(const QString &taskId);

} // namespace Meanwhile::Models
