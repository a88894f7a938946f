// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/execution.h"
#include "tasks/runnerprocess.h"
#include "tasks/taskmanager.h"

#include <QPromise>

#include <vector>

namespace Meanwhile::Tasks {

/// What TaskManager keeps of one task beside what others see.
struct TaskEntry {
    Task task;
    std::unique_ptr<Execution> execution; ///< from its begin() until gone()
    /// Looks after what a supervisor left behind that is gone or does not answer.
    std::unique_ptr<RunnerProcess> remains;
    RunnerProcess::Care care = RunnerProcess::Care::Watch; ///< of `remains`
    int remainsFailures = 0;                               ///< how often `remains` was itself ended
    bool hadRemains = false;                               ///< it ran on without its supervisor
    bool wasUnanswered = false; ///< its supervisor was there and did not end it when asked
    bool isSwept = false;       ///< it was ended from outside its supervisor
    /// How it will have ended once nothing is left of what lives on without its supervisor, unless its folder
    /// tells more by then.
    std::optional<Ending> unknownEnd;
    /// Known for sure, also when it is gone: what a stored row says is no proof, as a command may have
    /// written it.
    ProcessIdentity supervisor;
    bool holdsPlace = false;                 ///< one of the places of maxRunning
    bool isOfThisRun = false;                ///< else it was adopted
    qint64 writesSince = 0;                  ///< in the log of writes; an adopted one's is all of this run
    std::vector<QPromise<StopReport>> stops; ///< asked for and not answered yet
    StopReport report;
    std::optional<StoppedBy> stopRequest;
    int stopRound = 0; ///< counts the answers to stops, so that an old time limit is known
    /// The end is known; only the digest is missing until the task shows it.
    bool isConcluded = false;

    void answerStops();
    bool isSupervised() const { return execution || remains; }
    /// By whom a stop of it is; nothing: by whoever its supervisor names. Nobody else's stop of a task of
    /// this run is ours.
    std::optional<StoppedBy> stopper() const;
    /// The state and the words of one whose end nobody saw because it was ended here.
    void applySweep(Task &result) const;
};

/// The task as `ending` leaves it, all but its output. Without a `stopper`, a stop is by whoever the
/// supervisor names.
Task concludedTask(Task task, const Ending &ending, std::optional<StoppedBy> stopper);
/// Whether the runner said that not all of the output could be written.
bool hasDiskFailed(const std::optional<RunnerEvent> &end);

} // namespace Meanwhile::Tasks
