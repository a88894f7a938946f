// SPDX-License-Identifier: MIT
#include "agent/agentcontrollerprivate.h"
#include "store/sessionjournal.h"
#include "tasks/recoveredtask.h"
#include "tasks/taskmanager.h"

#include <algorithm>

namespace Meanwhile::Agent {

// Called before any task can end. Tasks that still run are treated as if this run had started them.
void AgentController::Private::reopen(const Store::StoredSession &earlier)
{
    for (const Tasks::Task &task : earlier.tasks) {
        if (!Tasks::isTaskId(task.id))
            continue;
        const bool isUntold = earlierRun.untold.contains(task.id);
        if (!isUntold && task.hasEnded())
            continue;
        // One that is stored as running may have ended while the program was down.
        if (task.spec.wake != Tasks::WakePolicy::Never)
            lookedUp.insert(task.id);
        dispatch(TaskStarted{task.id});
    }
    if (parts.journal && !earlierRun.stale.isEmpty())
        parts.journal->newsDropped(earlierRun.stale);
    announcedPendingWork = pendingWork();
}

// Holds the person's message back until the ends of earlier tasks are known, so that it carries them.
void AgentController::Private::dispatchOfPerson(MachineEvent event)
{
    if (isLookingUp())
        saidMeanwhile.append(std::move(event));
    else
        dispatch(std::move(event));
}

bool AgentController::Private::isLookingUp() const
{
    return !lookedUp.isEmpty() || parts.tasks->isListing();
}

// Its stored row may say that it has ended; then it is corrected.
void AgentController::Private::onFoundRunning(const Tasks::Task &task)
{
    if (parts.journal)
        parts.journal->taskChanged(task);
    settleLookUp();
    announcePendingWork();
}

void AgentController::Private::settleLookUp()
{
    if (!isLookingUp())
        endLookUp();
}

void AgentController::Private::endLookUp()
{
    lookedUp.clear();
    while (!saidMeanwhile.isEmpty())
        dispatch(saidMeanwhile.dequeue());
}

PendingWork AgentController::Private::pendingWork() const
{
    PendingWork pending = machine.pendingWork();
    const auto ends = int(std::count_if(lookedUp.cbegin(), lookedUp.cend(),
        [this](const QString &id) { return earlierRun.untold.contains(id); }));
    pending.results += ends;
    pending.endedHere += ends;
    return pending;
}

void AgentController::Private::announcePendingWork()
{
    if (std::exchange(announcedPendingWork, pendingWork()) != announcedPendingWork)
        emit q->pendingWorkChanged();
}

} // namespace Meanwhile::Agent
