// SPDX-License-Identifier: MIT
#pragma once

#include "store/storedsession.h"

#include <QSet>
#include <QStringList>

namespace Meanwhile::Agent {

/// What an earlier run of the program left behind in a conversation, beside its history.
///
/// The history decides what was delivered: news in a message is never delivered again, whatever the outbox
/// says. For other tasks that are stored as ended, the end is read from the task's folder once more and waits
/// until the person resumes the turn.
struct EarlierRun {
    QSet<QString> untold;                      ///< tasks stored as ended whose end is in no message
    QVector<NewsId> stale;                     ///< news in the outbox that no message holds
    QHash<NewsId, Tasks::Delivery> deliveries; ///< what a provider has accepted, and when
    QHash<QString, Store::StoredCall> calls;   ///< open calls that had been started
    QVector<Store::QueuedWords> queued;        ///< messages of the person that were not sent
    qint64 messages = 0;                       ///< ever added, also those that cannot be read any more
    qint64 requests = 0;                       ///< that were sent at least
    QString taskViewer;                        ///< the tool that shows a task; empty: none

    /// The result that an open call gets.
    Conversation::ToolResultBlock resultOf(const Conversation::ToolCallBlock &call) const;
};

/// Work that waits until the person resumes the turn: the session was reopened, it was stopped while messages
/// were queued, or the wakes of the hour are used up. Empty: nothing waits.
struct PendingWork {
    int results = 0; ///< ends of tasks in no message, including those whose folders are still being read
    bool isUnanswered = false; ///< the last words, results or calls
    bool isOverBudget = false; ///< the hourly limit of wake-ups is reached
    int unsent = 0;            ///< messages of the person that are in no request
    int endedHere = 0;         ///< results that came while the conversation was open

    bool isEmpty() const { return results == 0 && !isUnanswered && unsent == 0; }
    bool operator==(const PendingWork &) const = default;
};

EarlierRun earlierRunOf(const Store::StoredSession &session, const QString &taskViewer = {});

} // namespace Meanwhile::Agent
