// SPDX-License-Identifier: MIT
#pragma once

#include "tools/tool.h"

#include <QObject>
#include <QPromise>
#include <QScopedPointer>
#include <QTimer>

#include <memory>

namespace Meanwhile::Tools {

/// A timer whose own signal may end it.
using LaterTimer = std::unique_ptr<QTimer, QScopedPointerDeleteLater>;

/// A call whose answer comes later, by an event or a timer. Answered at most once; dropped without an answer
/// when destroyed.
///
/// Thread: GUI thread, where answer() finishes the future at once, within the same turn of the event loop.
struct WaitingCall {
    WaitingCall()
    {
        promise.start();
        timeLimit->setSingleShot(true);
    }
    WaitingCall(const WaitingCall &) = delete;
    WaitingCall &operator=(const WaitingCall &) = delete;

    QPromise<ToolOutcome> promise;
    LaterTimer timeLimit{new QTimer}; ///< not started: no limit

    void answer(const ToolOutcome &outcome)
    {
        promise.addResult(outcome);
        promise.finish();
    }
};

inline QFuture<ToolOutcome> answered(const ToolOutcome &outcome)
{
    return QtFuture::makeReadyFuture(outcome);
}

inline QFuture<Intent> answered(const Intent &intent)
{
    return QtFuture::makeReadyFuture(intent);
}

} // namespace Meanwhile::Tools
