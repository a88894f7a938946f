// SPDX-License-Identifier: MIT
#include "models/callrows.h"

#include "base/textlimits.h"
#include "models/difflines.h"
#include "models/toolline.h"
#include "models/transcriptmodel.h"
#include "models/visibletext.h"

#include <algorithm>
#include <utility>

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CallState = TranscriptRow::CallState;
using Kind = TranscriptRow::Kind;

CallRows::CallRows(RowList &rows, SecondTick &tick, const Clock &clock, Tools::ToolPresentations tools)
    : m_rows(rows)
    , m_tick(tick)
    , m_clock(clock)
    , m_tools(std::move(tools))
{
}

int CallRows::append(const QString &callId, const QString &tool)
{
    const int position = m_rows.append(makeCall(callId, tool));
    m_callRows.insert(callId, position);
    return position;
}

void CallRows::insert(int position, const TranscriptRow &call)
{
    m_rows.insert(position, call);
    m_callRows.insert(call.id, position);
    refresh(position);
}

void CallRows::describe(int position, const QString &tool, const QByteArray &input)
{
    const CallDescription described = describeCall(m_tools, tool, input);
    TranscriptRow &row = m_rows.at(position);
    row.tool = tool;
    row.subject = described.subject;
    row.input = described.input;
    row.diff = described.diff;
    RowList::Call &call = m_rows.call(position);
    call.argumentDiff = described.diff;
    call.namedTasks = described.taskIds;
    for (const QString &id : described.taskIds)
        m_taskRows.insert(id, position);
    renew(position);
}

void CallRows::setState(int position, CallState state)
{
    m_rows.at(position).callState = state;
    renew(position);
}

static CallState stateAfter(Conversation::CallEnd end)
{
    switch (end) {
    case Conversation::CallEnd::Answered:
        break;
    case Conversation::CallEnd::Failed:
        return CallState::Failed;
    case Conversation::CallEnd::Refused:
        return CallState::Refused;
    case Conversation::CallEnd::Denied:
        return CallState::Denied;
    case Conversation::CallEnd::Stopped:
        return CallState::Stopped;
    case Conversation::CallEnd::Interrupted:
        return CallState::Interrupted;
    case Conversation::CallEnd::NotBegun:
        return CallState::NotBegun;
    }
    return CallState::Done;
}

void CallRows::setResult(int position, const Conversation::ToolResultBlock &result)
{
    RowList::Call &call = m_rows.call(position);
    call.outcome = result.text;
    call.answer = result.summary;
    call.continues = result.continues;
    TranscriptRow &row = m_rows.at(position);
    row.images = result.images;
    row.diff = isWithoutChange(result.diff) ? QString()
               : result.diff.isEmpty()      ? call.argumentDiff
                                            : result.diff;
    row.callState = stateAfter(Conversation::endOf(result));
    if (!result.taskId.isEmpty())
        tie(position, result.taskId);
    renew(position);
}

void CallRows::removeUnmade(int from)
{
    for (int i = m_rows.bodyEnd() - 1; i >= from; --i) {
        const TranscriptRow &row = m_rows.at(i);
        if (row.kind == Kind::ToolCall && row.callState == CallState::Writing)
            m_rows.remove(i);
    }
}

void CallRows::refresh(int position)
{
    const TranscriptRow before = std::as_const(m_rows).at(position);
    derive(position);
    if (m_rows.at(position) != before)
        m_rows.changed(position);
}

void CallRows::refreshRunning()
{
    for (const QString &id : std::as_const(m_running)) {
        const QList<int> rows = m_taskRows.values(id);
        for (const int row : rows)
            refresh(row);
    }
}

void CallRows::rowMoved(int position, int by)
{
    if (by < 0) {
        const auto isGone = [&](std::pair<const QString &, int &> tie) { return tie.second == position; };
        m_callRows.removeIf(isGone);
        m_taskRows.removeIf(isGone);
    }
    for (int &at : m_callRows)
        at = positionAfter(at, position, by);
    for (int &at : m_taskRows)
        at = positionAfter(at, position, by);
}

void CallRows::renew(int position)
{
    derive(position);
    m_rows.changed(position);
}

void CallRows::derive(int position)
{
    TranscriptRow &row = m_rows.at(position);
    if (row.kind == Kind::ToolCall)
        deriveCall(row, m_rows.call(position));
    else if (row.kind == Kind::Delivered)
        row.text = deliveredText(row.taskIds);
}

