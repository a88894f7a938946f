// SPDX-License-Identifier: MIT
#include "agent/agentcontrollerprivate.h"
#include "store/sessionjournal.h"
#include "tasks/recoveredtask.h"
#include "tasks/taskmanager.h"

namespace Meanwhile::Agent {

// Before any of them can end: what runs is waited for, as if it had been started here.
void AgentController::Private::reopen(const Store::StoredSession &earlier)
{
    for (const Tasks::Task &task : earlier.tasks) {
        if (!Tasks::isTaskId(task.id))
            continue;
        const bool isUntold = left.untold.contains(task.id);
        if (isUntold && task.spec.wake != Tasks::WakePolicy::Never)
            lookedUp.insert(task.id);
        if (isUntold || !task.hasEnded())
            dispatch(TaskStarted{task.id});
    }
    if (parts.sink && !left.stale.isEmpty())
        parts.sink->newsDropped(left.stale);
    toldPendingWork = pendingWork();
}

// What ended in an earlier run goes with the first words of the person's.
void AgentController::Private::dispatchOfPerson(MachineEvent event)
{
    if (lookedUp.isEmpty())
        dispatch(std::move(event));
    else
        saidMeanwhile.append(std::move(event));
}

// Its row says that it has ended.
void AgentController::Private::onFoundRunning(const Tasks::Task &task)
{
    if (parts.sink)
        parts.sink->taskChanged(task);
    if (lookedUp.isEmpty())
        endLookUp();
    tellLeftBehind();
}

void AgentController::Private::endLookUp()
{
    lookedUp.clear();
    while (!saidMeanwhile.isEmpty())
        dispatch(saidMeanwhile.dequeue());
}

PendingWork AgentController::Private::pendingWork() const
{
    PendingWork behind = machine.pendingWork();
    behind.results += int(lookedUp.size());
    behind.endedHere += int(lookedUp.size());
    return behind;
}

void AgentController::Private::tellLeftBehind()
{
    if (std::exchange(toldPendingWork, pendingWork()) != toldPendingWork)
        emit q->pendingWorkChanged();
}

} // namespace Meanwhile::Agent
