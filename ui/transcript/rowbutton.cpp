// SPDX-License-Identifier: MIT
#include "ui/transcript/rowbutton.h"

#include "ui/widgets/theme.h"

#include <QKeyEvent>

namespace Meanwhile::Ui {

RowButton::RowButton(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setFont(Theme::dimFont());
    setCursor(Qt::PointingHandCursor);
}

void RowButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else if (event->key() == Qt::Key_Space)
        QAbstractButton::keyPressEvent(event);
    else
        event->ignore();
}

bool RowButton::event(QEvent *event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave)
        update();
    return QAbstractButton::event(event);
}

} // namespace Meanwhile::Ui
