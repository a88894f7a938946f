// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"

namespace Meanwhile::Tasks {

/// What the runner was told to do, from a task folder's `job`: command, working directory and time limit; see
/// runner/job.h. Nothing when the file is missing, was cut short or is damaged. Any thread; blocks for one
/// file.
std::optional<TaskSpec> readJobFile(const QString &path);

} // namespace Meanwhile::Tasks
