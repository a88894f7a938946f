// SPDX-License-Identifier: MIT
#pragma once

#include "runner/seal.h"
#include "tasks/task.h"
#include "tasks/tasklog.h"

namespace Meanwhile::Tasks {

/// For the table: size and the last line that is not empty, at most kMaxLastLineChars of it.
struct OutputGlance {
    qint64 bytes = 0;
    qint64 lines = 0;
    QString lastLine;
    qint64 unkeptBytes = 0; ///< of `bytes`
};
inline constexpr qsizetype kMaxLastLineChars = 200;
/// Reads a few hundred bytes. Nothing when the log cannot be read, or when it still has `knownBytes`.
std::optional<OutputGlance> glanceAtLog(const QString &logPath, qint64 knownBytes);

/// What is there when a task has ended. Any thread; blocks for what a log may hold. The digest is made only
/// of a file that holds at most `digestUpTo` bytes of output: a small one costs less than handing it to
/// another thread.
struct FinalOutput {
    OutputGlance glance;
    QString digest;
    QString distrust;         ///< why it is not told: not what the supervisor has written, see LogDoubt
    bool needsDigest = false; ///< longer than that: to be read again, elsewhere
    QString problem;          ///< why the log cannot be read

    /// Size, lines and digest, as far as there is any output, and how much of it cannot be read. A disk that
    /// has failed explains a log that is not as it was written.
    void applyTo(Task &task, bool hasDiskFailed) const;
};
FinalOutput finalOutputOf(const QString &logPath, qint64 digestUpTo, const Runner::SealKey &key);
/// What is kept now, to be told as the command's; the error's message says why it cannot be.
Result<TaskLog> trustedCopyOf(const TaskLog &log, const Runner::SealKey &key);

} // namespace Meanwhile::Tasks
