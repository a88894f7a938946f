// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/execution.h"
#include "tasks/recoveredtask.h"
#include "tasks/runnerpool.h"

namespace Meanwhile::Tasks {

/// Chooses how a task is executed: the one place that knows which executions there are. None that it makes
/// has begun. Thread: GUI thread. It must outlive the tasks that it was asked for.
class ExecutionFactory {
public:
    /// `runnerPath` is meanwhile-run.
    ExecutionFactory(const QString &runnerPath, Grant grant);
    virtual ~ExecutionFactory();
    ExecutionFactory(const ExecutionFactory &) = delete;
    ExecutionFactory &operator=(const ExecutionFactory &) = delete;

    /// For a task that is started now. What is kept in its folder is sealed with the key.
    virtual std::unique_ptr<Execution> make(const Task &task, const Runner::SealKey &key);
    /// What is executed for a task that is a command.
    virtual LaunchPlan plan(const Task &task) const { return planFor(task.spec, m_grant); }
    /// For one of an earlier run whose supervisor is alive.
    std::unique_ptr<Execution> adopt(const RecoveredTask &recovered, const SealSecret &secret);
    /// A further task may be started while others run. Costs little, and makes that quicker.
    void prepare() { m_pool.keepOne(); }
    bool isPrepared() const { return m_pool.isStandingBy(); }
    void setEnvironment(const QProcessEnvironment &environment);
    void setConfinement(const Confinement &confinement);

private:
    Grant m_grant;
    RunnerPool m_pool;
};

} // namespace Meanwhile::Tasks
