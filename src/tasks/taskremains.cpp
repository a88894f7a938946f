// SPDX-License-Identifier: MIT
#include "base/logging.h"
#include "tasks/taskmanagerprivate.h"

#include <algorithm>
#include <utility>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

/// `--sweep` needs two and a half at most.
constexpr std::chrono::milliseconds kSweepLimit{4000};
/// From the end of a sweep until the supervisor's own end is known.
constexpr std::chrono::milliseconds kSupervisorLimit{1000};
constexpr int kMostRemainsFailures = 3;

} // namespace

void TaskManager::Private::askToStop(TaskEntry &entry)
{
    const bool hasBegun = entry.task.state == TaskState::Running || entry.task.hasEnded();
    if (entry.remains) {
        if (entry.care == RunnerProcess::Care::Watch)
            lookAfter(entry, RunnerProcess::Care::Sweep);
    } else if (entry.execution) {
        entry.execution->requestStop(*entry.stopRequest);
    } else if (hasBegun && !isSearching) {
        lookAfter(entry, RunnerProcess::Care::Sweep);
    }
    if (entry.stops.size() > 1)
        return; // the time limit counts from the first
    QTimer::singleShot(settings.stopLimit, q, [this, &entry, round = entry.stopRound] {
        if (round == entry.stopRound && !entry.stops.empty())
            onStopUnanswered(entry);
    });
}

void TaskManager::Private::onStopUnanswered(TaskEntry &entry)
{
    if (entry.isConcluded && !entry.task.hasEnded())
        return; // its processes are gone, only its digest is missing
    if (!entry.remains) {
        qCInfo(lcTasks, "the supervisor of %s does not answer", qUtf8Printable(entry.task.id));
        lookAfter(entry, RunnerProcess::Care::Sweep);
    }
    QTimer::singleShot(kSweepLimit, q, [this, &entry, round = entry.stopRound] {
        if (round == entry.stopRound && !entry.stops.empty() && entry.remains)
            onRemainsGone(entry, {});
    });
}

/// Pid 0 when it is not known for sure, or was one of an earlier boot: whatever is named here is ended with
/// all that is below it and in its session.
ProcessIdentity TaskManager::Private::supervisorOf(const TaskEntry &entry) const
{
    const bool isAsked = entry.supervisor.pid == 0 && entry.execution;
    const ProcessIdentity supervisor = isAsked ? entry.execution->supervisor() : entry.supervisor;
    return supervisor.bootId == bootId ? supervisor : ProcessIdentity();
}

void TaskManager::Private::lookAfter(TaskEntry &entry, RunnerProcess::Care care)
{
    if (entry.remains) {
        entry.remains->disconnect(q);
        entry.remains->setParent(q); // it takes a moment to go
        entry.remains.release()->dismiss();
    }
    entry.care = care;
    entry.wasUnanswered = entry.wasUnanswered || (care == RunnerProcess::Care::Sweep && entry.execution);
    entry.remains = std::make_unique<RunnerProcess>();
    RunnerProcess *remains = entry.remains.get();
    connect(remains, &RunnerProcess::reported, q,
        [this, &entry](const RunnerEvent &event) { onRemains(entry, event); });
    connect(remains, &RunnerProcess::gone, q,
        [this, &entry](const QString &problem) { onRemainsGone(entry, problem); });
    remains->lookAfter(settings.runnerPath, settings.environment, care, supervisorOf(entry), entry.task.id);
}

/// The supervisor is gone, and did not say that nothing is left.
void TaskManager::Private::lookAfterOrphans(TaskEntry &entry)
{
    if (entry.isConcluded && entry.task.hasEnded() && entry.task.supervisor.bootId != bootId)
        return onNothingLeft(entry);
    lookAfter(entry, entry.stops.empty() ? RunnerProcess::Care::Watch : RunnerProcess::Care::Sweep);
}

void TaskManager::Private::onRemains(TaskEntry &entry, const RunnerEvent &event)
{
    if (const auto *left = std::get_if<SurvivorsLeft>(&event)) {
        onOrphans(entry, left->count);
    } else if (const auto *survivor = std::get_if<SurvivorNamed>(&event)) {
        entry.report.survivors.append(survivor->process);
    } else if (const auto *swept = std::get_if<TreeSwept>(&event)) {
        entry.report.processesEnded = std::max(entry.report.processesEnded, swept->processesEnded);
        // Where nothing was there any more, nobody ended it.
        entry.isSwept = swept->processesEnded > 0 || entry.hadRemains || entry.wasUnanswered;
    }
}

void TaskManager::Private::onOrphans(TaskEntry &entry, int count)
{
    Task &task = entry.task;
    if (entry.isConcluded) {
        if (std::exchange(task.survivors, count) != count && task.hasEnded())
            tellChange(entry);
        return;
    }
    if (count == 0 || std::exchange(entry.hadRemains, true))
        return;
    task.failure =
        u"Its supervisor was ended from outside. What the command started still runs; its output is "
        u"no longer kept, and its exit code will not be known."_s;
    goOn(entry);
}

void TaskManager::Private::onRemainsGone(TaskEntry &entry, const QString &problem)
{
    entry.remains->disconnect(q);
    entry.remains->setParent(q);
    entry.remains.release()->deleteLater();
    if (!problem.isEmpty() && ++entry.remainsFailures < kMostRemainsFailures)
        return lookAfter(entry, entry.care);
    if (!entry.execution)
        return onAllGone(entry);
    // The supervisor was ended as well. Where even that was not possible, it is not waited for.
    QTimer::singleShot(kSupervisorLimit, q, [this, &entry] {
        if (!entry.execution)
            return;
        entry.execution.reset();
        onAllGone(entry);
    });
}

void TaskManager::Private::onAllGone(TaskEntry &entry)
{
    if (entry.isConcluded)
        return onNothingLeft(entry);
    // It may have said how the command ended before it went.
    if (const std::optional<RunnerEvent> end = statusOf(entry).end())
        return conclude(entry, endingBy(entry, *end));
    Ending unknown = std::exchange(entry.unknownEnd, std::nullopt).value_or(Ending());
    if (entry.hadRemains)
        unknown.at = {}; // it was there until now
    conclude(entry, unknown);
}

} // namespace Meanwhile::Tasks
