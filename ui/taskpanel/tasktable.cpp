// SPDX-License-Identifier: MIT
#include "ui/taskpanel/tasktable.h"

#include "models/taskstatus.h"
#include "models/tasktablemodel.h"
#include "ui/taskpanel/taskdelegate.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Models::TaskTableModel;

// Below this width the command would get less room than the columns around it.
static constexpr int kFoldBelow = 600;

TaskTable::TaskTable(const Theme &theme, QWidget *parent)
    : QTableView(parent)
{
    setObjectName(u"taskTable"_s);
    setAccessibleName(tr("Tasks"));
    auto *delegate = new TaskDelegate(theme, this);
    setItemDelegate(delegate);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(delegate->rowHeight());
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSortIndicatorClearable(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    horizontalHeader()->setMinimumSectionSize(32);
    setSortingEnabled(true);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    // A source put into the proxy makes the columns anew, as they were at first.
    connect(horizontalHeader(), &QHeaderView::sectionCountChanged, this, &TaskTable::layOutColumns);
    connect(this, &QTableView::activated, this, &TaskTable::showLogRequested);
}

void TaskTable::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    layOutColumns();
}

QString TaskTable::selectedTaskId() const
{
    const QModelIndexList rows = selectionModel() ? selectionModel()->selectedRows() : QModelIndexList();
    return rows.isEmpty() ? QString() : rows.constFirst().data(TaskTableModel::TaskIdRole).toString();
}

void TaskTable::layOutColumns()
{
    if (!model() || model()->columnCount() == 0)
        return;
    m_isFolded = width() < kFoldBelow;
    setColumnHidden(TaskTableModel::ExitColumn, m_isFolded);
    setColumnHidden(TaskTableModel::OutputColumn, m_isFolded);
    const auto wide = [this](const QString &text) {
        return std::max(fontMetrics().horizontalAdvance(text), 24) + 20;
    };
    QHeaderView *header = horizontalHeader();
    header->setSectionResizeMode(TaskTableModel::CommandColumn, QHeaderView::Stretch);
    // The longest of the states' words, in most languages.
    Tasks::Task late;
    late.state = Tasks::TaskState::TimedOut;
    const Models::TaskStatus longest = Models::statusOf(late);
    header->resizeSection(TaskTableModel::StateColumn, wide(longest.shape + u' ' + longest.word));
    header->resizeSection(TaskTableModel::TimeColumn, wide(u"0:00:00"_s));
    header->resizeSection(TaskTableModel::ExitColumn, wide(tr("Exit code")) + 12);
    header->resizeSection(TaskTableModel::OutputColumn, wide(tr("Output")) + 12);
    const QString told = Models::TaskTableModel::tr("accepted %1").arg(u"00:00:00"_s);
    header->resizeSection(TaskTableModel::ToldColumn,
        std::max(wide(tr("Sent to model")) + 4, QFontMetrics(Theme::dimFont()).horizontalAdvance(told) + 18));
}

void TaskTable::resizeEvent(QResizeEvent *event)
{
    if ((width() < kFoldBelow) != m_isFolded)
        layOutColumns();
    QTableView::resizeEvent(event);
}

void TaskTable::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        emit showLogRequested();
        return;
    case Qt::Key_Delete:
        emit stopKeyPressed();
        return;
    default:
        QTableView::keyPressEvent(event);
    }
}

void TaskTable::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const QRect row = visualRect(currentIndex());
        emit menuRequested(viewport()->mapToGlobal(row.isValid() ? row.bottomLeft() : QPoint(8, 8)));
    } else if (indexAt(event->pos()).isValid()) {
        emit menuRequested(event->globalPos());
    }
}

void TaskTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    emit selectedTaskChanged();
}

void TaskTable::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    viewport()->update();
}

void TaskTable::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
}

} // namespace Meanwhile::Ui