void CallRows::deriveCall(TranscriptRow &row, const RowList::Call &call) const
{
    const auto task = m_tasks.constFind(row.taskId);
    const bool known = task != m_tasks.constEnd();
    // The result of a call that was denied, stopped, interrupted or not begun, or that continues as a task,
    // is advice for the model. The row shows the state itself, and what the task has printed.
    const bool isForModel = call.continues || row.callState == CallState::Denied ||
                            row.callState == CallState::Stopped || row.callState == CallState::Interrupted ||
                            row.callState == CallState::NotBegun;
    row.output = isForModel ? QString() : call.outcome;
    if (known && task->hasEnded() && call.continues)
        row.output = task->digest;
    if (!call.namedTasks.isEmpty()) {
        QStringList names;
        for (const QString &id : call.namedTasks)
            names.append((shortTaskId(id) + u' ' + m_tasks.value(id).spec.command).trimmed());
        row.subject = visibleLine(names.join(u", "_s));
    }
    refreshLine(row, m_tools, call.answer, known ? &*task : nullptr, known ? elapsed(*task) : 0ms);
    row.hasTask = known;
    if (call.continues && !known && row.callState == CallState::Done)
        sayTaskIsElsewhere(row);
}

void CallRows::tie(int position, const QString &taskId)
{
    TranscriptRow &row = m_rows.at(position);
    if (row.taskId == taskId)
        return;
    m_taskRows.remove(row.taskId, position);
    row.taskId = taskId;
    m_tied.insert(taskId);
    m_taskRows.insert(taskId, position);
    noteRunning(taskId);
}

void CallRows::setTask(const Tasks::Task &task)
{
    const bool isNew = !m_tasks.contains(task.id);
    m_tasks.insert(task.id, task);
    if (isNew)
        tieToCall(task);
    const QList<int> rows = m_taskRows.values(task.id);
    for (const int row : rows)
        refresh(row);
    noteRunning(task.id);
}

// A result that names another task overrides this.
void CallRows::tieToCall(const Tasks::Task &task)
{
    const int at = task.spec.callId.isEmpty() ? -1 : position(task.spec.callId);
    if (at < 0 || !m_rows.at(at).taskId.isEmpty())
        return;
    tie(at, task.id);
    renew(at);
}

bool CallRows::isStopped(const QString &taskId) const
{
    const QList<int> rows = m_taskRows.values(taskId);
    return std::any_of(rows.begin(), rows.end(), [&](int at) {
        const TranscriptRow &row = m_rows.at(at);
        return row.taskId == taskId && row.callState == CallState::Stopped;
    });
}

void CallRows::noteRunning(const QString &taskId)
{
    const auto task = m_tasks.constFind(taskId);
    if (m_tied.contains(taskId) && task != m_tasks.constEnd() && task->state == Tasks::TaskState::Running)
        m_running.insert(taskId);
    else
        m_running.remove(taskId);
    m_tick.need(SecondTick::Part::Tasks, !m_running.isEmpty());
}

void CallRows::addDelivered(const QStringList &taskIds)
{
    TranscriptRow row = makeRow(Kind::Delivered, {}, deliveredText(taskIds));
    row.taskIds = taskIds;
    const int position = m_rows.append(std::move(row));
    for (const QString &id : taskIds)
        m_taskRows.insert(id, position);
}

QString CallRows::deliveredText(const QStringList &taskIds) const
{
    const int count = int(taskIds.size());
    if (count != 1)
        return TranscriptModel::tr("%1 results sent to the model").arg(count);
    const auto task = m_tasks.constFind(taskIds.first());
    if (task == m_tasks.constEnd() || !task->hasEnded())
        return TranscriptModel::tr("1 result sent to the model");
    const QString command = visibleCommand(task->spec.command, 40);
    const QString time = formatElapsed(task->elapsed);
    return task->isSuccess()
               ? TranscriptModel::tr("%1 finished in %2, result sent to the model").arg(command, time)
               : TranscriptModel::tr("%1: %2 after %3, result sent to the model")
                     .arg(command, Tasks::wordOf(*task), time);
}

std::chrono::milliseconds CallRows::elapsed(const Tasks::Task &task) const
{
    return task.state == Tasks::TaskState::Running ? m_clock.now() - task.startedMonotonic : task.elapsed;
}

} // namespace Meanwhile::Models
