// SPDX-License-Identifier: MIT
#include "ui/taskpanel/taskfiltermodel.h"

#include "models/taskstatus.h"
#include "models/tasktablemodel.h"

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Models::TaskTableModel;
using Models::Tone;

TaskFilterModel::TaskFilterModel(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(TaskTableModel::SortRole);
    setDynamicSortFilter(true);
    sort(-1);
}

void TaskFilterModel::setText(const QString &text)
{
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void TaskFilterModel::setStates(States states)
{
    m_states = states;
    invalidateFilter();
}

void TaskFilterModel::sort(int column, Qt::SortOrder order)
{
    m_byAge = column < 0;
    QSortFilterProxyModel::sort(m_byAge ? 0 : column, m_byAge ? Qt::DescendingOrder : order);
    // The same column and order may mean another thing now.
    invalidate();
}

void TaskFilterModel::setShortHeads(bool isShort)
{
    if (isShort == m_hasShortHeads)
        return;
    m_hasShortHeads = isShort;
    emit headerDataChanged(Qt::Horizontal, TaskTableModel::DeliveryColumn, TaskTableModel::DeliveryColumn);
}

QVariant TaskFilterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (m_hasShortHeads && section == TaskTableModel::DeliveryColumn && orientation == Qt::Horizontal) {
        if (role == Qt::DisplayRole)
            return tr("Sent", "to the model");
        if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
            return QSortFilterProxyModel::headerData(section, orientation, Qt::DisplayRole);
    }
    return QSortFilterProxyModel::headerData(section, orientation, role);
}

bool TaskFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex cell = sourceModel()->index(row, TaskTableModel::StateColumn, parent);
    const auto tone = Tone(cell.data(TaskTableModel::ToneRole).toInt());
    const bool isLive = tone == Tone::Active || tone == Tone::Waiting;
    if (m_states == States::Live && !isLive)
        return false;
    if (m_states == States::Failed && tone != Tone::Failed && tone != Tone::Unknown)
        return false;
    if (m_states == States::Done && tone != Tone::Done && tone != Tone::Ended)
        return false;
    if (m_words.isEmpty())
        return true;
    const auto task = cell.data(TaskTableModel::TaskRole).value<Tasks::Task>();
    const QString text =
        QStringList{task.spec.command, task.spec.description, task.lastLine, task.id, cell.data().toString()}
            .join(u'\n');
    return std::all_of(m_words.cbegin(), m_words.cend(),
        [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool TaskFilterModel::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    if (m_byAge)
        return left.row() < right.row();
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace Meanwhile::Ui
