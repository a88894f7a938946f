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

QVector<FormerTask> lookAtAll(QVector<FormerTask> formers, Look look, const SealSecret &secret)
{
    for (FormerTask &former : formers)
        former = lookAt(former, look, secret);
    return formers;
}

} // namespace

FormerTaskSearch::FormerTaskSearch(QString tasksFolder, SealSecret secret, QObject *parent)
    : QObject(parent)
    , m_tasksFolder(std::move(tasksFolder))
    , m_secret(std::move(secret))
{
}

void FormerTaskSearch::begin(const QVector<FormerTask> &stored, const QSet<QString> &known)
{
    m_known = known;
    look(stored, Look::First);
}

void FormerTaskSearch::look(const QVector<FormerTask> &formers, Look look)
{
    const auto lookAround = [formers, known = m_known, folder = m_tasksFolder, secret = m_secret, look] {
        return lookAtAll(formers + unknownFormerTasks(folder, known), look, secret);
    };
    whenFinished(QtConcurrent::run(lookAround), this,
        [this, look](const QVector<FormerTask> &looked) { onLooked(looked, look); });
}

void FormerTaskSearch::onLooked(const QVector<FormerTask> &looked, Look look)
{
    QVector<FormerTask> unclear;
    QVector<FormerTask> clear;
    for (const FormerTask &former : looked) {
        m_known.insert(former.task.id);
        (former.fate == FormerTask::Fate::Unclear ? unclear : clear).append(former);
    }
    std::reverse(clear.begin(), clear.end());
    m_hasLooked = look == Look::Last;
    const bool isIdle = m_found.isEmpty();
    m_found = clear + m_found;
    if (isIdle)
        handOut();
    if (look == Look::First) {
        QTimer::singleShot(kUntilLastLook, this, [this, unclear] { this->look(unclear, Look::Last); });
    }
}

void FormerTaskSearch::handOut()
{
    for (int i = 0; i < kFoundInOneTurn && !m_found.isEmpty(); ++i)
        emit found(m_found.takeLast());
    if (!m_found.isEmpty())
        QTimer::singleShot(0, this, &FormerTaskSearch::handOut);
    else if (m_hasLooked)
        emit finished();
}

} // namespace Meanwhile::Tasks
