// SPDX-License-Identifier: MIT
#include "support/knowntools.h"

#include "base/clock.h"
#include "base/ids.h"
#include "project/projectroot.h"
#include "tasks/taskmanager.h"
#include "tools/toolregistry.h"
#include "tools/toolset.h"

#include <QDir>

namespace Meanwhile::Testing {

Tools::ToolPresentations knownTools()
{
    const QString folder = QDir::tempPath() + QStringLiteral("/no such folder");
    Tasks::TaskManagerSettings settings;
    settings.tasksFolder = folder;
    const SystemClock clock;
    RandomIds ids;
    Tasks::TaskManager tasks(settings, clock, ids);
    Tools::ToolRegistry registry;
    Tools::registerAllTools(registry, {std::make_shared<Project::ProjectRoot>(folder), &tasks, {}});
    return registry.presentations();
}

} // namespace Meanwhile::Testing
