// SPDX-License-Identifier: MIT
#include "ui/transcript/linkbutton.h"

#include "ui/theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace Meanwhile::Ui {

LinkButton::LinkButton(const Theme &theme, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setText(text);
    setFont(Theme::dimFont());
    setCursor(Qt::PointingHandCursor);
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

QSize LinkButton::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text()) + 8, metrics.height() + 4};
}

void LinkButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    if (m_ground.isValid())
        painter.fillRect(rect(), m_ground);
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

void LinkButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else if (event->key() == Qt::Key_Space)
        QAbstractButton::keyPressEvent(event);
    else
        event->ignore(); // arrows scroll the transcript
}

bool LinkButton::event(QEvent *event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave)
        update();
    return QAbstractButton::event(event);
}

} // namespace Meanwhile::Ui
