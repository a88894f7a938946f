// SPDX-License-Identifier: MIT
#include "tasks/formertasksearch.h"

#include "base/whenfinished.h"

#include <QtConcurrentRun>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace Meanwhile::Tasks {

namespace {

/// From the call for a command until its supervisor has made the folder and its log takes far less.
constexpr std::chrono::milliseconds kUntilLastLook{500};
constexpr int kFoundInOneTurn = 8;

QVector<FormerTask> lookAtAll(QVector<FormerTask> formers, Look look)
{
    for (FormerTask &former : formers)
        former = lookAt(former, look);
    return formers;
}

} // namespace

FormerTaskSearch::FormerTaskSearch(QString tasksFolder, QObject *parent)
    : QObject(parent)
    , m_tasksFolder(std::move(tasksFolder))
{
}

void FormerTaskSearch::begin(const QVector<FormerTask> &stored, const QSet<QString> &known)
{
    const auto look = [stored, known, folder = m_tasksFolder] {
        return lookAtAll(stored + unknownFormerTasks(folder, known), Look::First);
    };
    whenFinished(
        QtConcurrent::run(look), this, [this](const QVector<FormerTask> &looked) { onLooked(looked); });
}

void FormerTaskSearch::onLooked(const QVector<FormerTask> &looked)
{
    QVector<FormerTask> unclear;
    QVector<FormerTask> clear;
    for (const FormerTask &former : looked)
        (former.fate == FormerTask::Fate::Unclear ? unclear : clear).append(former);
    std::reverse(clear.begin(), clear.end());
    const bool isIdle = m_found.isEmpty();
    m_found = clear + m_found;
    if (isIdle)
        handOut();
    if (unclear.isEmpty())
        return;
    QTimer::singleShot(kUntilLastLook, this, [this, unclear] {
        whenFinished(QtConcurrent::run(lookAtAll, unclear, Look::Last), this,
            [this](const QVector<FormerTask> &again) { onLooked(again); });
    });
}

void FormerTaskSearch::handOut()
{
    for (int i = 0; i < kFoundInOneTurn && !m_found.isEmpty(); ++i)
        emit found(m_found.takeLast());
    if (!m_found.isEmpty())
        QTimer::singleShot(0, this, &FormerTaskSearch::handOut);
}

} // namespace Meanwhile::Tasks
