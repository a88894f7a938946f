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

/// What the conversation shows, a row a thing, made from agent events alone.
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

    /// The rows that the events of that conversation made, for a session that is opened again, once its tasks
    /// are told. Only what waits has none: a retry, and the line about waiting tasks. Words that were queued
    /// are told as events. `open`: what became of the calls that an earlier run left without a result.
    void load(const Conversation::History &history, const QVector<Conversation::ToolResultBlock> &open = {});
    void handle(const Agent::AgentEvent &event);
    /// State of a task a tool line is tied to: elapsed time and end for its line.
    void handleTask(const Tasks::Task &task);
    /// For the rows that come or change from now on.
    void setTools(const Tools::ToolPresentations &tools);
    /// For a session that is opened again, once its tasks are told: a row says how many of them still run,
    /// until something follows it. They wake nobody before the person goes on.
    void showRunningTasks();

    /// What its row says of it.
    QString restoredText(const Conversation::RestoreBlock &restore) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    /// Qt::DisplayRole and AccessibleTextRole: the row as plain text. RowRole: const TranscriptRow * as
    /// QVariant, valid until the model changes.
    QVariant data(const QModelIndex &index, int role) const override;
    /// Valid until the model changes.
    const TranscriptRow &row(int row) const;

private:
    struct Private;
    struct EventHandler;
    std::unique_ptr<Private> d;
};

} // namespace Meanwhile::Models
