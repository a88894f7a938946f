// SPDX-License-Identifier: MIT
#include "ui/sessions/sessionlist.h"

#include "ui/sessions/sessiondelegate.h"
#include "ui/widgets/focusreason.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

SessionList::SessionList(const Theme &theme, QWidget *parent)
    : QListView(parent)
{
    setObjectName(u"sessionList"_s);
    setAccessibleName(tr("Sessions"));
    auto *delegate = new SessionDelegate(theme, this);
    setItemDelegate(delegate);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false); // the sidebar's ground
    setMouseTracking(true);                   // the row under the mouse is tinted
    connect(delegate, &SessionDelegate::titleEdited, this, &SessionList::titleEdited);
    connect(this, &QListView::clicked, this, &SessionList::chosen);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

bool SessionList::selectFirst()
{
    const int rows = model() ? model()->rowCount() : 0;
    for (int row = 0; row < rows; ++row) {
        const QModelIndex index = model()->index(row, 0);
        if (index.flags().testFlag(Qt::ItemIsSelectable)) {
            setCurrentIndex(index);
            return true;
        }
    }
    return false;
}

QModelIndex SessionList::selectedIndex() const
{
    return selectionModel() ? selectionModel()->selectedIndexes().value(0) : QModelIndex();
}

bool SessionList::isEditing() const
{
    return state() == EditingState || isAncestorOf(QApplication::focusWidget());
}

void SessionList::keyPressEvent(QKeyEvent *event)
{
    // The field in which a title is changed hands its Enter on.
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter || state() == EditingState) {
        QListView::keyPressEvent(event);
        return;
    }
    if (currentIndex().isValid())
        emit chosen(currentIndex());
}

void SessionList::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const QRect row = visualRect(selectedIndex());
        if (row.isValid())
            emit menuRequested(selectedIndex(), viewport()->mapToGlobal(row.bottomLeft()));
    } else if (const QModelIndex index = indexAt(event->pos()); index.isValid()) {
        emit menuRequested(index, event->globalPos());
    }
}

void SessionList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (current.row() == 1 && hasAutoScroll()) // its head above it cannot be selected
        scrollToTop();
    // A screen reader takes the current row for the focused one: without the focus there is none, and what is
    // selected stays.
    if (current.isValid() && !hasFocus() && !isEditing())
        selectionModel()->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
}

// Only the keyboard goes to the selected row: a press of the mouse gives the focus first, and must find the
// row that it is over.
void SessionList::focusInEvent(QFocusEvent *event)
{
    const bool scrolls = hasAutoScroll();
    setAutoScroll(scrolls && isByKeyboard(event->reason()));
    if (!currentIndex().isValid() && selectedIndex().isValid())
        selectionModel()->setCurrentIndex(selectedIndex(), QItemSelectionModel::NoUpdate);
    QListView::focusInEvent(event);
    if (!currentIndex().isValid())
        selectFirst();
    setAutoScroll(scrolls);
    viewport()->update();
}

void SessionList::focusOutEvent(QFocusEvent *event)
{
    QListView::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason &&
        selectionModel() && !isEditing())
        selectionModel()->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
    viewport()->update();
}

} // namespace Meanwhile::Ui
