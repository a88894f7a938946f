// SPDX-License-Identifier: MIT
#include "models/waitingrow.h"

#include "models/transcriptmodel.h"

#include <algorithm>
#include <utility>

namespace Meanwhile::Models {

using namespace std::chrono_literals;
using Kind = TranscriptRow::Kind;

WaitingRow::WaitingRow(RowList &rows, SecondTick &tick, const Clock &clock)
    : m_rows(rows)
    , m_tick(tick)
    , m_clock(clock)
{
}

void WaitingRow::add(TranscriptRow row)
{
    m_position = m_rows.append(std::move(row));
}

void WaitingRow::show(const QString &text)
{
    add(makeRow(Kind::Notice, {}, text));
}

bool WaitingRow::isShown(Kind kind) const
{
    return m_position >= 0 && m_rows.at(m_position).kind == kind;
}

void WaitingRow::remove()
{
    if (m_position < 0)
        return;
    m_retryDue.reset();
    m_isReplyShown = false;
    m_tasks.waitedFor = m_tasks.serving = 0;
    m_rows.remove(std::exchange(m_position, -1));
    updateTick();
}

void WaitingRow::giveWay()
{
    remove();
    if (std::exchange(m_replySince, std::nullopt))
        updateTick();
}

void WaitingRow::refreshTime()
{
    showRetry();
    showReplyWait();
}

void WaitingRow::updateTick()
{
    m_tick.need(SecondTick::Part::Waiting, m_retryDue || m_replySince);
}

// ---- a retry

void WaitingRow::retryIn(std::chrono::milliseconds delay, int attempt, const QString &why)
{
    m_retryWhy = why;
    m_retryAttempt = attempt;
    if (!isShown(Kind::Retry))
        add(makeRow(Kind::Retry, {}, {}));
    m_retryDue = m_clock.now() + delay;
    showRetry();
}

void WaitingRow::retryBegins()
{
    m_retryDue.reset();
    showRetry();
}

void WaitingRow::showRetry()
{
    if (!isShown(Kind::Retry))
        return;
    TranscriptRow &row = m_rows.at(m_position);
    const TranscriptRow before = row;
    if (m_retryDue) {
        const auto left = std::chrono::ceil<std::chrono::seconds>(std::max(0ms, *m_retryDue - m_clock.now()));
        // On a line of its own, so that the words above stay where they are while it counts.
        row.text = TranscriptModel::tr("%1\nRetrying in %3 s (attempt %2).")
                       .arg(m_retryWhy, QString::number(m_retryAttempt), QString::number(left.count()));
    } else {
        row.text = TranscriptModel::tr("%1\nRetrying (attempt %2)…")
                       .arg(m_retryWhy, QString::number(m_retryAttempt));
    }
    row.remedy = m_retryDue ? TranscriptRow::Remedy::TryNow : TranscriptRow::Remedy::None;
    if (row != before)
        m_rows.changed(m_position);
    updateTick();
}

// ---- a reply

void WaitingRow::waitForReply()
{
    m_replySince = m_clock.now();
    updateTick();
}

void WaitingRow::stopWaitingForReply()
{
    m_replySince.reset();
    if (m_isReplyShown)
        remove();
    updateTick();
}

void WaitingRow::resume(const ReplyWait &wait)
{
    m_replySince = wait.since;
    updateTick();
    if (wait.isShown)
        showReplyWait();
}

void WaitingRow::showReplyWait()
{
    if (!m_replySince || (m_position >= 0 && !m_isReplyShown))
        return;
    const auto since = *m_replySince;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(m_clock.now() - since);
    if (seconds < 1s)
        return;
    const QString text = TranscriptModel::tr("Waiting for a reply… %1 s").arg(seconds.count());
    if (!m_isReplyShown) {
        show(text);
        m_isReplyShown = true;
        m_replySince = since;
        updateTick();
    } else if (TranscriptRow &row = m_rows.at(m_position); row.text != text) {
        row.text = text;
        m_rows.changed(m_position);
    }
}

// ---- tasks

void WaitingRow::waitForTasks(TaskWait wait)
{
    remove();
    m_tasks = wait;
    if (wait.waitedFor + wait.serving > 0) {
        show({});
        showTaskWait();
    }
}

void WaitingRow::showTaskWait()
{
    const auto [waitedFor, serving, isAfterStop] = m_tasks;
    if (waitedFor + serving == 0)
        return remove();
    const int keptRunning = serving + (isAfterStop ? waitedFor : 0);
    m_rows.at(m_position).text =
        waitedFor == 0 || isAfterStop
            ? (keptRunning == 1 ? TranscriptModel::tr("1 task keeps running.")
                                : TranscriptModel::tr("%1 tasks keep running.").arg(keptRunning))
        : waitedFor == 1 ? TranscriptModel::tr("Waiting for 1 task. The result will arrive automatically.")
                         : TranscriptModel::tr("Waiting for %1 tasks. The results will arrive automatically.")
                               .arg(waitedFor);
    m_rows.changed(m_position);
}

void WaitingRow::noteTask(const Tasks::Task *before, const Tasks::Task &now, bool isTurnUnderWay)
{
    if (m_tasks.waitedFor + m_tasks.serving == 0) {
        const bool isNew = !before && !now.hasEnded();
        const bool isServing = !now.ports.isEmpty();
        if (isNew && !isTurnUnderWay && now.spec.callId.isEmpty()) // the person started it
            waitForTasks({isServing ? 0 : 1, isServing ? 1 : 0, true});
        return;
    }
    const TaskWait old = m_tasks;
    const auto count = [this](const Tasks::Task *task, int by) {
        if (task && !task->hasEnded())
            (task->ports.isEmpty() ? m_tasks.waitedFor : m_tasks.serving) += by;
    };
    count(before, -1);
    count(&now, 1);
    m_tasks.waitedFor = std::max(0, m_tasks.waitedFor);
    m_tasks.serving = std::max(0, m_tasks.serving);
    if (m_tasks.waitedFor != old.waitedFor || m_tasks.serving != old.serving)
        showTaskWait();
}

} // namespace Meanwhile::Models
