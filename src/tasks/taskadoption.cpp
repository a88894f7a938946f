// SPDX-License-Identifier: MIT
#include "tasks/taskmanagerprivate.h"

#include <QThreadPool>

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
        if (std::exchange(task.spec.foreground, false))
            task.spec.wake = WakePolicy::Wake; // its call was interrupted, and nobody else waits for it
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
        [this](const RecoveredTask &recovered) { d->takeOver(recovered); });
    connect(d->search.get(), &RecoveredTaskSearch::listed, this, [this] {
        d->isListing = false;
        emit listed();
    });
    connect(d->search.get(), &RecoveredTaskSearch::finished, this, [this] {
        d->isSearching = false;
        emit searched();
    });
    d->isSearching = true;
    d->isListing = true;
    d->search->begin(open, known);
}

bool TaskManager::isSearching() const
{
    return d->isSearching;
}

bool TaskManager::isListing() const
{
    return d->isListing;
}

void TaskManager::Private::takeOver(const RecoveredTask &recovered)
{
    TaskEntry *entry = find(recovered.task.id);
    if (entry && (entry->remains || entry->isSwept))
        return; // it was stopped without waiting for this
    if (!recovered.isStored) {
        if (entry)
            return; // started since
        if (recovered.verdict == RecoveredTask::Verdict::Foreign)
            return;
        if (recovered.verdict == RecoveredTask::Verdict::Empty) {
            QThreadPool::globalInstance()->start(
                [folder = recovered.folder()] { removeEmptyTaskFolder(folder); });
            return;
        }
        entry = &insert(recovered.task);
        entry->task.state = TaskState::Starting;
        noteLife(*entry);
        const Task snapshot = entry->task;
        emit q->added(snapshot);
    }
    if (!entry)
        return; // forgotten since
    entry->task.supervisor = recovered.task.supervisor;
    if (recovered.isSealed)
        entry->supervisor = recovered.task.supervisor;
    if (!entry->task.hasEnded()) { // nobody has changed anything else of it since
        const WakePolicy wake = entry->task.spec.wake;
        entry->task.spec = recovered.task.spec;
        entry->task.spec.wake = wake;
    }
    entry->task.createdAt = recovered.task.createdAt;
    entry->task.startedAt = recovered.task.startedAt;
    if (recovered.isSupervised)
        beginWith(*entry, settings.executions->adopt(recovered, settings.secret));
    if (recovered.isSupervised && !entry->stops.empty())
        entry->execution->requestStop(*entry->stopRequest);
    if (entry->task.hasEnded()) {
        if (!recovered.isSupervised)
            lookAfterOrphans(*entry);
    } else if (recovered.verdict == RecoveredTask::Verdict::Lost &&
               recovered.task.supervisor.bootId == bootId) {
        entry->unknownEnd = endingOf(recovered);
        lookAfterOrphans(*entry);
    } else if (recovered.verdict != RecoveredTask::Verdict::Running) {
        const Ending ending = endingOf(recovered);
        const auto *ended = ending.event ? std::get_if<CommandEnded>(&*ending.event) : nullptr;
        if (ended && ended->survivors > 0 && !recovered.isSupervised)
            lookAfterOrphans(*entry);
        conclude(*entry, ending);
    }
}

} // namespace Meanwhile::Tasks
