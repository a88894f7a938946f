// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/history.h"
#include "store/sessionmark.h"
#include "tasks/newsqueue.h"

#include <QSet>

#include <optional>

namespace Meanwhile::Store {

/// A row of the outbox: a piece of news, and how far it has been delivered. Its text is never sent to the
/// model, since other programs can write to the file.
struct StoredNews {
    Tasks::News news;
    Tasks::Delivery delivery;

    bool operator==(const StoredNews &) const = default;
};

/// A call that was started and whose result is in no message yet.
struct StoredCall {
    QString id;
    QString taskId; ///< the task it runs as; stored by older versions only
    std::optional<Conversation::ToolResultBlock> result; ///< it had ended

    bool operator==(const StoredCall &) const = default;
};

/// A message that the person wrote while the agent worked, and that was not sent yet.
struct QueuedWords {
    QString id;
    QString text;
    QVector<Conversation::ImageBlock> images;

    bool operator==(const QueuedWords &) const = default;
};

/// Everything that is kept of one conversation.
struct StoredSession {
    QString id;
    QString project;
    QString title;
    QDateTime createdAt;
    Conversation::History history;
    QVector<Tasks::Task> tasks; ///< oldest first, as last stored
    QVector<StoredNews> news;
    QVector<StoredCall> calls;
    QVector<QueuedWords> queued; ///< oldest first
    qint64 nextPosition = 0;     ///< for the next message that is added
    int damagedMessages = 0;     ///< left out, since they could not be read
    SessionMark mark = SessionMark::None;
};

/// What a list of conversations shows of one.
struct SessionSummary {
    QString id;
    QString project;
    QString title;
    QDateTime createdAt;
    QDateTime updatedAt;
    bool isArchived = false;
    int unfinishedTasks = 0;              ///< as last stored
    int waitingResults = 0;               ///< ends that no message carries
    SessionMark mark = SessionMark::None; ///< None where another program has it open

    bool operator==(const SessionSummary &) const = default;
};

/// What is known of tasks' folders, in all conversations, the deleted ones too.
struct TaskRecords {
    QSet<QString> sessions;
    QSet<QString> untoldTasks; ///< whose end is not stored, or waits in the outbox
};

/// A conversation that a search has found.
struct SessionHit {
    QString sessionId;
    QString messageId; ///< empty: the title
    QString excerpt;

    bool operator==(const SessionHit &) const = default;
};

} // namespace Meanwhile::Store
