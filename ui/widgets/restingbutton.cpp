// SPDX-License-Identifier: MIT
#include "ui/widgets/restingbutton.h"

#include <QAbstractButton>
#include <QFocusEvent>
#include <QStyle>

namespace Meanwhile::Ui {

RestingButton::RestingButton(QAbstractButton &button)
    : QObject(&button)
    , m_button(button)
{
    button.installEventFilter(this);
    connect(&button, &QAbstractButton::clicked, this, [this] {
        if (!m_isResting)
            emit clicked();
    });
}

void RestingButton::setResting(bool resting)
{
    if (m_isResting != resting) {
        m_isResting = resting;
        m_button.setProperty("resting", resting);
        m_button.style()->unpolish(&m_button);
        m_button.style()->polish(&m_button);
    }
    const bool keepsFocus = m_button.window()->focusWidget() == &m_button;
    m_button.setEnabled(!resting || keepsFocus);
}

bool RestingButton::eventFilter(QObject *watched, QEvent *event)
{
    if (m_isResting && event->type() == QEvent::FocusOut) {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
            m_button.setEnabled(false);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Meanwhile::Ui
