// SPDX-License-Identifier: MIT
#pragma once

#include "project/projectroot.h"
#include "tasks/task.h"
#include "tools/waitingcall.h"

#include <chrono>
#include <map>
#include <memory>

namespace Meanwhile::Tasks {
class TaskManager;
}

namespace Meanwhile::Tools {

/// bash: a command somebody waits for. It is a task like any other. Only the waiting ends when its time is
/// up, when the person continues it in the background, or when the shell has ended but something it started
/// still holds the output kHoldGrace later. Where the person stops the agent, the command ends, with its
/// whole tree.
///
/// Thread: GUI thread.  Not owned, must outlive it: the TaskManager.
class BashTool final : public QObject, public Tool {
    Q_OBJECT

public:
    static constexpr std::chrono::seconds kDefaultTimeout{120};
    static constexpr std::chrono::seconds kHoldGrace{1};

    BashTool(Tasks::TaskManager &tasks, std::shared_ptr<const Project::ProjectRoot> root);
    ~BashTool() override;

    const ToolSpec &spec() const override { return m_spec; }
    QFuture<Intent> intent(const ToolCall &call) override;
    QFuture<ToolOutcome> run(const ToolCall &call) override;
    void interrupt(const QString &callId, Interrupt reason) override;
    void taskEnded(const Tasks::Task &task) override;

private:
    struct Call;
    using Calls = std::map<QString, std::unique_ptr<Call>>; ///< by call id

    void taskChanged(const Tasks::Task &task);
    void stop(const QString &callId);
    void leaveRunning(const QString &callId, const QString &why, Tasks::WakePolicy wake);
    Calls::iterator callOf(const QString &taskId);
    void finish(Calls::iterator call, const ToolOutcome &outcome);

    Tasks::TaskManager &m_tasks;
    std::shared_ptr<const Project::ProjectRoot> m_root; ///< where commands run
    ToolSpec m_spec;
    Calls m_calls;
};

} // namespace Meanwhile::Tools
