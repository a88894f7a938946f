// SPDX-License-Identifier: MIT
#include "ui/transcript/disclosureline.h"

#include "ui/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace Meanwhile::Ui {

static constexpr int kTriangleWidth = 17;
static constexpr int kGap = 8;

DisclosureLine::DisclosureLine(const Theme &theme, QWidget *parent)
    : RowButton(theme, parent)
{
    setFocusPolicy(Qt::StrongFocus);
}

void DisclosureLine::setParts(const QVector<Part> &parts, const QColor &triangle)
{
    if (m_parts == parts && m_triangle == triangle)
        return;
    m_parts = parts;
    m_triangle = triangle;
    QStringList words;
    for (const Part &part : parts)
        words.append(part.text);
    setText(words.join(u' '));
    update();
}

void DisclosureLine::setOpen(bool open)
{
    m_open = open;
    update();
}

void DisclosureLine::setOpenable(bool openable)
{
    m_openable = openable;
    setFocusPolicy(openable ? Qt::StrongFocus : Qt::NoFocus);
    setEnabled(openable);
    update();
}

QSize DisclosureLine::sizeHint() const
{
    const QFontMetrics metrics(font());
    int width = kTriangleWidth;
    for (const Part &part : m_parts)
        width += metrics.horizontalAdvance(part.text) + kGap;
    return {width, metrics.height() + 7};
}

void DisclosureLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = theme().tokens();
    if (m_openable && (underMouse() || hasFocus())) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(hasFocus() ? QPen(t.accent) : QPen(Qt::NoPen));
        painter.setBrush(underMouse() ? t.selected : QColor(Qt::transparent));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
    if (m_openable) {
        QPainterPath triangle;
        const qreal middle = height() / 2.0;
        if (m_open)
            triangle.addPolygon(QPolygonF({{1, middle - 2.5}, {9, middle - 2.5}, {5, middle + 3}}));
        else
            triangle.addPolygon(QPolygonF({{1.5, middle - 4.5}, {8.5, middle}, {1.5, middle + 4.5}}));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(1, 0);
        painter.fillPath(triangle, m_open ? t.dim : m_triangle);
        painter.translate(-1, 0);
    }
    const QFontMetrics metrics = fontMetrics();
    const int excess = std::max(0, sizeHint().width() - width());
    int x = kTriangleWidth;
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        const Part &part = m_parts.at(i);
        QString words = part.text;
        if (i == 1 && excess > 0)
            words = metrics.elidedText(
                words, Qt::ElideMiddle, std::max(30, metrics.horizontalAdvance(words) - excess));
        painter.setPen(part.color);
        painter.drawText(
            QRect(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, words);
        x += metrics.horizontalAdvance(words) + (part.text.isEmpty() ? 0 : kGap);
    }
}

} // namespace Meanwhile::Ui
