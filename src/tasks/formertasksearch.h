// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/formertask.h"

#include <QObject>
#include <QVector>

#include <chrono>

namespace Meanwhile::Tasks {

/// Looks for what an earlier run of the program left behind.
///
/// What is unclear at the first look, since a supervisor may just be starting, is looked at once more a
/// moment later, and with it the folders that were made only since. found() once for each, never inside
/// begin(), a few in each turn of the event loop. Thread: GUI thread; the looking is done on QtConcurrent.
class FormerTaskSearch : public QObject {
    Q_OBJECT

public:
    FormerTaskSearch(QString tasksFolder, SealSecret secret, QObject *parent = nullptr);

    /// Looks at these, and at every folder in the tasks' folder that is none of `known`. Once.
    void begin(const QVector<FormerTask> &stored, const QSet<QString> &known);

signals:
    void found(const Meanwhile::Tasks::FormerTask &former);
    /// Behind the last found().
    void finished();

private:
    void look(const QVector<FormerTask> &formers, Look look);
    void onLooked(const QVector<FormerTask> &looked, Look look);
    void handOut();

    const QString m_tasksFolder;
    const SealSecret m_secret;
    QSet<QString> m_known; ///< not to be looked for
    bool m_hasLooked = false;
    QVector<FormerTask> m_found; ///< and not handed out yet, last first
};

} // namespace Meanwhile::Tasks
