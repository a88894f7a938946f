// SPDX-License-Identifier: MIT
#include "ui/transcript/rulerow.h"

#include "models/visibletext.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace Meanwhile::Ui {

static constexpr int kGap = 8;
static constexpr int kLeastRule = 40;

QSize RuleRow::layOut(const RowRoom &room)
{
    const int width = room.words;
    return {width, QFontMetrics(Theme::dimFont()).height() + 22};
}

// How it ended stands at one end, and what at the other.
QString RuleRow::shownText() const
{
    return QFontMetrics(Theme::dimFont()).elidedText(row().text, Qt::ElideMiddle, width() - 2 * kLeastRule);
}

void RuleRow::refresh(bool)
{
    setToolTip(Models::plainToolTip(row().text));
    update();
}

void RuleRow::paintEvent(QPaintEvent *)
{
    const Tokens &t = theme().tokens();
    QPainter painter(this);
    painter.setFont(Theme::dimFont());
    const QFontMetrics metrics = painter.fontMetrics();
    const QString text = shownText();
    const int textWidth = metrics.horizontalAdvance(text);
    const int middle = height() / 2;
    const int left = (width() - textWidth) / 2;
    painter.fillRect(0, middle, left - kGap, 1, t.border);
    painter.fillRect(left + textWidth + kGap, middle, width() - left - textWidth - kGap, 1, t.border);
    painter.setPen(t.accent);
    painter.drawText(rect(), Qt::AlignCenter, text);
}

} // namespace Meanwhile::Ui
