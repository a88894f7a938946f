// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/execution.h"
#include "tasks/runnerprocess.h"

#include <QTimer>

namespace Meanwhile::Tasks {

class RunnerPool;

/// A command whose supervisor this program starts, and hears through its pipe.
///
/// A runner that was gone before it had its job is replaced. One that is suspended is woken: it keeps
/// nobody's output and no time limit, and notices no end.
class OwnedExecution final : public Execution {
    Q_OBJECT

public:
    /// The pool must outlive gone().
    OwnedExecution(RunnerPool &pool, RunnerJob job, QObject *parent = nullptr);
    ~OwnedExecution() override;

    void begin() override;
    void requestStop(StoppedBy by) override;
    ProcessIdentity supervisor() const override;

private:
    void onReported(const RunnerEvent &event);
    void onGone(const QString &problem);
    void wakeSuspended();

    RunnerPool &m_pool;
    const RunnerJob m_job;
    std::unique_ptr<RunnerProcess> m_runner;
    QTimer m_look;
    qint64 m_pid = 0; ///< of the runner, also when that is gone
    bool m_wasReplaced = false;
    bool m_hasStarted = false;
    bool m_hasEnded = false;
    std::optional<StoppedBy> m_stopRequest;
};

} // namespace Meanwhile::Tasks
