// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/runnerprocess.h"
#include "tasks/taskmanager.h"

#include <QPromise>

#include <vector>

namespace Meanwhile::Tasks {

/// What TaskManager keeps of one task beside what others see.
struct TaskEntry {
    Task task;
    std::unique_ptr<RunnerProcess> runner;   ///< while there is one
    bool runnerStoodBy = false;              ///< it was started before this task
    std::vector<QPromise<StopReport>> stops; ///< asked for and not answered yet
    StopReport report;
    std::optional<StoppedBy> stopRequest;
    /// The end is known; only the digest is missing until the task shows it.
    bool isConcluded = false;

    void answerStops();
};

/// The task as `event` leaves it; `event` is what the runner said last, or nothing when it vanished.
/// `problem` says why it vanished.
Task concludedTask(Task task, const std::optional<RunnerEvent> &event, const QString &problem,
    std::optional<StoppedBy> stopRequest);

} // namespace Meanwhile::Tasks
