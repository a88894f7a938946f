// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"

#include <QString>

namespace Meanwhile::Testing {

/// A task as the task manager would report it.
inline Tasks::Task panelTask(const QString &id, Tasks::TaskState state, const QString &command,
    const QString &lastLine = {}, std::chrono::seconds elapsed = {}, qint64 outputBytes = 0)
{
    Tasks::Task task;
    task.id = id;
    task.state = state;
    task.spec.command = command;
    task.lastLine = lastLine;
    task.elapsed = elapsed;
    task.outputBytes = outputBytes;
    return task;
}

} // namespace Meanwhile::Testing
