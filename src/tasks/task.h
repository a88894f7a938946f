// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/changedfiles.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace Meanwhile::Tasks {

/// queued -> starting -> running -> one of the six ends. A row says Running only while a live process is
/// behind it.
enum class TaskState { Queued, Starting, Running, Exited, Signaled, TimedOut, Stopped, FailedToStart, Lost };

/// Unknown: by a signal that this program did not send. The numbers are also what the runner is told, and
/// tells.
enum class StoppedBy { Unknown, Person, Model, Quit };

/// When an idle agent is told of the task's end by itself.
enum class WakePolicy { Wake, NextTurn, OnFailure, Never };

/// A process of one boot; a pid alone may have been reused.
struct ProcessIdentity {
    QString bootId;
    qint64 pid = 0;
    quint64 startTicks = 0; ///< field 22 of /proc/PID/stat, proc(5)

    bool operator==(const ProcessIdentity &) const = default;
};

/// What held a command, see Confinement.
enum class Boxed { No, Reduced, Full };

struct TaskSpec {
    QString command;
    QString description;
    QString workingDirectory;
    /// Zero: no limit. The supervisor keeps it, also when this program is gone.
    std::chrono::milliseconds timeLimit{0};
    /// Somebody waits for the end (the bash tool); cleared by sendToBackground().
    bool foreground = false;
    WakePolicy wake = WakePolicy::Wake;
    /// The tool call that started it; empty: the person did, or it was found and nobody knows.
    QString callId = {};
    /// It runs outside the box, with all that the person may do.
    bool outside = false;

    bool operator==(const TaskSpec &) const = default;
};

/// One command, from the request to run it until long after its end. A plain snapshot.
struct Task {
    QString id; ///< eight hexadecimal digits
    TaskSpec spec;
    TaskState state = TaskState::Queued;
    int exitCode = 0;                         ///< with Exited
    int signal = 0;                           ///< with Signaled
    StoppedBy stoppedBy = StoppedBy::Unknown; ///< with Stopped
    /// Why it did not start or its end is not known, and what else went wrong beside the command, e.g. that
    /// its supervisor is gone while it still runs.
    QString failure;
    std::optional<int> shellExit; ///< the shell has ended, what it started still writes
    int survivors = 0;            ///< processes still alive after the end, e.g. a daemon
    /// TCP ports that it listens on while it runs, ascending: who listens serves, and its end is not waited
    /// for.
    QList<quint16> ports;
    ProcessIdentity supervisor;
    Boxed boxed = Boxed::No; ///< set once it was started

    QDateTime createdAt;
    QDateTime startedAt;
    QDateTime endedAt;
    std::chrono::milliseconds elapsed{0}; ///< as the supervisor measured it, once ended
    std::chrono::milliseconds startedMonotonic{0};

    QString logPath;
    qint64 outputBytes = 0; ///< written by the command, kept or not
    qint64 outputLines = 0;
    qint64 unkeptBytes = 0;    ///< of outputBytes, what cannot be read
    QString digest;            ///< what the model is shown; set once ended
    QString lastLine;          ///< for the table
    ChangedFiles changedFiles; ///< while it ran, as far as it is known; set once ended

    bool hasEnded() const { return state >= TaskState::Exited; }
    /// One more of such words, on a line of its own.
    void addFailure(const QString &words) { failure = failure.isEmpty() ? words : failure + u'\n' + words; }
    bool isSuccess() const { return state == TaskState::Exited && exitCode == 0; }
    bool operator==(const Task &) const = default;
};

/// "running", "exited 1", "signaled 9", "timed out", "stopped by the person", "ended by a signal from
/// outside", …: one wording for model, log and tests.
QString describeState(const Task &task);
/// For the model: "exit 0, but 1 file changed since it started: src/a.cpp."; empty where nothing did.
QString describeChanges(const Task &task);
/// For the model: "4 lines, read with check_background(…)", or how much of it was not kept.
QString describeOutput(const Task &task);
/// For the model: who ended it and whether it may start it again; empty where that needs no word.
QString adviceAfter(const Task &task);
/// The state's fixed name in stream-json: queued, starting, running, exited, signaled, timed_out, stopped,
/// failed_to_start, lost.
QString nameOf(TaskState state);
/// "full", "reduced" or empty: as it is stored and in stream-json.
QString nameOf(Boxed boxed);

} // namespace Meanwhile::Tasks
