// SPDX-License-Identifier: MIT
#include "tasks/recoveredtasksearch.h"

#include "base/whenfinished.h"

#include <QtConcurrentRun>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace Meanwhile::Tasks {

namespace {

/// From the call for a command until its supervisor has made the folder and its log takes far less.
constexpr std::chrono::milliseconds kUntilFinalPass{500};
constexpr int kFoundInOneTurn = 8;

QVector<RecoveredTask> inspected(QVector<RecoveredTask> tasks, Pass pass, const SealSecret &secret)
{
    for (RecoveredTask &recovered : tasks)
        recovered = inspect(recovered, pass, secret);
    return tasks;
}

} // namespace

RecoveredTaskSearch::RecoveredTaskSearch(QString tasksFolder, SealSecret secret, QObject *parent)
    : QObject(parent)
    , m_tasksFolder(std::move(tasksFolder))
    , m_secret(std::move(secret))
{
}

void RecoveredTaskSearch::begin(const QVector<RecoveredTask> &stored, const QSet<QString> &known)
{
    m_known = known;
    inspectAll(stored, Pass::First);
}

void RecoveredTaskSearch::inspectAll(const QVector<RecoveredTask> &tasks, Pass pass)
{
    const auto inspectThem = [tasks, known = m_known, folder = m_tasksFolder, secret = m_secret, pass] {
        return inspected(tasks + unlistedTasks(folder, known), pass, secret);
    };
    whenFinished(QtConcurrent::run(inspectThem), this,
        [this, pass](const QVector<RecoveredTask> &inspected) { onInspected(inspected, pass); });
}

void RecoveredTaskSearch::onInspected(const QVector<RecoveredTask> &inspected, Pass pass)
{
    QVector<RecoveredTask> unclear;
    QVector<RecoveredTask> clear;
    for (const RecoveredTask &recovered : inspected) {
        m_known.insert(recovered.task.id);
        (recovered.verdict == RecoveredTask::Verdict::Unclear ? unclear : clear).append(recovered);
    }
    std::reverse(clear.begin(), clear.end());
    m_hasInspectedAll = pass == Pass::Final;
    const bool isIdle = m_found.isEmpty();
    m_found = clear + m_found;
    if (isIdle)
        handOut();
    if (pass == Pass::First) {
        QTimer::singleShot(kUntilFinalPass, this, [this, unclear] { inspectAll(unclear, Pass::Final); });
    }
}

void RecoveredTaskSearch::handOut()
{
    for (int i = 0; i < kFoundInOneTurn && !m_found.isEmpty(); ++i)
        emit found(m_found.takeLast());
    if (!m_found.isEmpty()) {
        QTimer::singleShot(0, this, &RecoveredTaskSearch::handOut);
        return;
    }
    if (!std::exchange(m_isListed, true))
        emit listed();
    if (m_hasInspectedAll)
        emit finished();
}

} // namespace Meanwhile::Tasks
