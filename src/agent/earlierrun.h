// SPDX-License-Identifier: MIT
#pragma once

#include "store/storedsession.h"

#include <QSet>
#include <QStringList>

namespace Meanwhile::Agent {

/// What an earlier run of the program left behind in a conversation, beside its history.
///
/// The history is the truth about what was told: a result that a message carries is never told again,
/// whatever the outbox says. What else the rows tell as ended is looked up in the tasks' folders, ends anew
/// as these tell, and waits until the person goes on.
struct EarlierRun {
    QSet<QString> untold;                      ///< tasks that their rows tell as ended, and no message
    QVector<NewsId> stale;                     ///< what the outbox holds beside what was told
    QHash<NewsId, Tasks::Delivery> deliveries; ///< what a provider has accepted, and when
    QHash<QString, Store::StoredCall> calls;   ///< of the open ones, those that were started
    QVector<Store::QueuedWords> queued;        ///< what the person said and was not sent
    qint64 messages = 0;                       ///< ever added, also those that cannot be read any more
    qint64 requests = 0;                       ///< that were sent at least
    QString taskViewer;                        ///< the tool that shows a task; empty: none

    /// The result that an open call gets.
    Conversation::ToolResultBlock resultOf(const Conversation::ToolCallBlock &call) const;
};

/// Why a conversation waits for the person with something to go on with: it was taken up again, it was
/// stopped with words queued, or the wakes of the hour are used up. Empty: nothing waits.
struct PendingWork {
    int results = 0;           ///< ends of tasks that no message carries, also while they are looked up
    bool isUnanswered = false; ///< the last words, results or calls
    bool isOverBudget = false; ///< the agent was woken as often as it may be in an hour
    int unsent = 0;            ///< messages of the person's that no request carries
    int endedHere = 0;         ///< of the results, those that came while the conversation was open

    bool isEmpty() const { return results == 0 && !isUnanswered && unsent == 0; }
    bool operator==(const PendingWork &) const = default;
};

EarlierRun earlierRunOf(const Store::StoredSession &session, const QString &taskViewer = {});

} // namespace Meanwhile::Agent
