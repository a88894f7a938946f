// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QFile>

#include <memory>

namespace Meanwhile::Tasks {

/// A file of a task's folder, open for reading and not buffered. Never waits, whatever a command has put in
/// its place: errors are NotFound, Protocol for a link, a pipe or whatever else is no file, and Io.
Result<std::unique_ptr<QFile>> openPlainFile(const QString &path);

} // namespace Meanwhile::Tasks
