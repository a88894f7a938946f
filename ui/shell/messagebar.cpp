// SPDX-License-Identifier: MIT
#include "ui/shell/messagebar.h"

#include "ui/icons.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <utility>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

MessageBar::MessageBar(Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_text(new QLabel(this))
    , m_button(new QPushButton(this))
    , m_otherButton(new QPushButton(this))
{
    setObjectName(u"messageBar"_s);
    m_text->setObjectName(u"messageText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_button->setObjectName(u"messageButton"_s);
    m_otherButton->setObjectName(u"messageOtherButton"_s);
    auto *close = new QToolButton(this);
    close->setObjectName(u"messageClose"_s);
    close->setAccessibleName(tr("Close the message"));
    close->setToolTip(tr("Close the message"));
    close->setIcon(themedIcon(theme, u"x"_s));
    close->setProperty("quiet", true);
    close->setFocusPolicy(Qt::StrongFocus);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    const auto act = [this](QPushButton *button, std::function<void()> &action) {
        connect(button, &QPushButton::clicked, this, [this, &action] {
            hide();
            if (const std::function<void()> chosen = action) // it may tell something else
                chosen();
        });
    };
    act(m_button, m_action);
    act(m_otherButton, m_otherAction);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 8, 9);
    layout->setSpacing(8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(m_otherButton);
    layout->addWidget(close);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void MessageBar::tell(const QString &text, const QString &buttonText, std::function<void()> action)
{
    ask(text, {buttonText, std::move(action)}, {});
}

void MessageBar::tellOfSession(const QString &text, const Answer &answer)
{
    ask(text, answer, {});
    m_isOfSession = true;
}

void MessageBar::forgetSession()
{
    if (std::exchange(m_isOfSession, false))
        hide();
}

void MessageBar::ask(const QString &text, const Answer &first, const Answer &second)
{
    m_isOfSession = false;
    m_text->setText(text);
    m_button->setText(first.text);
    m_button->setVisible(!first.text.isEmpty());
    m_action = first.action;
    m_otherButton->setText(second.text);
    m_otherButton->setVisible(!second.text.isEmpty());
    m_otherAction = second.action;
    setAccessibleName(text);
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().surface);
    painter.fillRect(0, height() - 1, width(), 1, m_theme.tokens().border);
    painter.fillRect(0, 0, 4, height() - 1, m_theme.tokens().waiting);
}

} // namespace Meanwhile::Ui
