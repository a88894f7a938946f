// SPDX-License-Identifier: MIT
// What ties the rows of a transcript to tasks: each task's change costs what its own rows do.
#include "models/taskstatus.h"
#include "models/transcriptmodelprivate.h"
#include "models/visibletext.h"

#include <QRegularExpression>

#include <algorithm>

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;

/// All answers about tasks say "task 1a2b3c4d"; a command that was told so in the foreground names few.
static QStringList tasksMentionedIn(const QString &text)
{
    static const QRegularExpression kTask(u"\\btask ([0-9a-f]{8})\\b"_s);
    constexpr qsizetype kMost = 16;
    QStringList ids;
    for (auto match = kTask.globalMatch(text); match.hasNext() && ids.size() < kMost;)
        ids += match.next().captured(1);
    return ids;
}

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

void TranscriptModel::Private::noteMentions(int position)
{
    const Entry &entry = entries.at(size_t(position));
    const QStringList mentioned = entry.command.isEmpty() ? QStringList() : tasksMentionedIn(entry.outcome);
    for (const QString &id : mentioned) {
        if (!mentions.contains(id, position))
            mentions.insert(id, position);
        if (tieIfMentioned(position, id))
            break;
    }
}

bool TranscriptModel::Private::tieIfMentioned(int position, const QString &taskId)
{
    Entry &entry = entries.at(size_t(position));
    const auto task = tasks.constFind(taskId);
    if (task == tasks.constEnd() || !entry.row.taskId.isEmpty() || entry.command != task->spec.command ||
        tied.contains(taskId))
        return false;
    tie(position, taskId);
    entry.continued = true;
    renew(position);
    return true;
}

void TranscriptModel::Private::setTask(const Tasks::Task &task)
{
    const bool isNew = !tasks.contains(task.id);
    tasks.insert(task.id, task);
    QList<int> lines = isNew ? mentions.values(task.id) : QList<int>();
    std::sort(lines.begin(), lines.end());
    for (const int line : std::as_const(lines)) {
        if (tieIfMentioned(line, task.id))
            break;
    }
    const QList<int> rows = taskRows.values(task.id);
    for (const int row : rows)
        refresh(row);
    noteRunning(task.id);
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
        return tr("%1 results delivered").arg(count);
    const QString text = tr("1 result delivered");
    const auto task = tasks.constFind(taskIds.first());
    if (task == tasks.constEnd() || !task->hasEnded())
        return text;
    const QString command = visibleLine(task->spec.command, 60);
    const QString time = formatElapsed(task->elapsed);
    const QString end = task->isSuccess() ? tr("%1 ended after %2").arg(command, time)
                                          : tr("%1: %2 after %3").arg(command, statusOf(*task).word, time);
    return text + u" · "_s + end;
}

std::chrono::milliseconds TranscriptModel::Private::elapsed(const Tasks::Task &task) const
{
    return task.state == Tasks::TaskState::Running ? clock.now() - task.startedMonotonic : task.elapsed;
}

void TranscriptModel::Private::updateTick()
{
    const bool runs = retryDue || !running.isEmpty();
    if (runs && !tick->isActive())
        tick->start();
    else if (!runs)
        tick->stop();
}

} // namespace Meanwhile::Models
