// SPDX-License-Identifier: MIT
#pragma once

#include "tools/tool.h"

#include <QHash>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace Meanwhile::Tasks {
class TaskManager;
struct Task;
} // namespace Meanwhile::Tasks

namespace Meanwhile::Tools {

/// check_background: how one task stands, with some of its output, or a line for each.
///
/// Output: grep (the last matching lines, numbered), else since (what came after that byte of the output),
/// else tail (the last lines), else the digest of an ended task and the last lines of a running one.
/// Thread: GUI thread; logs are read on the pool.  Not owned, must outlive it: the TaskManager.
class CheckBackgroundTool final : public Tool {
public:
    CheckBackgroundTool(Tasks::TaskManager &tasks, std::shared_ptr<QThreadPool> pool);
    /// A search of a log ends soon.
    ~CheckBackgroundTool() override;

    const ToolSpec &spec() const override { return m_spec; }
    QFuture<Intent> intent(const ToolCall &call) override;
    QFuture<ToolOutcome> run(const ToolCall &call) override;
    void interrupt(const QString &callId, Interrupt reason) override;

private:
    ToolOutcome all() const;

    Tasks::TaskManager &m_tasks;
    std::shared_ptr<QThreadPool> m_pool;
    ToolSpec m_spec;
    QHash<QString, std::weak_ptr<std::atomic_bool>> m_flags; ///< of running calls; raised to end them
    QObject m_context;                                       ///< ends the deliveries with this tool
};

} // namespace Meanwhile::Tools
