// SPDX-License-Identifier: MIT
#pragma once

#include "project/projectroot.h"
#include "tools/tool.h"

namespace Meanwhile::Tasks {
class TaskManager;
}

namespace Meanwhile::Tools {

/// background_run: starts a task and answers with its id at once.
///
/// notify_on: any (an idle agent is woken by the end), failure (only by another end than exit code 0), never
/// (the end waits for the person's next message or for check_background).
/// Thread: GUI thread.  Not owned, must outlive it: the TaskManager.
class BackgroundRunTool final : public Tool {
public:
    BackgroundRunTool(Tasks::TaskManager &tasks, std::shared_ptr<const Project::ProjectRoot> root);

    const ToolSpec &spec() const override { return m_spec; }
    QFuture<Intent> intent(const ToolCall &call) override;
    QFuture<ToolOutcome> run(const ToolCall &call) override;

private:
    Tasks::TaskManager &m_tasks;
    std::shared_ptr<const Project::ProjectRoot> m_root; ///< where commands run
    ToolSpec m_spec;
};

} // namespace Meanwhile::Tools
