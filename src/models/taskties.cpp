// SPDX-License-Identifier: MIT
// What ties the rows of a transcript to tasks: each task's change costs what its own rows do.
#include "base/textlimits.h"
#include "models/taskstatus.h"
#include "models/transcriptmodelprivate.h"
#include "models/visibletext.h"

#include <algorithm>

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;

void TranscriptModel::Private::tie(int position, const QString &taskId)
{
    TranscriptRow &row = entries.at(size_t(position)).row;
    if (row.taskId == taskId)
        return;
    taskRows.remove(row.taskId, position);
    row.taskId = taskId;
    tied.insert(taskId);
    taskRows.insert(taskId, position);
    noteRunning(taskId);
}

void TranscriptModel::Private::setTask(const Tasks::Task &task)
{
    const auto before = tasks.constFind(task.id);
    const bool isNew = before == tasks.constEnd();
    noteWaiting(isNew ? nullptr : &*before, task);
    tasks.insert(task.id, task);
    if (isNew)
        tieToCall(task);
    const QList<int> rows = taskRows.values(task.id);
    for (const int row : rows)
        refresh(row);
    noteRunning(task.id);
}

// An answer that names a task of its own has the last word.
void TranscriptModel::Private::tieToCall(const Tasks::Task &task)
{
    const int position = task.spec.callId.isEmpty() ? -1 : callRow(task.spec.callId);
    if (position < 0 || !entries.at(size_t(position)).row.taskId.isEmpty())
        return;
    tie(position, task.id);
    renew(position);
}

bool TranscriptModel::Private::isStopped(const QString &taskId) const
{
    const QList<int> rows = taskRows.values(taskId);
    return std::any_of(rows.begin(), rows.end(), [&](int at) {
        const TranscriptRow &row = entries.at(size_t(at)).row;
        return row.taskId == taskId && row.callState == TranscriptRow::CallState::Stopped;
    });
}

void TranscriptModel::Private::waitForTasks(int count, int servers, bool isStopped)
{
    removePassingRow();
    waitingFor = count;
    serving = servers;
    waitsAfterStop = isStopped;
    if (waitingFor + serving > 0) {
        addPassing(makeRow(TranscriptRow::Kind::Notice, {}, {}));
        showTasksWaitedFor();
    }
}

void TranscriptModel::Private::showTasksWaitedFor()
{
    if (waitingFor + serving == 0)
        return removePassingRow();
    const int keptRunning = serving + (waitsAfterStop ? waitingFor : 0);
    entries.at(size_t(passingRow)).row.text =
        waitingFor == 0 || waitsAfterStop
            ? (keptRunning == 1 ? tr("1 task keeps running.") : tr("%1 tasks keep running.").arg(keptRunning))
        : waitingFor == 1
            ? tr("Waiting for 1 task. The result will arrive automatically.")
            : tr("Waiting for %1 tasks. The results will arrive automatically.").arg(waitingFor);
    changed(passingRow);
}

// A command that is being stopped is not waited for.
void TranscriptModel::Private::noteWaiting(const Tasks::Task *before, const Tasks::Task &now)
{
    if (isStopped(now.id))
        return;
    if (waitingFor + serving == 0) {
        const bool isNew = !before && !now.hasEnded();
        if (isNew && !isTurnUnderWay && now.spec.callId.isEmpty()) // the person started it
            waitForTasks(now.ports.isEmpty() ? 1 : 0, now.ports.isEmpty() ? 0 : 1, true);
        return;
    }
    const auto count = [this](const Tasks::Task *task, int by) {
        if (task && !task->hasEnded())
            (task->ports.isEmpty() ? waitingFor : serving) += by;
    };
    const int waitedFor = waitingFor;
    const int served = serving;
    count(before, -1);
    count(&now, 1);
    waitingFor = std::max(0, waitingFor);
    serving = std::max(0, serving);
    if (waitingFor != waitedFor || serving != served)
        showTasksWaitedFor();
}

void TranscriptModel::Private::noteRunning(const QString &taskId)
{
    const auto task = tasks.constFind(taskId);
    if (tied.contains(taskId) && task != tasks.constEnd() && task->state == Tasks::TaskState::Running)
        running.insert(taskId);
    else
        running.remove(taskId);
    updateTick();
}

QString TranscriptModel::Private::deliveredText(const QStringList &taskIds) const
{
    const int count = int(taskIds.size());
    if (count != 1)
        return tr("%1 results sent to the model").arg(count);
    const auto task = tasks.constFind(taskIds.first());
    if (task == tasks.constEnd() || !task->hasEnded())
        return tr("1 result sent to the model");
    const QString command = visibleCommand(task->spec.command, 40);
    const QString time = formatElapsed(task->elapsed);
    return task->isSuccess()
               ? tr("%1 finished in %2, result sent to the model").arg(command, time)
               : tr("%1: %2 after %3, result sent to the model").arg(command, Tasks::wordOf(*task), time);
}

std::chrono::milliseconds TranscriptModel::Private::elapsed(const Tasks::Task &task) const
{
    return task.state == Tasks::TaskState::Running ? clock.now() - task.startedMonotonic : task.elapsed;
}

void TranscriptModel::Private::updateTick()
{
    const bool runs = retryDue || waitingSince || !running.isEmpty();
    if (runs && !tick->isActive())
        tick->start();
    else if (!runs)
        tick->stop();
}

} // namespace Meanwhile::Models
