// SPDX-License-Identifier: MIT
#pragma once

#include "bench/script.h"

#include <QProcess>
#include <QTemporaryDir>

#include <functional>

namespace Meanwhile::Bench {

/// Where the programs are, and a home and a project of their own for all runs.
struct Places {
    QString programs;
    QString floors;
    QTemporaryDir scratch;
    QString display; ///< of the virtual screen; empty without one

    QString meanwhile() const { return programs + QStringLiteral("/meanwhile"); }
};

/// One request as the server saw it. Times in microseconds since the program was started.
struct Exchange {
    qint64 begun = 0;       ///< its head was in
    qint64 arrived = 0;     ///< all of it was in
    qint64 answered = 0;    ///< the last byte of the answer was written
    qint64 wallArrived = 0; ///< since 1970
    QByteArray body;
};

/// What one run of a program came to.
struct Outcome {
    QVector<Exchange> exchanges;
    qint64 ended = 0;
    QString failure;   ///< empty when the program ended by itself with 0
    QByteArray output; ///< what it wrote from the first request on, when `log` was asked for

    /// Milliseconds from the end of answer `index` to the head of the request after it.
    double gapAfter(qsizetype index) const;
    /// Milliseconds that the body of request `index` was on its way.
    double uploadOf(qsizetype index) const;
};

/// Starts `program` and plays `script` for it, until it ends or `untilAnswers` answers were given.
/// `onRequest` is called when a request has arrived, before it is answered.
struct Run {
    QString program;
    /// %1 is the server's address, %2 its port.
    QStringList arguments;
    Script script;
    int untilAnswers = 0;
    std::function<void(qsizetype index, qint64 pid)> onRequest;
    /// Called when `untilAnswers` were given, while the program still runs.
    std::function<void()> beforeEnd;
    QString log;     ///< MEANWHILE_LOG
    QString preload; ///< a library that the program is started with
    int limitSeconds = 90;

    Outcome play(const Places &places) const;
};

/// meanwhile -p against the scripted server.
Run printRun(const Places &places, const Script &script);

} // namespace Meanwhile::Bench
