// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentevent.h"
#include "conversation/history.h"
#include "models/transcriptrow.h"

#include <QAbstractListModel>

#include <memory>

namespace Meanwhile::Models {

/// What the conversation shows, a row a thing, made from agent events alone.
///
/// Thread: GUI thread. Changes by row, never resets. Streamed text is gathered and shown at most 20 times a
/// second: dataChanged of the growing row comes from a timer, not per token.
class TranscriptModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { KindRole = Qt::UserRole, RowRole };

    explicit TranscriptModel(QObject *parent = nullptr);
    ~TranscriptModel() override;

    /// Rows for what was said before, e.g. a resumed session.
    void load(const Conversation::History &history);
    void handle(const Agent::AgentEvent &event);
    /// State of a task a tool line is tied to: elapsed time and end for its line.
    void handleTask(const Tasks::Task &task);

    int rowCount(const QModelIndex &parent = {}) const override;
    /// Qt::DisplayRole and AccessibleTextRole: the row as plain text. RowRole: const TranscriptRow * as
    /// QVariant.
    QVariant data(const QModelIndex &index, int role) const override;
    const TranscriptRow &row(int row) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Meanwhile::Models
