// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/runnerprotocol.h"

#include <QObject>

namespace Meanwhile::Tasks {

/// How a task ended, as far as that is known.
struct Ending {
    std::optional<RunnerEvent> event; ///< CommandEnded or LaunchFailed; nothing: nobody has told
    QString problem;                  ///< without an event: why nobody has
    bool neverRan = false;            ///< without an event: nothing of it has run
    QDateTime at;                     ///< not valid: just now
};

/// Port: one task while it is executed, from begin() until nothing of it is left.
///
/// States: Idle -> Starting -> Running -> Ended -> Gone. It reports RunnerStarted when it runs, and how it
/// ended, CommandEnded or LaunchFailed, once; before and after that what stops did (SurvivorNamed,
/// TreeSwept), and behind the end what is left (SurvivorsLeft). gone() comes exactly once, as the last, and
/// not inside begin(). What the task prints is in its log before the end is reported, in the layout of
/// runner/loglayout.h and sealed with the task's key; it is read from there alone. Thread: GUI thread; never
/// blocks it. Destroying it leaves alone what it executes.
class Execution : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Once.
    virtual void begin() = 0;
    /// Ends all of it; one that is not Running yet is asked as soon as it is. The second time it leaves out a
    /// grace period. TreeSwept follows, or gone(); whoever asked looks after one that does not answer.
    virtual void requestStop(StoppedBy by) = 0;
    /// The process that all of it runs below, also after gone(); pid 0 where there is none or it is not known
    /// for sure.
    virtual ProcessIdentity supervisor() const = 0;

signals:
    void reported(const Meanwhile::Tasks::RunnerEvent &event);
    /// Counts as the end where none was reported. Without a problem nothing is left; with one, and unless it
    /// never ran, something may run on.
    void gone(const Meanwhile::Tasks::Ending &unknown);
};

} // namespace Meanwhile::Tasks
