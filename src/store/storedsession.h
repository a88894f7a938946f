// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/history.h"
#include "store/sessionmark.h"
#include "tasks/newsqueue.h"

#include <QSet>

#include <optional>

namespace Meanwhile::Store {

/// A row of the outbox: a piece of news, and how far it has got. Its words are never told: other programs can
/// write them.
struct StoredNews {
    Tasks::News news;
    Tasks::Delivery delivery;

    bool operator==(const StoredNews &) const = default;
};

/// A call that was started and whose result is in no message yet.
struct StoredCall {
    QString id;
    QString taskId; ///< it runs as this task, as older runs have stored it
    std::optional<Conversation::ToolResultBlock> result; ///< it had ended

    bool operator==(const StoredCall &) const = default;
};

/// What the person has said while the agent worked, and no message carries yet.
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
    QVector<Tasks::Task> tasks; ///< oldest first, as they were last heard of
    QVector<StoredNews> news;
    QVector<StoredCall> calls;
    QVector<QueuedWords> queued; ///< oldest first
    qint64 nextPosition = 0;     ///< of a message that is added
    int damagedMessages = 0;     ///< could not be read and are left out
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
    int unfinishedTasks = 0;              ///< as they were last heard of
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
