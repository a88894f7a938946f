// SPDX-License-Identifier: MIT
#include "tasks/launchplan.h"

#include <QFileInfo>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

LaunchPlan planFor(const TaskSpec &spec, const Grant &grant)
{
    const QString shell = QFileInfo::exists(u"/bin/bash"_s) ? u"/bin/bash"_s : u"/bin/sh"_s;
    LaunchPlan plan;
    plan.argv = QStringList{shell, u"-c"_s, u"--"_s, spec.command};
    plan.workingDirectory = spec.workingDirectory;
    plan.environment = grant.environment;
    plan.logCapBytes = grant.logCapBytes;
    plan.timeLimit = spec.timeLimit;
    plan.confinement = spec.outside ? Confinement() : grant.confinement;
    return plan;
}

} // namespace Meanwhile::Tasks
