// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/recoveredtask.h"
#include "tasks/runnerprocess.h"
#include "tasks/supervisorwatch.h"
#include "tasks/taskmanager.h"

#include <QPromise>

#include <vector>

namespace Meanwhile::Tasks {

/// What TaskManager keeps of one task beside what others see.
struct TaskEntry {
    Task task;
    std::unique_ptr<RunnerProcess> runner;  ///< while there is one
    std::unique_ptr<SupervisorWatch> watch; ///< instead of it: the supervisor was started by an earlier run
    /// Looks after what a supervisor left behind that is gone or does not answer.
    std::unique_ptr<RunnerProcess> remains;
    RunnerProcess::Care care = RunnerProcess::Care::Watch; ///< of `remains`
    int remainsFailures = 0;                               ///< how often `remains` was itself ended
    bool hadRemains = false;                               ///< it ran on without its supervisor
    bool wasUnanswered = false;          ///< its supervisor was there and did not end it when asked
    bool isSwept = false;                ///< it was ended from outside its supervisor
    QString goneProblem;                 ///< why its own supervisor is gone
    std::optional<RecoveredTask> former; ///< what is known of one of an earlier run, until it is concluded
    qsizetype statusEventsSeen = 0;      ///< of an adopted task's status file
    qint64 runnerPid = 0;                ///< of its own runner, also when that is gone
    bool holdsPlace = false;             ///< one of the places of maxRunning
    bool isOfThisRun = false;            ///< else it was adopted
    bool isSupervisorProven = false;     ///< of an adopted task: its sealed job names it
    bool runnerStoodBy = false;          ///< it was started before this task
    qint64 writesSince = 0;              ///< in the log of writes; an adopted one's is all of this run
    std::vector<QPromise<StopReport>> stops; ///< asked for and not answered yet
    StopReport report;
    std::optional<StoppedBy> stopRequest;
    int stopRound = 0; ///< counts the answers to stops, so that an old time limit is known
    /// The end is known; only the digest is missing until the task shows it.
    bool isConcluded = false;

    void answerStops();
    bool isSupervised() const { return runner || watch || remains; }
    /// The state and the words of one whose end nobody saw because it was ended here.
    void applySweep(Task &result) const;
};

/// The task as `event` leaves it; `event` is what the runner said last, or nothing when it vanished.
/// `problem` says why it vanished. Without a `stopRequest`, a stop is by whoever the runner names.
Task concludedTask(Task task, const std::optional<RunnerEvent> &event, const QString &problem,
    std::optional<StoppedBy> stopRequest);
/// Whether the runner said that not all of the output could be written.
bool hasDiskFailed(const std::optional<RunnerEvent> &end);

} // namespace Meanwhile::Tasks
