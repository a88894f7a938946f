// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"

#include <QString>
#include <QVector>

#include <chrono>
#include <optional>
#include <variant>

namespace Meanwhile::Notify {

// What a session notifies the person of, as plain values. Texts in them come from models and commands and
// are as they were found; noticetext.h makes them fit to be shown.

/// An approval that waits for the person.
struct Question {
    enum class Kind { Command, Read, Write, Stop };
    QString callId;
    Kind kind = Kind::Command;
    QString subject; ///< the exact command, or a path
    /// Nothing is special about it: the command says all there is to know.
    bool isOrdinary = true;
    bool leavesBox = false; ///< a command that would run outside the box

    bool operator==(const Question &) const = default;
};

struct TurnEnd {
    enum class How { Done, Failed, StoppedByPerson };
    How how = How::Done;
    int waitingFor = 0; ///< tasks that still run
    std::chrono::milliseconds elapsed{0};

    bool operator==(const TurnEnd &) const = default;
};

/// A task as it ended, or a turn.
using End = std::variant<Tasks::Task, TurnEnd>;

/// Where in its session that is what a notice told of. Without both: at its end.
struct Place {
    QString callId; ///< that asks, or started the task
    QString taskId;

    bool operator==(const Place &) const = default;
};

/// What one session has to say now: approvals, or else what ended.
struct Notice {
    /// What the buttons of an approval are known by. Nobody can guess them, and each question has its own.
    struct Keys {
        QString run;
        QString deny;

        bool operator==(const Keys &) const = default;
    };

    QString sessionId;
    QString project;                  ///< its folder's name
    std::optional<Question> question; ///< the one that waits longest
    int moreQuestions = 0;
    Keys keys;
    QVector<End> ends; ///< oldest first

    bool isEmpty() const { return !question && ends.isEmpty(); }
    bool operator==(const Notice &) const = default;
};

} // namespace Meanwhile::Notify
