// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "models/rowlist.h"
#include "models/secondtick.h"
#include "tasks/task.h"
#include "tools/toolpresentation.h"

#include <QHash>
#include <QSet>

namespace Meanwhile::Models {

/// The rows of calls, and the rules that say which results were sent to the model: what they show of calls
/// and tasks.
///
/// A row is tied to the task that its call started. A task's change costs what its own rows do.
class CallRows {
public:
    CallRows(RowList &rows, SecondTick &tick, const Clock &clock, Tools::ToolPresentations tools);

    /// For the rows that come or change from now on.
    void setTools(const Tools::ToolPresentations &tools) { m_tools = tools; }

    // ---- calls
    /// The latest row of this call's id, as some providers use ids again; -1: none.
    int position(const QString &callId) const { return m_callRows.value(callId, -1); }
    /// A call that the model has begun to write, at the end of the body.
    int append(const QString &callId, const QString &tool);
    void insert(int position, const TranscriptRow &call);
    void describe(int position, const QString &tool, const QByteArray &input);
    void setState(int position, TranscriptRow::CallState state);
    /// The call's end, whether it comes now or was stored.
    void setResult(int position, const Conversation::ToolResultBlock &result);
    /// Calls at or behind this position that were never written to their end.
    void removeUnmade(int from);

    // ---- tasks
    const QHash<QString, Tasks::Task> &tasks() const { return m_tasks; }
    void setTask(const Tasks::Task &task);
    /// Whether the person stopped the call that started it.
    bool isStopped(const QString &taskId) const;
    /// A rule: the results of these tasks were sent to the model.
    void addDelivered(const QStringList &taskIds);

    /// Derives the row from its call and its task, and tells the views if that changes it.
    void refresh(int position);
    void refreshRunning();
    /// See RowList::moved.
    void rowMoved(int position, int by);

private:
    /// As refresh(); the row itself was changed before, so the views hear of it in any case.
    void renew(int position);
    void derive(int position);
    void deriveCall(TranscriptRow &row, const RowList::Call &call) const;
    void tie(int position, const QString &taskId);
    void tieToCall(const Tasks::Task &task);
    void noteRunning(const QString &taskId);
    QString deliveredText(const QStringList &taskIds) const;
    std::chrono::milliseconds elapsed(const Tasks::Task &task) const;

    RowList &m_rows;
    SecondTick &m_tick;
    const Clock &m_clock;
    Tools::ToolPresentations m_tools;
    QHash<QString, int> m_callRows;
    QMultiHash<QString, int> m_taskRows; ///< rows that speak of a task
    QHash<QString, Tasks::Task> m_tasks;
    QSet<QString> m_tied;    ///< tasks that a row is tied to
    QSet<QString> m_running; ///< those of them that run
};

} // namespace Meanwhile::Models
