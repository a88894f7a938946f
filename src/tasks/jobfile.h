// SPDX-License-Identifier: MIT
#pragma once

#include "runner/seal.h"
#include "tasks/task.h"

namespace Meanwhile::Tasks {

/// What a supervisor keeps of itself and its command before that runs.
struct JobFile {
    TaskSpec spec; ///< command, working directory and time limit
    ProcessIdentity supervisor;
};

/// A task folder's `job`; see runner/job.h. Nothing when the file is missing or damaged, or is not sealed
/// with this key: then this program's supervisor has not written it. Any thread; blocks for one file.
std::optional<JobFile> readJobFile(const QString &path, const Runner::SealKey &key);

} // namespace Meanwhile::Tasks
