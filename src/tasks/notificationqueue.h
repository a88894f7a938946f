// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"

#include <QHash>
#include <QSet>
#include <QStringList>
#include <QVector>

#include <chrono>

namespace Meanwhile::Tasks {

/// What the model will be told of one task's end: a line of head and the digest, already escaped.
struct Notification {
    QString taskId;
    QString text;
    WakePolicy wake = WakePolicy::Wake;
    bool failed = false;

    bool operator==(const Notification &) const = default;
};

/// Where the news of one task's end has got to.
struct Delivery {
    enum class State {
        None,      ///< nothing to tell yet
        Queued,    ///< waits for the next request
        InRequest, ///< is in a message of request `request`, which was not accepted yet
        Accepted,  ///< the provider accepted request `request`
    };
    State state = State::None;
    qint64 request = 0;
    QDateTime acceptedAt;
    bool operator==(const Delivery &) const = default;
};

/// The outbox of the tasks' ends: every task's end reaches the model exactly once.
///
/// A value, part of the agent's state: no clock, no thread, no I/O. One row a task; a second enqueue of the
/// same task is ignored. take() moves rows into a message of the conversation, accept() tells that a request
/// carrying that message went through. A request that fails changes nothing: its message goes again.
class NotificationQueue {
public:
    /// False when this task's end is known already.
    bool enqueue(Notification notification, std::chrono::milliseconds now);
    /// Everything queued, oldest first; these rows are now in request `number`.
    QVector<Notification> take(qint64 number);
    /// The model gets this task's end by a tool's answer, in the next request. A row that is queued leaves
    /// the queue.
    void deliverByAnswer(const QString &taskId, qint64 number);
    /// What is known of a result from an earlier run of the program.
    void recall(const QString &taskId, const Delivery &delivery);
    /// The provider accepted request `number`; every row in it or in an earlier one has been told.
    void accept(qint64 number, const QDateTime &at);

    bool isEmpty() const { return m_queued.isEmpty(); }
    qsizetype size() const { return m_queued.size(); }
    const QVector<Notification> &queued() const { return m_queued; }
    Delivery delivery(const QString &taskId) const { return m_deliveries.value(taskId); }
    /// The tasks whose news is under way: queued, or in a request that was not accepted yet.
    const QSet<QString> &underWay() const { return m_underWay; }
    /// When the oldest and the newest of the queued rows came, for the wake-up of an idle agent.
    std::chrono::milliseconds oldest() const { return m_oldest; }
    std::chrono::milliseconds newest() const { return m_newest; }

    bool operator==(const NotificationQueue &) const = default;

private:
    QVector<Notification> m_queued;
    QHash<QString, Delivery> m_deliveries;
    QSet<QString> m_underWay;
    std::chrono::milliseconds m_oldest{0};
    std::chrono::milliseconds m_newest{0};
};

/// The whole <background-results> element for these notifications (behaviour: one element for all).
QString renderNotifications(const QVector<Notification> &notifications);
/// The head line, digest and pointer to the full output for an ended task; escaped so that nothing a command
/// printed can close the element or look like another entry.
Notification notificationFor(const Task &task);

} // namespace Meanwhile::Tasks
