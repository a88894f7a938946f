// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "tasks/task.h"
#include "tools/tool.h"

namespace Meanwhile::Tasks {
class TaskManager;
}

namespace Meanwhile::Tools {

// How the model is told of tasks: one wording for every tool.

/// "exited 1 after 41 s", "running for 12 s", "queued".
QString stateLine(const Tasks::Task &task);
/// "[3f9a1c2e] exited 1 after 41 s: pytest -q" — the command's first line, cut.
QString headLine(const Tasks::Task &task);
/// Output as it is, without the line ends before and after it: the blanks of its first line count.
QString withoutLineEndsAround(const QString &output);
/// headLine, what changed meanwhile, the digest of at most `maxChars`, and how to read all of it.
QString report(const Tasks::Task &task, qsizetype maxChars);
/// Where the full output is, when the digest does not show all of it; else empty.
QString fullOutputLine(const Tasks::Task &task, qsizetype digestChars);

/// The parameter by which the model says why a command has to leave the box, for a schema's properties.
QByteArray outsideParameter();

/// Why this cannot be run as a command, for the model; empty when it can.
QString commandProblem(const QString &command);
/// The task of that id, "bg:" before it or not. The error names the known ones.
Result<Tasks::Task> findTask(const Tasks::TaskManager &tasks, const QString &id);
/// The tasks of these ids, or the first unknown one's error.
Result<QVector<Tasks::Task>> findTasks(const Tasks::TaskManager &tasks, const QStringList &ids);

} // namespace Meanwhile::Tools
