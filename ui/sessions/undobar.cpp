// SPDX-License-Identifier: MIT
#include "ui/sessions/undobar.h"

#include "ui/widgets/announcer.h"
#include "ui/widgets/elidedlabel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QTimer>

#include <chrono>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

UndoBar::UndoBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_text(new ElidedLabel(this))
    , m_button(new QPushButton(tr("Undo"), this))
    , m_timer(new QTimer(this))
{
    setObjectName(u"undoBar"_s);
    m_text->setObjectName(u"undoText"_s);
    m_button->setObjectName(u"undoButton"_s);
    m_button->setToolTip(tr("Bring it back (Ctrl+Z)"));
    m_button->setAutoDefault(false);
    m_timer->setObjectName(u"undoTimer"_s);
    m_timer->setInterval(10s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 8, 8, 8);
    row->setSpacing(8);
    row->addWidget(m_text, 1);
    row->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, &UndoBar::undo);
    connect(m_timer, &QTimer::timeout, this, [this] {
        if (underMouse() || m_button->hasFocus())
            return;
        m_timer->stop();
        hide();
    });
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void UndoBar::offer(const QString &id, const QString &title)
{
    m_id = id;
    const QString text = tr("Deleted “%1”").arg(title);
    m_text->setText(text);
    m_text->setToolTip(u"<p>%1</p>"_s.arg(text.toHtmlEscaped()));
    m_button->setAccessibleDescription(text);
    setAccessibleName(text);
    m_timer->start();
    show();
    Announcer::say(*this, text);
}

void UndoBar::undo()
{
    if (isHidden())
        return;
    m_timer->stop();
    hide();
    emit undone(m_id);
}

void UndoBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().surface);
    painter.fillRect(0, 0, width(), 1, m_theme.tokens().border);
}

} // namespace Meanwhile::Ui
