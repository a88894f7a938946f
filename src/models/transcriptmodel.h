// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentevent.h"
#include "conversation/history.h"
#include "models/transcriptrow.h"
#include "tools/toolpresentation.h"

#include <QAbstractListModel>

#include <memory>

namespace Meanwhile {
class Clock;
}

namespace Meanwhile::Models {

/// The conversation as rows, made from agent events alone.
///
/// Thread: GUI thread. Changes by row, never resets. Streamed text is gathered and shown at most 20 times a
/// second: dataChanged of the growing row comes from a timer, not per token; the first words show at once.
/// Lines of running tasks tick once a second; nothing runs, no timer.
class TranscriptModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { KindRole = Qt::UserRole, RowRole };

    /// With the system's clock. `tools`: how calls are shown; one of a tool that is not there is shown by the
    /// tool's name.
    explicit TranscriptModel(const Tools::ToolPresentations &tools, QObject *parent = nullptr);
    TranscriptModel(const Tools::ToolPresentations &tools, const Clock &clock, QObject *parent = nullptr);
    ~TranscriptModel() override;

    /// Makes the rows of a stored conversation as its events made them, after handleTask() for its tasks.
    /// What was waited for, a retry or tasks, has no row; queued messages come as events. `open`: the results
    /// of the calls that an earlier run left without one.
    void load(const Conversation::History &history, const QVector<Conversation::ToolResultBlock> &open = {});
    void handle(const Agent::AgentEvent &event);
    /// State of a task a tool line is tied to: elapsed time and end for its line.
    void handleTask(const Tasks::Task &task);
    /// For the rows that come or change from now on.
    void setTools(const Tools::ToolPresentations &tools);
    /// After load(): adds a row that says how many tasks still run, until another row follows it. Their ends
    /// do not wake the agent before the person continues.
    void showRunningTasks();

    /// What the row of this restore says.
    QString restoredText(const Conversation::RestoreBlock &restore) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    /// Qt::DisplayRole and AccessibleTextRole: the row as plain text. RowRole: const TranscriptRow * as
    /// QVariant, valid until the model changes.
    QVariant data(const QModelIndex &index, int role) const override;
    /// Valid until the model changes.
    const TranscriptRow &row(int row) const;

private:
    friend class RowList; // which tells the views

    struct Private;
    struct EventHandler;
    std::unique_ptr<Private> d;
};

} // namespace Meanwhile::Models
