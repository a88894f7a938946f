// SPDX-License-Identifier: MIT
#pragma once

#include "runner/seal.h"
#include "tasks/task.h"

#include <QByteArrayView>
#include <QVector>

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
    qint64 endedAtMs = 0; ///< since 1970; 0 when it is not told
    bool operator==(const CommandEnded &) const = default;
};

struct SurvivorsLeft {
    int count = 0;
    bool operator==(const SurvivorsLeft &) const = default;
};

struct LaunchFailed {
    QString step; ///< folder, log, signals, pipe, fork, cwd, stdin, box or exec
    int systemErrno = 0;
    bool operator==(const LaunchFailed &) const = default;
};

/// Nothing is left of the command, and the runner takes another.
struct RunnerReady {
    bool operator==(const RunnerReady &) const = default;
};

using RunnerEvent = std::variant<RunnerStarted, ShellEnded, SurvivorNamed, TreeSwept, CommandEnded,
    SurvivorsLeft, LaunchFailed, RunnerReady>;

/// CommandEnded or LaunchFailed.
bool isEnd(const RunnerEvent &event);
/// Nothing when the line is not one of them: a newer runner may say more. Without token and seal.
std::optional<RunnerEvent> parseRunnerLine(QByteArrayView line);

/// A task folder's `status`.
struct StatusFile {
    /// CommandEnded or LaunchFailed, then what stops did: SurvivorNamed and TreeSwept. Empty before the end,
    /// and when the file is damaged.
    QVector<RunnerEvent> events;
    QDateTime writtenAt;

    bool hasEnd() const { return !events.isEmpty(); }
    std::optional<RunnerEvent> end() const { return hasEnd() ? std::optional(events.first()) : std::nullopt; }
};
// Any thread; these block for one small file.

/// As far as its lines are sealed with this key; the first that is not, and all behind it, count for nothing.
StatusFile readStatusFile(const QString &path, const Runner::SealKey &key);
/// Whoever has written it: nothing to tell anybody.
StatusFile readAnyStatusFile(const QString &path);

} // namespace Meanwhile::Tasks
