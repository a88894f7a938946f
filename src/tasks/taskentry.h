// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/runnerprocess.h"
#include "tasks/supervisorwatch.h"
#include "tasks/taskmanager.h"

#include <QPromise>

#include <vector>

namespace Meanwhile::Tasks {

/// What TaskManager keeps of one task beside what others see.
struct TaskEntry {
    Task task;
    std::unique_ptr<RunnerProcess> runner;   ///< while there is one
    std::unique_ptr<SupervisorWatch> watch;  ///< instead of it: the supervisor was started by an earlier run
    qsizetype statusEventsSeen = 0;          ///< of an adopted task's status file
    bool holdsPlace = false;                 ///< one of the places of maxRunning
    bool isOfThisRun = false;                ///< else it was adopted
    bool runnerStoodBy = false;              ///< it was started before this task
    qint64 writesSince = 0;                  ///< in the log of writes; an adopted one's is all of this run
    std::vector<QPromise<StopReport>> stops; ///< asked for and not answered yet
    StopReport report;
    std::optional<StoppedBy> stopRequest;
    /// The end is known; only the digest is missing until the task shows it.
    bool isConcluded = false;

    void answerStops();
    bool isSupervised() const { return runner || watch; }
    void askToStop();
};

/// The task as `event` leaves it; `event` is what the runner said last, or nothing when it vanished.
/// `problem` says why it vanished.
Task concludedTask(Task task, const std::optional<RunnerEvent> &event, const QString &problem,
    std::optional<StoppedBy> stopRequest);

} // namespace Meanwhile::Tasks
