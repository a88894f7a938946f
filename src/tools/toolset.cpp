// SPDX-License-Identifier: MIT
#include "tools/toolset.h"

#include "project/linuxprojectfiles.h"
#include "tools/backgroundruntool.h"
#include "tools/bashtool.h"
#include "tools/checkbackgroundtool.h"
#include "tools/editfiletool.h"
#include "tools/listfilestool.h"
#include "tools/readfiletool.h"
#include "tools/searchfilestool.h"
#include "tools/stopbackgroundtool.h"
#include "tools/toolregistry.h"
#include "tools/waitbackgroundtool.h"
#include "tools/writefiletool.h"

namespace Meanwhile::Tools {

void registerAllTools(ToolRegistry &registry, const ToolParts &parts)
{
    FileToolParts files;
    files.files = std::make_shared<Project::LinuxProjectFiles>(
        parts.project, Project::PrivatePlaces::ofThisComputer(parts.project->folder()));
    files.git = std::make_shared<Project::GitModule>(parts.gitModulePath);
    files.seen = std::make_shared<Project::SeenFiles>();
    files.images = std::make_shared<Images::ImageFitter>();
    files.writes = parts.writes;
    files.pool = std::make_shared<QThreadPool>();
    registry.add(std::make_unique<BashTool>(*parts.tasks, parts.project));
    registry.add(std::make_unique<ReadFileTool>(files));
    registry.add(std::make_unique<WriteFileTool>(files));
    registry.add(std::make_unique<EditFileTool>(files));
    registry.add(std::make_unique<BackgroundRunTool>(*parts.tasks, parts.project));
    registry.add(std::make_unique<CheckBackgroundTool>(*parts.tasks, files.pool));
    registry.add(std::make_unique<WaitBackgroundTool>(*parts.tasks));
    registry.add(std::make_unique<StopBackgroundTool>(*parts.tasks));
    registry.add(std::make_unique<ListFilesTool>(files));
    registry.add(std::make_unique<SearchFilesTool>(files));
}

} // namespace Meanwhile::Tools
