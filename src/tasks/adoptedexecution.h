// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/execution.h"
#include "tasks/recoveredtask.h"
#include "tasks/supervisorwatch.h"

#include <QTimer>

namespace Meanwhile::Tasks {

/// A command whose supervisor was started by an earlier run of the program and is alive.
///
/// There is no pipe to it: it is watched, and what it writes into `status` is read four times a second while
/// an end or the answer to a stop is waited for, since it stays while anything is left of its command. What
/// was in the file when the task was found is not reported again. One that is suspended is woken.
class AdoptedExecution final : public Execution {
    Q_OBJECT

public:
    AdoptedExecution(RecoveredTask recovered, SealSecret secret, QObject *parent = nullptr);
    ~AdoptedExecution() override;

    /// Reports at once that it runs, if it does.
    void begin() override;
    void requestStop(StoppedBy by) override;
    ProcessIdentity supervisor() const override;

private:
    void look();
    void readStatus();
    void report(const RunnerEvent &event);
    void onGone();

    const RecoveredTask m_recovered;
    const SealSecret m_secret;
    std::unique_ptr<SupervisorWatch> m_watch;
    QTimer m_look;
    qsizetype m_eventsSeen = 0; ///< of the status file
    int m_survivors = 0;        ///< at its end
    bool m_hasEnded = false;
    bool m_isStopping = false; ///< asked to, and has not said what became of that
};

} // namespace Meanwhile::Tasks
