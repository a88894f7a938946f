// SPDX-License-Identifier: MIT
#pragma once

#include "agent/taskdelivery.h"
#include "models/taskstatus.h"
#include "tasks/newsqueue.h"
#include "tasks/task.h"

#include <QAbstractTableModel>

#include <memory>

namespace Meanwhile {
class Clock;
}

namespace Meanwhile::Models {

/// The tasks of a conversation, a row each, oldest first; sorting and filtering are a proxy's.
///
/// Thread: GUI thread. Changes by row, never resets. Elapsed times tick once a second while something runs,
/// and only those cells change; nothing runs, no timer.
class TaskTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        StateColumn,
        CommandColumn,
        TimeColumn,
        ExitColumn,
        OutputColumn,
        DeliveryColumn,
        ColumnCount
    };
    enum Role {
        TaskIdRole = Qt::UserRole,
        TaskRole,         ///< Tasks::Task as QVariant
        DeliveryRole,     ///< Tasks::Delivery as QVariant
        DeliveryTextRole, ///< dim second line under "Sent to model": when, or why not yet
        SortRole,         ///< a value that orders the column
        LastLineRole, ///< dim second line under the command: "outside" where it left the box, its last line
        ToneRole,     ///< Tone as int: what the state means, for its colour
    };

    explicit TaskTableModel(const Clock &clock, QObject *parent = nullptr);
    ~TaskTableModel() override;

    void addOrUpdate(const Tasks::Task &task);
    /// Where the news of this task's end is now, and why it is not further.
    void setDelivery(const QString &taskId, const Tasks::Delivery &delivery,
        Agent::DeliveryBlock why = Agent::DeliveryBlock::Nothing);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// -1 when there is no such row.
    int rowOf(const QString &taskId) const;
    /// How many tasks are in a state of this tone.
    int count(Tone tone) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Meanwhile::Models
