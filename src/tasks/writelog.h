// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHash>
#include <QMutex>
#include <QString>
#include <QStringList>

namespace Meanwhile::Tasks {

/// Which files of one project this program itself wrote, in order: whatever runs meanwhile is told of them
/// without a look at the disk.
///
/// Paths are text as pathToText writes it, so a name of any bytes is told as it is.
///
/// Thread: any. Bounded by the number of different files.
class WriteLog {
public:
    explicit WriteLog(const QString &projectFolder);

    /// `path`: absolute; one outside the project is passed over.
    void note(const QString &path);
    /// `path`: relative to the project.
    void noteInside(const QString &path);

    /// What is noted from now on counts as later.
    qint64 position() const;
    /// The files noted since, each once, relative to the project, in order of their names.
    QStringList since(qint64 position) const;

private:
    const QByteArray m_folder; ///< canonical, with a slash after it
    mutable QMutex m_mutex;
    QHash<QString, qint64> m_last; ///< guarded by m_mutex: by file, when it was noted last
    qint64 m_next = 0;             ///< guarded by m_mutex
};

} // namespace Meanwhile::Tasks
