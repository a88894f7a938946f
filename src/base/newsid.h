// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <QVector>

namespace Meanwhile {

/// Names one piece of news about a task: something that the model is told once. That a task has ended is of
/// the kind "ended", number 0; another kind counts its own.
///
/// A value; the kind is stored and never shown.
struct NewsId {
    QString taskId;
    QString kind = QStringLiteral("ended");
    qint64 number = 0;

    /// The news that this task has ended.
    static NewsId endOf(const QString &taskId) { return {taskId}; }
    bool isEnd() const { return *this == endOf(taskId); }

    bool operator==(const NewsId &) const = default;
};

inline size_t qHash(const NewsId &id, size_t seed = 0)
{
    return qHashMulti(seed, id.taskId, id.kind, id.number);
}

/// The tasks that these tell of, each once, in their order.
inline QStringList tasksOf(const QVector<NewsId> &news)
{
    QStringList tasks;
    for (const NewsId &id : news)
        tasks += id.taskId;
    tasks.removeDuplicates();
    return tasks;
}

/// The ends of these tasks.
inline QVector<NewsId> endsOf(const QStringList &tasks)
{
    QVector<NewsId> ends;
    for (const QString &taskId : tasks)
        ends += NewsId::endOf(taskId);
    return ends;
}

} // namespace Meanwhile
