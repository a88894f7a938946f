// SPDX-License-Identifier: MIT
#include "ui/transcript/disclosureline.h"

#include "models/visibletext.h"
#include "ui/widgets/announcer.h"
#include "ui/widgets/theme.h"

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
    showWholeInTip();
    update();
}

void DisclosureLine::setNote(const QString &note)
{
    if (m_note == note)
        return;
    m_note = note;
    showWholeInTip();
}

// What fits stays: elidedText() counts fractions that the widths here are rounded by.
static QString elided(const QFontMetrics &metrics, const QString &text, Qt::TextElideMode mode, int width)
{
    return metrics.horizontalAdvance(text) <= width ? text : metrics.elidedText(text, mode, width);
}

QStringList DisclosureLine::shownWords() const
{
    QStringList words;
    for (const Part &part : m_parts)
        words.append(part.text);
    const int excess = sizeHint().width() - width();
    if (excess <= 0 || words.size() < 2)
        return words;
    const QFontMetrics metrics = fontMetrics();
    const int second = metrics.horizontalAdvance(words.at(1));
    const int last = words.size() > 2 ? metrics.horizontalAdvance(words.last()) : 0;
    const int room = std::max(0, second + last - excess);
    const int forSecond = std::min(second, std::max(room / 2, room - last));
    words[1] = elided(metrics, words.at(1), Qt::ElideMiddle, forSecond);
    if (last > 0)
        words.last() = elided(metrics, words.last(), Qt::ElideRight, room - forSecond);
    return words;
}

void DisclosureLine::showWholeInTip()
{
    QStringList words;
    for (const Part &part : m_parts)
        words.append(part.text);
    QStringList said{sizeHint().width() > width() ? words.join(u' ') : QString(), m_note};
    said.removeAll(QString());
    const QString tip = said.isEmpty() ? QString() : Models::plainToolTip(said.join(u'\n'));
    if (tip != toolTip())
        setToolTip(tip);
}

void DisclosureLine::resizeEvent(QResizeEvent *event)
{
    RowButton::resizeEvent(event);
    showWholeInTip();
}

void DisclosureLine::setOpen(bool open)
{
    if (m_open == open)
        return;
    m_open = open;
    Announcer::sayExpanded(*this, open);
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
    const QStringList shown = shownWords();
    int x = kTriangleWidth;
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        const Part &part = m_parts.at(i);
        const QString &words = shown.at(i);
        painter.setPen(part.color);
        painter.drawText(
            QRect(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, words);
        x += metrics.horizontalAdvance(words) + (part.text.isEmpty() ? 0 : kGap);
    }
}

} // namespace Meanwhile::Ui
