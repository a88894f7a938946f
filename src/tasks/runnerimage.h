// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Tasks {

/// What to start a supervisor by: a copy of `program` in memory that may be run and not read, so that the
/// system closes the process to others with its exec. By the file itself a command could open its pipes in
/// the moment before it closes itself. The file's path where the system gives no such copy.
///
/// Thread: GUI thread. One copy of each program, kept until this one ends.
QString runnerImage(const QString &program);

} // namespace Meanwhile::Tasks
