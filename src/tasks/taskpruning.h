// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QSet>
#include <QString>
#include <QVector>

#include <atomic>
#include <chrono>

namespace Meanwhile::Tasks {

struct PrunedFolder {
    QString path;
    qint64 bytes = 0;
    bool operator==(const PrunedFolder &) const = default;
};

/// Removes folders of ended tasks from `root`, which has a folder a session with the tasks' folders in it:
/// those nothing was written to for longer than maxAge, then the oldest ones until all of them together have
/// at most maxTotalBytes. Never one with a command or anything left of it, and none of keepIds: those whose
/// end is not stored yet. The sessions' folders stay. Any worker thread; blocks, until `stop` at most.
QVector<PrunedFolder> prune(const QString &root, std::chrono::seconds maxAge, qint64 maxTotalBytes,
    const QSet<QString> &keepIds, const QDateTime &now = QDateTime::currentDateTimeUtc(),
    const std::atomic_bool *stop = nullptr);

/// Removes a session's folder with its tasks' folders, but none with a command or anything left of it.
/// Whether all of it is gone. Any worker thread; blocks.
bool removeSessionFolder(const QString &folder, const QDateTime &now = QDateTime::currentDateTimeUtc());

} // namespace Meanwhile::Tasks
