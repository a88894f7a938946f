// SPDX-License-Identifier: MIT
#pragma once

#include "tools/waitingcall.h"

namespace Meanwhile::Tasks {
class TaskManager;
struct StopReport;
} // namespace Meanwhile::Tasks

namespace Meanwhile::Tools {

/// stop_background: ends a task's whole tree of processes and says what became of it.
///
/// Thread: GUI thread.  Not owned, must outlive it: the TaskManager.
class StopBackgroundTool final : public Tool {
public:
    explicit StopBackgroundTool(Tasks::TaskManager &tasks);

    const ToolSpec &spec() const override { return m_spec; }
    QFuture<Intent> intent(const ToolCall &call) override;
    QFuture<ToolOutcome> run(const ToolCall &call) override;

private:
    ToolOutcome outcomeOf(const QString &taskId, const Tasks::StopReport &report) const;

    Tasks::TaskManager &m_tasks;
    ToolSpec m_spec;
    QObject m_context; ///< ends the deliveries with this tool
};

} // namespace Meanwhile::Tools
