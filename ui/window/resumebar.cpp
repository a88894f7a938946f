// SPDX-License-Identifier: MIT
#include "ui/window/resumebar.h"

#include "ui/widgets/announcer.h"
#include "ui/widgets/spoken.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr int kEdge = 2;

ResumeBar::ResumeBar(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_text(new QLabel(this))
    , m_goOn(new QPushButton(tr("Continue"), this))
{
    setObjectName(u"awayBar"_s);
    Spoken::setRole(*this, QAccessible::AlertMessage);
    m_text->setObjectName(u"awayText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_goOn->setObjectName(u"awayContinue"_s);
    m_goOn->setProperty("primary", true);
    connect(m_goOn, &QPushButton::clicked, this, &ResumeBar::resumeRequested);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 8 + kEdge, 14, 8);
    layout->setSpacing(12);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_goOn);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void ResumeBar::setLeftBehind(const Agent::PendingWork &left)
{
    if (left.isEmpty()) {
        hide();
        return;
    }
    const QString text =
        left.isOverBudget
            ? (left.results == 1 ? tr("1 result waits: the agent has reached its hourly limit of wake-ups.")
                                 : tr("%n results wait: the agent has reached its hourly limit of wake-ups.",
                                       nullptr, left.results))
        : left.unsent == 1  ? tr("1 message was not sent yet.")
        : left.unsent > 1   ? tr("%n messages were not sent yet.", nullptr, left.unsent)
        : left.results == 0 ? tr("Your last message was not answered.")
        : left.endedHere > 0
            ? (left.results == 1 ? tr("1 result was not sent yet.")
                                 : tr("%n results were not sent yet.", nullptr, left.results))
        : left.results == 1 ? tr("1 task finished while you were away.")
                            : tr("%n tasks finished while you were away.", nullptr, left.results);
    if (isVisibleTo(parentWidget()) && m_text->text() == text)
        return;
    m_text->setText(text);
    m_goOn->setText(left.unsent > 0 ? tr("Send Now") : tr("Continue"));
    m_goOn->setToolTip(left.unsent > 0     ? tr("Send what is queued")
                       : left.results == 0 ? tr("Ask for the answer again")
                                           : tr("Send the results and let the agent continue"));
    m_goOn->setAccessibleDescription(text);
    Spoken::setName(*this, text);
    show();
    Announcer::say(*this, text);
}

void ResumeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().accentTint);
    painter.fillRect(0, 0, width(), kEdge, m_theme.tokens().accent);
}

} // namespace Meanwhile::Ui
