// SPDX-License-Identifier: MIT
#include "ui/transcript/focuschain.h"

#include <algorithm>

namespace Meanwhile::Ui {

// Stops whose tops differ by less stand on one line.
static constexpr int kLineTolerance = 12;

static QWidgetList stopsIn(const QWidget *row)
{
    QWidgetList stops;
    const auto children = row->findChildren<QWidget *>();
    for (QWidget *child : children) {
        if (!child->isHidden() && (child->focusPolicy() & Qt::TabFocus))
            stops.append(child);
    }
    std::stable_sort(stops.begin(), stops.end(), [row](const QWidget *a, const QWidget *b) {
        const QPoint p = a->mapTo(row, QPoint());
        const QPoint q = b->mapTo(row, QPoint());
        const int lineOfP = p.y() / kLineTolerance;
        const int lineOfQ = q.y() / kLineTolerance;
        return lineOfP != lineOfQ ? lineOfP < lineOfQ : p.x() < q.x();
    });
    return stops;
}

// A screen reader is told of a widget's children in the order in which they lie upon each other.
static void sortChildren(const QWidgetList &rows)
{
    qsizetype above = -1;
    for (QWidget *row : rows) {
        const QObjectList &siblings = row->parent()->children();
        qsizetype place = siblings.indexOf(row);
        if (place < above) {
            row->raise();
            place = siblings.size() - 1;
        }
        above = place;
    }
}

FocusChain::FocusChain(QWidget &head)
    : m_head(head)
{
}

void FocusChain::arrange(const QWidgetList &rows, QWidget *last)
{
    sortChildren(rows);
    QWidgetList stops;
    for (const QWidget *row : rows)
        stops += stopsIn(row);
    stops.append(last);
    if (stops == m_arranged)
        return;
    m_arranged = stops;
    QWidget *before = &m_head;
    for (QWidget *stop : std::as_const(stops)) {
        QWidget::setTabOrder(before, stop);
        before = stop;
    }
}

} // namespace Meanwhile::Ui
