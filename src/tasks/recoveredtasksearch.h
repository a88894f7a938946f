// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/recoveredtask.h"

#include <QObject>
#include <QVector>

#include <chrono>

namespace Meanwhile::Tasks {

/// Looks for what an earlier run of the program left behind.
///
/// What is unclear at the first look, since a supervisor may just be starting, is looked at once more a
/// moment later, and with it the folders that were made only since. found() once for each, never inside
/// begin(), a few in each turn of the event loop. Thread: GUI thread; the looking is done on QtConcurrent.
class RecoveredTaskSearch : public QObject {
    Q_OBJECT

public:
    RecoveredTaskSearch(QString tasksFolder, SealSecret secret, QObject *parent = nullptr);

    /// Looks at these, and at every folder in the tasks' folder that is none of `known`. Once.
    void begin(const QVector<RecoveredTask> &stored, const QSet<QString> &known);

signals:
    void found(const Meanwhile::Tasks::RecoveredTask &recovered);
    /// Behind the last found() of the first look.
    void listed();
    /// Behind the last found().
    void finished();

private:
    void inspectAll(const QVector<RecoveredTask> &tasks, Pass pass);
    void onInspected(const QVector<RecoveredTask> &inspected, Pass pass);
    void handOut();

    const QString m_tasksFolder;
    const SealSecret m_secret;
    QSet<QString> m_known; ///< not to be looked for
    bool m_isListed = false;
    bool m_hasInspectedAll = false;
    QVector<RecoveredTask> m_found; ///< and not handed out yet, last first
};

} // namespace Meanwhile::Tasks
