// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <memory>

namespace Meanwhile::Tasks {
class TaskManager;
}

namespace Meanwhile::Tools {

class ToolRegistry;

/// What the tools of one session are made of.
struct ToolParts {
    QString projectFolder;
    Tasks::TaskManager *tasks = nullptr; ///< not owned, must outlive the registry
    QString gitModulePath;               ///< empty: lib/meanwhile beside the program's own folder
};

/// Adds all ten tools, always in the same order.
void registerAllTools(ToolRegistry &registry, const ToolParts &parts);

} // namespace Meanwhile::Tools
