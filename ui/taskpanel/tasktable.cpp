// SPDX-License-Identifier: MIT
#include "ui/taskpanel/tasktable.h"

#include "models/taskstatus.h"
#include "models/tasktablemodel.h"
#include "ui/taskpanel/taskdelegate.h"
#include "ui/taskpanel/taskheader.h"
#include "ui/widgets/focusreason.h"
#include "ui/widgets/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Models::TaskTableModel;

// Below this width the command would get less room than the columns around it.
static constexpr int kFoldBelow = 600;

TaskTable::TaskTable(const Theme &theme, QWidget *parent)
    : QTableView(parent)
    , m_header(new TaskHeader(theme, this))
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
    setHorizontalHeader(m_header);
    setSortingEnabled(true);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    // Setting the proxy's source recreates the columns with their first widths.
    connect(m_header, &QHeaderView::sectionCountChanged, this, &TaskTable::layOutColumns);
    connect(m_header, &TaskHeader::dragged, this, [this] {
        m_chosenWidths.insert(m_isFolded, m_header->widths());
        emit widthsChosen();
    });
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

void TaskTable::setChosenWidths(const QMap<bool, QVector<int>> &widths)
{
    m_chosenWidths = widths;
    layOutColumns();
}

void TaskTable::layOutColumns()
{
    if (!model() || model()->columnCount() == 0)
        return;
    m_isFolded = width() < kFoldBelow;
    emit folded(m_isFolded);
    setColumnHidden(TaskTableModel::ExitColumn, m_isFolded);
    setColumnHidden(TaskTableModel::OutputColumn, m_isFolded);
    const QVector<int> chosen = m_chosenWidths.value(m_isFolded);
    m_header->setWidths(
        chosen.size() == TaskTableModel::ColumnCount ? chosen : usualWidths(), TaskTableModel::CommandColumn);
}

QVector<int> TaskTable::usualWidths() const
{
    const auto wide = [this](const QString &text) {
        return std::max(fontMetrics().horizontalAdvance(text), 24) + 20;
    };
    const auto head = [&](int column) {
        return wide(model()->headerData(column, Qt::Horizontal).toString()) + 12; // the arrow beside it
    };
    // The longest of the states' words, in most languages.
    Tasks::Task late;
    late.state = Tasks::TaskState::TimedOut;
    const Models::TaskStatus longest = Models::statusOf(late);
    QVector<int> widths(TaskTableModel::ColumnCount);
    widths[TaskTableModel::StateColumn] = wide(longest.shape + u' ' + longest.word);
    widths[TaskTableModel::TimeColumn] = std::max(wide(u"0:00:00"_s), head(TaskTableModel::TimeColumn));
    widths[TaskTableModel::ExitColumn] = head(TaskTableModel::ExitColumn);
    widths[TaskTableModel::OutputColumn] = head(TaskTableModel::OutputColumn);
    const int below = QFontMetrics(Theme::dimFont()).horizontalAdvance(u"request 100"_s) + 20;
    widths[TaskTableModel::DeliveryColumn] =
        std::max({wide(u"00:00:00"_s), below, head(TaskTableModel::DeliveryColumn)});
    return widths;
}

void TaskTable::resizeEvent(QResizeEvent *event)
{
    if ((width() < kFoldBelow) != m_isFolded)
        layOutColumns();
    QTableView::resizeEvent(event);
}

void TaskTable::keyPressEvent(QKeyEvent *event)
{
    takeCurrent();
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

// A screen reader takes the current cell for the focused one: without the focus there is none, and what is
// selected stays.
void TaskTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.isValid() && !hasFocus())
        selectionModel()->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
}

void TaskTable::takeCurrent()
{
    const QModelIndexList rows = selectionModel() ? selectionModel()->selectedRows() : QModelIndexList();
    if (hasFocus() && !currentIndex().isValid() && !rows.isEmpty())
        selectionModel()->setCurrentIndex(rows.constFirst(), QItemSelectionModel::NoUpdate);
}

// Only the keyboard goes to the selected row: a press of the mouse gives the focus first, and must find the
// row that it is over.
void TaskTable::focusInEvent(QFocusEvent *event)
{
    const bool scrolls = hasAutoScroll();
    setAutoScroll(scrolls && isByKeyboard(event->reason()));
    takeCurrent();
    QTableView::focusInEvent(event);
    setAutoScroll(scrolls);
    viewport()->update();
}

void TaskTable::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason &&
        selectionModel())
        selectionModel()->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
    viewport()->update();
}

} // namespace Meanwhile::Ui
