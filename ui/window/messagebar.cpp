// SPDX-License-Identifier: MIT
#include "ui/window/messagebar.h"

#include "ui/widgets/announcer.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/spoken.h"
#include "ui/widgets/theme.h"

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
    Spoken::setRole(*this, QAccessible::AlertMessage);
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
    connect(close, &QToolButton::clicked, this, [this] { take(m_front); });
    connect(m_button, &QPushButton::clicked, this, [this] { act(&Said::first); });
    connect(m_otherButton, &QPushButton::clicked, this, [this] { act(&Said::second); });
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
    say({text, {buttonText, std::move(action)}, {}});
}

void MessageBar::tellOfSession(const QString &text, const Answer &first, const Answer &second)
{
    say({.text = text, .first = first, .second = second, .isOfSession = true});
}

void MessageBar::forgetSession()
{
    for (std::optional<Said> *said : {&m_behind, &m_front}) {
        if (*said && (*said)->isOfSession)
            take(*said);
    }
}

void MessageBar::ask(const QString &text, const Answer &first, const Answer &second)
{
    say({.text = text, .first = first, .second = second, .isQuestion = true});
}

void MessageBar::forgetQuestion()
{
    for (std::optional<Said> *said : {&m_behind, &m_front}) {
        if (*said && (*said)->isQuestion)
            take(*said);
    }
}

void MessageBar::say(const Said &said)
{
    if (m_front && m_front->isQuestion != said.isQuestion)
        m_behind = std::move(m_front);
    m_front = said;
    showFront();
}

void MessageBar::take(std::optional<Said> &said)
{
    const bool isSeen = &said == &m_front;
    said.reset();
    if (!isSeen)
        return;
    m_front = std::exchange(m_behind, {});
    if (m_front)
        showFront();
    else
        hide();
}

void MessageBar::act(Answer Said::*answer)
{
    const std::function<void()> action = m_front ? ((*m_front).*answer).action : nullptr;
    take(m_front);
    if (action) // it may show another message
        action();
}

void MessageBar::showFront()
{
    m_text->setText(m_front->text);
    m_button->setText(m_front->first.text);
    m_button->setVisible(!m_front->first.text.isEmpty());
    m_otherButton->setText(m_front->second.text);
    m_otherButton->setVisible(!m_front->second.text.isEmpty());
    Spoken::setName(*this, m_front->text);
    show();
    Announcer::say(*this, m_front->text, Announcer::Urgency::Assertive);
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().surface);
    painter.fillRect(0, height() - 1, width(), 1, m_theme.tokens().border);
    painter.fillRect(0, 0, 4, height() - 1, m_theme.tokens().waiting);
}

} // namespace Meanwhile::Ui
