// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <variant>

namespace Meanwhile::Ui {

// What a person asks for at a row of the conversation or in the task panel. A value, done by the presenter of
// the session that is shown.

/// Tries again at once what failed or waits for a retry.
struct Retry {
    bool operator==(const Retry &) const = default;
};

struct OpenSettings {
    bool operator==(const OpenSettings &) const = default;
};

struct ShowTask {
    QString taskId;

    bool operator==(const ShowTask &) const = default;
};

struct StopTask {
    QString taskId;

    bool operator==(const StopTask &) const = default;
};

/// The agent waits for it no longer.
struct ContinueInBackground {
    QString taskId;

    bool operator==(const ContinueInBackground &) const = default;
};

/// As a new task.
struct RunAgain {
    QString taskId;
    QString command;

    bool operator==(const RunAgain &) const = default;
};

/// A message that is queued is not sent.
struct Withdraw {
    QString queueId;

    bool operator==(const Withdraw &) const = default;
};

/// It goes back into the composer, before what is written there.
struct EditQueued {
    QString queueId;

    bool operator==(const EditQueued &) const = default;
};

/// A new session with all up to and including this row, a message or a call.
struct Fork {
    QString rowId;

    bool operator==(const Fork &) const = default;
};

/// The project's files as they were before this message.
struct RestoreFiles {
    QString messageId;

    bool operator==(const RestoreFiles &) const = default;
};

struct UndoRestore {
    QString checkpointId;

    bool operator==(const UndoRestore &) const = default;
};

using SessionCommand = std::variant<Retry, OpenSettings, ShowTask, StopTask, ContinueInBackground, RunAgain,
    Withdraw, EditQueued, Fork, RestoreFiles, UndoRestore>;

} // namespace Meanwhile::Ui
