// SPDX-License-Identifier: MIT
#pragma once

#include "runner/seal.h"
#include "tasks/launchplan.h"

namespace Meanwhile::Tasks {

/// What a runner is to do, and where it keeps what comes of it.
struct RunnerJob {
    QString folder; ///< the task's
    LaunchPlan plan;
    Runner::SealKey key; ///< what is kept in the folder is sealed with it
};

/// As it is written to a runner that stands by; see runner/jobformat.h. The plan's environment is the
/// runner's.
QByteArray jobWords(const RunnerJob &job, const QByteArray &token);
/// To a runner that stands by, before it knows its command: it has a box stand by as well, which a command
/// with this confinement finds ready. Empty where there is none.
QByteArray preparationWords(const Confinement &confinement);

/// What a supervisor keeps of itself and its command before that runs.
struct JobFile {
    TaskSpec spec; ///< command, working directory and time limit
    ProcessIdentity supervisor;
};

/// A task folder's `job`, also an earlier release's. Nothing when the file is missing or damaged, or is not
/// sealed with this key: then this program's supervisor has not written it. Any thread; blocks for one file.
std::optional<JobFile> readJobFile(const QString &path, const Runner::SealKey &key);

} // namespace Meanwhile::Tasks
