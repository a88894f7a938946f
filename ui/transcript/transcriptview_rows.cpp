// SPDX-License-Identifier: MIT
// The keyboard and the pointer among the rows: the arrow keys go from one to the next, the Tab key to what
// the current one offers; what is pressed beside the texts begins a selection.
#include "ui/transcript/disclosureline.h"
#include "ui/transcript/transcriptview.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>

namespace Meanwhile::Ui {

static constexpr int kLeastInSight = 60;
static constexpr int kAroundFocus = 8;

RowWidget *TranscriptView::currentRow() const
{
    for (const Shown &shown : m_shown) {
        if (m_currentUid != 0 && shown.widget->uid() == m_currentUid)
            return shown.widget;
    }
    return nullptr;
}

void TranscriptView::noteFocus(const QWidget *now)
{
    for (const Shown &shown : m_shown) {
        if (!now || (shown.widget != now && !shown.widget->isAncestorOf(now)))
            continue;
        m_currentUid = shown.widget->uid();
        m_focusChain.arrange(shownRows(), shown.widget, m_jump);
        break;
    }
    viewport()->update();
}

/// The last one that can be seen whole, else the one at the top.
int TranscriptView::rowToBeginAt() const
{
    for (auto shown = m_shown.rbegin(); shown != m_shown.rend(); ++shown) {
        const QRect place = shown->widget->geometry();
        if (place.top() >= 0 && place.bottom() < viewport()->height())
            return shown->row;
    }
    return m_shown.empty() ? -1 : m_anchor.row;
}

/// False where there is more of the current row to be scrolled to first, or no other row.
bool TranscriptView::stepRow(int step)
{
    const RowWidget *current = currentRow();
    const QRect place = current ? current->geometry() : QRect();
    if (!current || place.bottom() < 0 || place.top() >= viewport()->height()) {
        const int row = rowToBeginAt();
        if (row >= 0)
            focusRow(row, step);
        return row >= 0;
    }
    if (step > 0 ? place.bottom() >= viewport()->height() : place.top() < 0)
        return false;
    for (const Shown &shown : m_shown) {
        const int next = shown.row + step;
        if (shown.widget != current || next < 0 || next >= m_heights.count())
            continue;
        focusRow(next, step);
        return true;
    }
    return false;
}

void TranscriptView::focusRow(int row, int step)
{
    RowWidget *widget = widgetFor(row);
    if (!widget->isVisible()) { // the next one, beyond the edge
        const RowWidget *above = rowWidget(row - 1);
        const RowWidget *below = rowWidget(row + 1);
        const int height = measure(row);
        const int top = above && above->isVisible() ? above->geometry().bottom() + 1
                        : below                     ? below->y() - height
                                                    : 0;
        widget->setGeometry(m_shown.front().widget->x(), top, m_states.at(size_t(row))->width, height);
        widget->show();
    }
    widget->setFocus(Qt::OtherFocusReason);
    // One that is higher than the view is entered at its near end, and scrolled through from there.
    const QRect place = widget->geometry();
    const int height = viewport()->height();
    if (place.height() <= height)
        bringIntoSight(widget);
    else if (step > 0 && place.top() > height - kLeastInSight)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + place.top());
    else if (step < 0 && place.bottom() < kLeastInSight)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + place.bottom() - height + 1);
}

/// Opens or closes what belongs to the row.
void TranscriptView::pressRow()
{
    auto *line = currentRow()->findChild<DisclosureLine *>();
    if (!line || !line->isEnabled())
        return;
    line->click();
    if (line->isOpen() && currentRow()->height() <= viewport()->height())
        bringIntoSight(currentRow());
}

void TranscriptView::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->modifiers() == Qt::NoModifier && event->key() == Qt::Key_Down && stepRow(1))
        return;
    if (event->modifiers() == Qt::NoModifier && event->key() == Qt::Key_Up && stepRow(-1))
        return;
    if (event == QKeySequence::SelectAll)
        m_selection.selectAll();
    else if (event == QKeySequence::Copy && m_selection.isActive())
        m_selection.copy();
    else if (isEnter && currentRow() && currentRow()->hasFocus())
        pressRow();
    else if (event->key() == Qt::Key_Home)
        verticalScrollBar()->setValue(0);
    else if (event->key() == Qt::Key_End)
        jumpToLatest();
    else
        QAbstractScrollArea::keyPressEvent(event);
}

bool TranscriptView::event(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange)
        onThemeChanged();
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        m_showsFocus = event->type() == QEvent::FocusIn &&
                       (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason);
        viewport()->update();
    }
    return QAbstractScrollArea::event(event);
}

void TranscriptView::paintEvent(QPaintEvent *)
{
    const RowWidget *row = currentRow();
    const bool isAtRow = row && row->hasFocus();
    if (!m_showsFocus && !isAtRow)
        return;
    QPainter painter(viewport());
    painter.setPen(m_theme.tokens().accent);
    painter.drawRect(
        isAtRow ? row->geometry().adjusted(-8, -1, 7, 0) : viewport()->rect().adjusted(0, 0, -1, -1));
}

bool TranscriptView::focusNextPrevChild(bool next)
{
    const bool moved = QAbstractScrollArea::focusNextPrevChild(next);
    if (const QWidget *focus = QApplication::focusWidget(); moved && focus)
        bringIntoSight(focus);
    return moved;
}

void TranscriptView::bringIntoSight(const QWidget *widget)
{
    if (!viewport()->isAncestorOf(widget))
        return;
    const int top = widget->mapTo(viewport(), QPoint()).y();
    const int bottom = top + std::min(widget->height(), viewport()->height());
    if (top < 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + top - kAroundFocus);
    else if (bottom > viewport()->height())
        verticalScrollBar()->setValue(
            verticalScrollBar()->value() + bottom - viewport()->height() + kAroundFocus);
}

// ---- the pointer beside the texts

void TranscriptView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_selection.begin(event->globalPosition().toPoint());
}

void TranscriptView::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        m_selection.dragTo(event->globalPosition().toPoint());
}

void TranscriptView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_selection.release();
}

} // namespace Meanwhile::Ui
