// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"

#include <QByteArrayView>

#include <optional>
#include <variant>

namespace Meanwhile::Tasks {

// What meanwhile-run tells on its standard output, a line each; see runner/statuswriter.h.

struct RunnerStarted {
    qint64 pid = 0;
    quint64 startTicks = 0;
    bool operator==(const RunnerStarted &) const = default;
};

/// The shell is gone, what it started still holds the output.
struct ShellEnded {
    int exitCode = 0; ///< 128 + n for signal n, as shells count
    bool operator==(const ShellEnded &) const = default;
};

struct SurvivorNamed {
    QString process; ///< "1234 name"
    bool operator==(const SurvivorNamed &) const = default;
};

/// A stop is over.
struct TreeSwept {
    int processesEnded = 0;
    bool operator==(const TreeSwept &) const = default;
};

struct CommandEnded {
    TaskState state = TaskState::Exited; ///< Exited, Signaled, TimedOut or Stopped
    int number = 0;                      ///< exit code or signal
    qint64 bytes = 0;
    qint64 lines = 0;
    qint64 elapsedMs = 0;
    int survivors = 0;
    int logErrno = 0;
    qint64 lostBytes = 0;
    bool operator==(const CommandEnded &) const = default;
};

struct SurvivorsLeft {
    int count = 0;
    bool operator==(const SurvivorsLeft &) const = default;
};

struct LaunchFailed {
    QString step; ///< folder, status, log, signals, pipe, fork, cwd, stdin or exec
    int systemErrno = 0;
    bool operator==(const LaunchFailed &) const = default;
};

using RunnerEvent = std::variant<RunnerStarted, ShellEnded, SurvivorNamed, TreeSwept, CommandEnded,
    SurvivorsLeft, LaunchFailed>;

/// Nothing when the line is not one of them: a newer runner may say more.
std::optional<RunnerEvent> parseRunnerLine(QByteArrayView line);
/// The last word in a task folder: CommandEnded or LaunchFailed; nothing when the runner has not written one.
std::optional<RunnerEvent> readStatusFile(const QString &path);

} // namespace Meanwhile::Tasks
