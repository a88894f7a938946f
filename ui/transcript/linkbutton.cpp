// SPDX-License-Identifier: MIT
#include "ui/transcript/linkbutton.h"

#include "ui/widgets/theme.h"

#include <QPainter>

namespace Meanwhile::Ui {

LinkButton::LinkButton(const Theme &theme, const QString &text, QWidget *parent)
    : RowButton(theme, parent)
{
    setText(text);
    setFocusPolicy(Qt::TabFocus);
}

void LinkButton::setGround(const QColor &ground)
{
    m_ground = ground;
    update();
}

void LinkButton::setAccented(bool accented)
{
    m_accented = accented;
    update();
}

void LinkButton::setQuiet(bool quiet)
{
    m_quiet = quiet;
    update();
}

QSize LinkButton::sizeHint() const
{
    const QFontMetrics metrics(font());
    return m_quiet ? QSize(metrics.horizontalAdvance(text()) + 16, metrics.height() + 2)
                   : QSize(metrics.horizontalAdvance(text()) + 8, metrics.height() + 4);
}

void LinkButton::paintEvent(QPaintEvent *)
{
    if (m_quiet && !hasFocus() && !parentWidget()->underMouse())
        return;
    QPainter painter(this);
    const Tokens &t = theme().tokens();
    if (m_quiet) { // it comes over what is there
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(t.border);
        painter.setBrush(t.surface);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setBrush(Qt::NoBrush);
    } else if (m_ground.isValid()) {
        painter.fillRect(rect(), m_ground);
    }
    QFont face = font();
    face.setUnderline(underMouse() || hasFocus());
    painter.setFont(face);
    painter.setPen(m_accented || underMouse() ? t.accent : t.dim);
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine, text());
    if (hasFocus()) {
        painter.setPen(t.accent);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

} // namespace Meanwhile::Ui
