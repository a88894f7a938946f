// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <memory>

namespace Meanwhile::Tasks {
class TaskManager;
class WriteLog;
} // namespace Meanwhile::Tasks

namespace Meanwhile::Project {
class ProjectRoot;
}

namespace Meanwhile::Tools {

class ToolRegistry;

/// What the tools of one session are made of.
struct ToolParts {
    std::shared_ptr<const Project::ProjectRoot> project;
    Tasks::TaskManager *tasks = nullptr;          ///< not owned, must outlive the registry
    std::shared_ptr<Tasks::WriteLog> writes = {}; ///< null: nobody is told what is written
    QString gitModulePath;                        ///< empty: see moduleFile()
};

/// Adds all tools, always in the same order.
void registerAllTools(ToolRegistry &registry, const ToolParts &parts);

} // namespace Meanwhile::Tools
