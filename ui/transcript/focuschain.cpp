// SPDX-License-Identifier: MIT
#include "ui/transcript/focuschain.h"

#include <QAccessible>

#include <algorithm>

namespace Meanwhile::Ui {

// Stops whose tops differ by less stand on one line.
static constexpr int kLineTolerance = 12;

/// What a widget's policy was before the Tab key was taken from it.
static constexpr char kPolicy[] = "policyWithTab";

static Qt::FocusPolicy withoutTab(Qt::FocusPolicy policy)
{
    return Qt::FocusPolicy(int(policy) & ~int(Qt::TabFocus));
}

// A row sets policies by itself, as for a text that has links now: what was kept is true only beside it.
static void setStops(const QWidget *row, bool areStops)
{
    const auto children = row->findChildren<QWidget *>();
    for (QWidget *child : children) {
        const Qt::FocusPolicy policy = child->focusPolicy();
        const QVariant kept = child->property(kPolicy);
        if (!areStops && (policy & Qt::TabFocus)) {
            child->setProperty(kPolicy, int(policy));
            child->setFocusPolicy(withoutTab(policy));
        } else if (areStops && kept.isValid()) {
            const auto before = Qt::FocusPolicy(kept.toInt());
            child->setProperty(kPolicy, QVariant());
            if (policy == withoutTab(before))
                child->setFocusPolicy(before);
        }
    }
}

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

FocusChain::FocusChain(QWidget &head)
    : m_head(head)
{
}

void FocusChain::reset()
{
    m_rows.clear();
    m_arranged.clear();
}

void FocusChain::arrange(const QWidgetList &rows, QWidget *current, QWidget *last)
{
    if (rows != m_rows) {
        m_rows = rows;
        QAccessibleEvent event(&m_head, QAccessible::ObjectReorder);
        QAccessible::updateAccessibility(&event);
    }
    QWidgetList stops;
    for (const QWidget *row : rows)
        setStops(row, row == current);
    if (current)
        stops = QWidgetList{current} + stopsIn(current);
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
