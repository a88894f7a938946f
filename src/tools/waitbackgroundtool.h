// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"
#include "tools/waitingcall.h"

#include <map>
#include <memory>

namespace Meanwhile::Tasks {
class TaskManager;
}

namespace Meanwhile::Tools {

/// wait_background: answers when one or all of some tasks have ended, when its time is up, or when the person
/// wrote. Without ids it waits for the tasks that run in the background at the time of the call.
///
/// Thread: GUI thread; the answer comes in the same turn of the event loop as the task's end.
/// Not owned, must outlive it: the TaskManager.
class WaitBackgroundTool final : public QObject, public Tool {
    Q_OBJECT

public:
    explicit WaitBackgroundTool(Tasks::TaskManager &tasks);
    ~WaitBackgroundTool() override;

    const ToolSpec &spec() const override { return m_spec; }
    QFuture<Intent> intent(const ToolCall &call) override;
    QFuture<ToolOutcome> run(const ToolCall &call) override;
    void interrupt(const QString &callId, Interrupt reason) override;
    void taskEnded(const Tasks::Task &task) override;

private:
    struct Call;

    QStringList runningIds() const;
    bool holds(const Call &call) const;
    void finish(const QString &callId, const QString &note);

    Tasks::TaskManager &m_tasks;
    ToolSpec m_spec;
    std::map<QString, std::unique_ptr<Call>> m_calls; ///< by call id
};

} // namespace Meanwhile::Tools
