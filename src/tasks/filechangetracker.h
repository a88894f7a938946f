// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"

#include <QFuture>

namespace Meanwhile::Tasks {

/// Port: knows which files changed while a task ran.
///
/// Thread: GUI thread; no call blocks. A task's end is told only once changesOf() has answered, so it answers
/// soon whatever happens, with nothing where nothing is known.
class FileChangeTracker {
public:
    virtual ~FileChangeTracker() = default;

    /// Its command runs from now on.
    virtual void taskStarts(const Task &task) = 0;
    /// Its command has ended; asked once. Never cancelled.
    /// `written`: what this program wrote meanwhile, known for certain; those that git ignores are not told.
    virtual QFuture<ChangedFiles> changesOf(const Task &task, const QStringList &written) = 0;
};

} // namespace Meanwhile::Tasks
