// SPDX-License-Identifier: MIT
#pragma once

#include "support/loopbackserver.h"

#include <QJsonObject>
#include <QVector>

namespace Meanwhile::Bench {

/// A tool call in an answer; its id is made up.
struct Call {
    QByteArray tool;
    QJsonObject arguments;
};

/// What the scripted model says: calls, or the words that end the turn.
struct Step {
    QByteArray text;
    QVector<Call> calls;
    int events = 0; ///< this many streamed text events instead
};

using Script = QVector<Step>;

/// Step `index` as an answer; after the last step a plain "Done." ends the turn.
Testing::ScriptedAnswer answerFor(const Script &script, qsizetype index);

/// Prints "MARK@<seconds since 1970>" as a command's last act; EPOCHREALTIME costs no process.
QString markedCommand(const QString &command);
/// The moment that a marked command printed, in microseconds since 1970; 0 where `body` carries none.
qint64 markIn(const QByteArray &body);

} // namespace Meanwhile::Bench
