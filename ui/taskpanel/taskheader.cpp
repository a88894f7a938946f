// SPDX-License-Identifier: MIT
#include "ui/taskpanel/taskheader.h"

#include <QPainter>
#include <QScopedValueRollback>
#include <QStyleOptionHeader>

#include <algorithm>

namespace Meanwhile::Ui {

static constexpr int kLeastWidth = 32;
static constexpr int kLeastRest = 80;
static constexpr int kPadding = 8; // as the style sheet's
static constexpr int kArrowWidth = 8;
static constexpr int kArrowGap = 4;

TaskHeader::TaskHeader(const Theme &theme, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_theme(theme)
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setMinimumSectionSize(kLeastWidth);
    setSortIndicatorClearable(true);
    setSortIndicator(-1, Qt::AscendingOrder);
    connect(this, &QHeaderView::sectionResized, this, &TaskHeader::moveEdge);
}

void TaskHeader::setWidths(const QVector<int> &widths, int restColumn)
{
    m_restColumn = restColumn;
    {
        const QScopedValueRollback placing(m_isPlacing, true);
        for (int column = 0; column < std::min(count(), int(widths.size())); ++column) {
            if (column != restColumn && !isSectionHidden(column))
                resizeSection(column, widths.at(column));
        }
    }
    fit();
}

QVector<int> TaskHeader::widths() const
{
    QVector<int> all;
    for (int column = 0; column < count(); ++column)
        all += sectionSize(column);
    return all;
}

void TaskHeader::fit()
{
    if (m_restColumn < 0 || m_restColumn >= count())
        return;
    const QScopedValueRollback placing(m_isPlacing, true);
    const int others = length() - sectionSize(m_restColumn);
    resizeSection(m_restColumn, std::max(kLeastRest, viewport()->width() - others));
}

void TaskHeader::resizeEvent(QResizeEvent *event)
{
    QHeaderView::resizeEvent(event);
    fit();
}

int TaskHeader::nextVisible(int column) const
{
    for (int next = column + 1; next < count(); ++next) {
        if (!isSectionHidden(next))
            return next;
    }
    return -1;
}

void TaskHeader::moveEdge(int column, int before, int now)
{
    if (m_isPlacing || m_restColumn < 0 || before == 0 || now == 0) // it comes or goes
        return;
    const int next = nextVisible(column);
    {
        const QScopedValueRollback placing(m_isPlacing, true);
        if (next < 0) { // the table's own edge
            resizeSection(column, before);
        } else {
            const int room = before + sectionSize(next);
            const int left = std::clamp(now, kLeastWidth, room - kLeastWidth);
            resizeSection(column, left);
            resizeSection(next, room - left);
        }
    }
    emit dragged();
}

// Qt's arrow lies on words that stand at the right.
void TaskHeader::initStyleOptionForIndex(QStyleOptionHeader *option, int column) const
{
    QHeaderView::initStyleOptionForIndex(option, column);
    option->sortIndicator = QStyleOptionHeader::None;
}

void TaskHeader::paintSection(QPainter *painter, const QRect &rect, int column) const
{
    painter->save(); // the style leaves a clip behind in which nothing can be seen
    QHeaderView::paintSection(painter, rect, column);
    painter->restore();
    if (!isSortIndicatorShown() || sortIndicatorSection() != column)
        return;
    const QVariant aligned = model()->headerData(column, orientation(), Qt::TextAlignmentRole);
    const bool isRight = aligned.isValid() && (aligned.value<Qt::Alignment>() & Qt::AlignRight);
    const int words = fontMetrics().horizontalAdvance(model()->headerData(column, orientation()).toString());
    const int beside = kPadding + words + kArrowGap;
    const qreal left = isRight ? std::max(rect.left() + 1, rect.right() - beside - kArrowWidth)
                               : std::min(rect.left() + beside, rect.right() - kArrowWidth);
    const qreal middle = rect.center().y() + 0.5;
    const qreal tip = sortIndicatorOrder() == Qt::AscendingOrder ? -2.5 : 2.5;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme.tokens().dim);
    painter->drawPolygon(QPolygonF({{left, middle - tip}, {left + kArrowWidth, middle - tip},
        {left + kArrowWidth / 2.0, middle + tip}}));
    painter->restore();
}

} // namespace Meanwhile::Ui
