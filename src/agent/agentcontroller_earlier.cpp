// SPDX-License-Identifier: MIT
#include "agent/agentcontrollerprivate.h"
#include "store/sessionjournal.h"
#include "tasks/recoveredtask.h"
#include "tasks/taskmanager.h"

namespace Meanwhile::Agent {

// Called before any task can end. Tasks that still run are treated as if this run had started them.
void AgentController::Private::reopen(const Store::StoredSession &earlier)
{
    for (const Tasks::Task &task : earlier.tasks) {
        if (!Tasks::isTaskId(task.id))
            continue;
        const bool isUntold = earlierRun.untold.contains(task.id);
        if (isUntold && task.spec.wake != Tasks::WakePolicy::Never)
            lookedUp.insert(task.id);
        if (isUntold || !task.hasEnded())
            dispatch(TaskStarted{task.id});
    }
    if (parts.journal && !earlierRun.stale.isEmpty())
        parts.journal->newsDropped(earlierRun.stale);
    announcedPendingWork = pendingWork();
}

// Holds the person's message back until the ends of earlier tasks are known, so that it carries them.
void AgentController::Private::dispatchOfPerson(MachineEvent event)
{
    if (lookedUp.isEmpty())
        dispatch(std::move(event));
    else
        saidMeanwhile.append(std::move(event));
}

// Its stored row says that it has ended, so the row is corrected.
void AgentController::Private::onFoundRunning(const Tasks::Task &task)
{
    if (parts.journal)
        parts.journal->taskChanged(task);
    if (lookedUp.isEmpty())
        endLookUp();
    announcePendingWork();
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
    pending.results += int(lookedUp.size());
    pending.endedHere += int(lookedUp.size());
    return pending;
}

void AgentController::Private::announcePendingWork()
{
    if (std::exchange(announcedPendingWork, pendingWork()) != announcedPendingWork)
        emit q->pendingWorkChanged();
}

} // namespace Meanwhile::Agent
