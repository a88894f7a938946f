// SPDX-License-Identifier: MIT
#include "base/whenfinished.h"
#include "tasks/taskmanagerprivate.h"
#include "tasks/taskoutput.h"

#include <QtConcurrentRun>
#include <QThreadPool>

#include <limits>
#include <utility>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

void TaskManager::adopt(const QVector<Task> &stored, const QSet<QString> &untold)
{
    QVector<RecoveredTask> open;
    QSet<QString> known;
    for (Task task : stored) {
        if (d->find(task.id) || !isTaskId(task.id))
            continue;
        known.insert(task.id);
        task.spec.foreground = false;
        const bool hasEnded = task.hasEnded() && !untold.contains(task.id);
        // Of a lost one nothing was known, so that its row has nothing to bear out.
        const bool isEndStored = task.hasEnded() && !hasEnded && task.state != TaskState::Lost;
        const QDateTime lostAt = task.state == TaskState::Lost ? task.endedAt : QDateTime();
        if (task.hasEnded() && !hasEnded)
            task = withoutEnd(task);
        if (!hasEnded || task.logPath.isEmpty()) // a row may name the folder of another task
            task.logPath = d->logPath(task.id);
        if (!hasEnded || task.survivors > 0) {
            open.append({task, true});
            open.last().isEndStored = isEndStored;
            open.last().storedEnd = lostAt;
        }
        TaskEntry &entry = d->insert(task);
        entry.isConcluded = hasEnded;
        if (!hasEnded)
            entry.task.state = TaskState::Starting;
        d->noteLife(entry);
    }
    d->search = std::make_unique<RecoveredTaskSearch>(d->settings.tasksFolder, d->settings.secret);
    connect(d->search.get(), &RecoveredTaskSearch::found, this,
        [this](const RecoveredTask &former) { d->takeOver(former); });
    connect(d->search.get(), &RecoveredTaskSearch::finished, this, [this] {
        d->isSearching = false;
        emit searched();
    });
    d->isSearching = true;
    d->search->begin(open, known);
}

bool TaskManager::isSearching() const
{
    return d->isSearching;
}

void TaskManager::Private::takeOver(const RecoveredTask &former)
{
    TaskEntry *entry = find(former.task.id);
    if (entry && (entry->remains || entry->isSwept))
        return; // it was stopped without waiting for this
    if (!former.isStored) {
        if (entry)
            return; // started since
        if (former.verdict == RecoveredTask::Verdict::Foreign)
            return;
        if (former.verdict == RecoveredTask::Verdict::Empty) {
            QThreadPool::globalInstance()->start(
                [folder = former.folder()] { removeEmptyTaskFolder(folder); });
            return;
        }
        entry = &insert(former.task);
        entry->task.state = TaskState::Starting;
        noteLife(*entry);
        const Task snapshot = entry->task;
        emit q->added(snapshot);
    }
    if (!entry)
        return; // forgotten since
    entry->task.supervisor = former.task.supervisor;
    entry->isSupervisorProven = former.isSealed;
    if (!entry->task.hasEnded()) { // nobody has changed anything else of it since
        const WakePolicy wake = entry->task.spec.wake;
        entry->task.spec = former.task.spec;
        entry->task.spec.wake = wake;
    }
    entry->task.createdAt = former.task.createdAt;
    entry->task.startedAt = former.task.startedAt;
    if (former.isSupervised)
        watchSupervisor(*entry);
    if (former.isSupervised && !entry->stops.empty()) {
        entry->watch->requestStop(*entry->stopRequest);
        poll.start();
    }
    if (entry->task.hasEnded()) {
        entry->statusEventsSeen = former.status.events.size();
        if (!former.isSupervised)
            onSupervisorGone(*entry);
    } else if (former.verdict == RecoveredTask::Verdict::Running) {
        goOn(*entry);
    } else if (former.verdict == RecoveredTask::Verdict::Lost && former.task.supervisor.bootId == bootId) {
        entry->former = former;
        lookAfterOrphans(*entry);
    } else {
        entry->statusEventsSeen = former.status.events.size();
        const std::optional<RunnerEvent> end = former.status.end();
        const auto *ended = end ? std::get_if<CommandEnded>(&*end) : nullptr;
        if (ended && ended->survivors > 0 && !former.isSupervised)
            lookAfterOrphans(*entry);
        concludeFormer(*entry, former);
    }
}

void TaskManager::Private::watchSupervisor(TaskEntry &entry)
{
    entry.watch = std::make_unique<SupervisorWatch>(entry.task.supervisor);
    connect(entry.watch.get(), &SupervisorWatch::gone, q, [this, &entry] {
        entry.watch->setParent(q);
        entry.watch.release()->deleteLater();
        onSupervisorGone(entry);
    });
}

void TaskManager::Private::goOn(TaskEntry &entry)
{
    Task &task = entry.task;
    task.state = TaskState::Running;
    if (task.startedMonotonic.count() == 0) // else it was measured in this boot, by the same clock
        task.startedMonotonic =
            clock.now() - std::chrono::milliseconds(task.startedAt.msecsTo(clock.wallTime()));
    entry.holdsPlace = true;
    ++running;
    poll.start();
    lookAtPortsSoon();
    tellChange(entry);
}

// Here its lines are what those of the pipe are for a task of our own; the first is the end.
void TaskManager::Private::readStatus(TaskEntry &entry, const StatusFile &status)
{
    while (entry.statusEventsSeen < status.events.size()) {
        const qsizetype i = entry.statusEventsSeen++;
        if (i > 0)
            onEvent(entry, status.events.at(i));
        else
            concludeFormer(entry, {entry.task, true, RecoveredTask::Verdict::Ended, true, status, {}, {}});
    }
}

void TaskManager::Private::onSupervisorGone(TaskEntry &entry)
{
    if (entry.remains)
        return; // that tells what became of it
    readStatus(entry, statusOf(entry));
    if (entry.isConcluded && entry.task.survivors == 0)
        return onNothingLeft(entry);
    if (!entry.isConcluded) {
        entry.former = inspect({entry.task, true}, Pass::Final, settings.secret);
        entry.former->lastSign = clock.wallTime();
        entry.isSupervisorProven = entry.isSupervisorProven || entry.former->isSealed;
    }
    lookAfterOrphans(entry);
}

// Many may have ended meanwhile, so that all their outputs are read elsewhere.
void TaskManager::Private::concludeFormer(TaskEntry &entry, const RecoveredTask &former)
{
    entry.isConcluded = true;
    Task result = concludedFormer(former, entry.stopRequest);
    entry.applySweep(result);
    whenFinished(
        QtConcurrent::run(finalOutputOf, result.logPath, std::numeric_limits<qint64>::max(), keyOf(entry)), q,
        [this, &entry, result, isDiskToBlame = hasDiskFailed(former.status.end())](
            const FinalOutput &output) mutable {
            output.applyTo(result, isDiskToBlame);
            addChanges(entry, result);
        });
}

} // namespace Meanwhile::Tasks
