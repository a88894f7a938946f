// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/execution.h"
#include "tasks/sealsecret.h"
#include "tasks/task.h"

#include <QSet>
#include <QVector>

namespace Meanwhile::Tasks {

/// A task of an earlier run of the program, as far as its folder tells of it.
struct RecoveredTask {
    /// Unclear: its supervisor may be about to make the folder. Empty: nothing in the folder is worth
    /// keeping. Foreign: another process made the folder, not a supervisor that this program started. A
    /// Foreign folder is left as it is and not shown as a task.
    enum class Verdict { Unclear, Running, Ended, Lost, NeverStarted, Empty, Foreign };

    Task task; ///< as it was stored; start, supervisor and log are filled in as far as they can be known
    bool isStored = false; ///< else only its folder is known
    Verdict verdict = Verdict::Unclear;
    bool isSupervised =
        false;             ///< the supervisor is alive: with Running, and with Ended while anything is left
    StatusFile status;     ///< with Ended
    QString problem;       ///< with Lost and NeverStarted
    QDateTime lastSign;    ///< when something was last seen of it
    bool isSealed = false; ///< its job is, and so it is known for sure who supervised it
    QDateTime storedEnd;   ///< of a lost one: when it was found lost
    bool isEndStored = false; ///< its row tells an end; that counts only as its folder bears it out

    QString folder() const;
};

enum class Pass { First, Final }; ///< only the last one leaves nothing Unclear

// Any thread; these block for a few small files a task.

/// The folders in `tasksFolder` that belong to none of `known`.
QVector<RecoveredTask> unlistedTasks(const QString &tasksFolder, const QSet<QString> &known);
/// Only what is sealed counts, in a stored task's folder, too: end, command, folder and supervisor. A stored
/// supervisor counts without it while a program of that name is there.
RecoveredTask inspect(RecoveredTask recovered, Pass pass, const SealSecret &secret);
/// How it ended, at the time it happened; without an end in its folder, as one whose end nobody knows, seen
/// last at `lastSign`.
Ending endingOf(const RecoveredTask &recovered);
/// When a task ended whose end was told by a `status` that was written then.
QDateTime endTime(const Task &task, const RunnerEvent &end, const QDateTime &writtenAt);
/// Removes a folder that was only begun. Does nothing when anything else is in it by now.
void removeEmptyTaskFolder(const QString &folder);
bool isTaskId(const QString &name);
/// Without all that its row tells of how it ended and what it printed.
Task withoutEnd(const Task &task);

} // namespace Meanwhile::Tasks
