// SPDX-License-Identifier: MIT
#pragma once

#include "base/newsid.h"
#include "tasks/task.h"

#include <QHash>
#include <QSet>
#include <QStringList>
#include <QVector>

#include <chrono>

namespace Meanwhile::Tasks {

/// What the model will be told about a task: of its end a line of head and the digest, already escaped.
struct News {
    NewsId id;
    QString text;
    WakePolicy wake = WakePolicy::Wake;
    bool failed = false;

    bool operator==(const News &) const = default;
};

/// How far a piece of news has got.
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

/// The outbox of what happens to tasks: each piece of news reaches the model exactly once.
///
/// A value, part of the agent's state: no clock, no thread, no I/O. One row for each NewsId; a second enqueue
/// of the same one is ignored. take() moves rows into a message of the conversation, accept() tells that a
/// request carrying that message went through. A request that fails changes nothing: its message goes again.
class NewsQueue {
public:
    /// False when this is known already.
    bool enqueue(News news);
    /// Everything queued, oldest first; these rows are now in request `number`.
    QVector<News> take(qint64 number);
    /// The model gets this by a tool's answer, in the next request. A row that is queued leaves the queue.
    void deliverByAnswer(const NewsId &id, qint64 number);
    /// What is known of it from an earlier run of the program.
    void recall(const NewsId &id, const Delivery &delivery);
    /// The provider accepted request `number`; every row in it or in an earlier one has been told.
    void accept(qint64 number, const QDateTime &at);

    bool isEmpty() const { return m_queued.isEmpty(); }
    qsizetype size() const { return m_queued.size(); }
    const QVector<News> &queued() const { return m_queued; }
    Delivery delivery(const NewsId &id) const { return m_deliveries.value(id); }
    /// What was heard last of this task; an end that was never heard of where it was nothing.
    NewsId newestOf(const QString &taskId) const { return m_newest.value(taskId, NewsId::endOf(taskId)); }
    /// Those that there is news of.
    QStringList tasks() const { return m_newest.keys(); }
    /// What is queued, or in a request that was not accepted yet.
    const QSet<NewsId> &underWay() const { return m_underWay; }
    /// Grows with each change.
    qint64 revision() const { return m_revision; }

    bool operator==(const NewsQueue &) const = default;

private:
    QVector<News> m_queued;
    QHash<NewsId, Delivery> m_deliveries;
    QHash<QString, NewsId> m_newest; ///< by task
    QSet<NewsId> m_underWay;
    qint64 m_revision = 0;
};

/// The one <background-results> element for all of these.
QString renderNews(const QVector<News> &news);
/// The head line, digest and pointer to the full output for an ended task; escaped so that nothing a command
/// printed can close the element or look like another entry.
News endNews(const Task &task);

} // namespace Meanwhile::Tasks
