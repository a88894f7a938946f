// SPDX-License-Identifier: MIT
#include "ui/taskpanel/findbar.h"

#include "ui/clearbutton.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_nothing(new QLabel(tr("No match"), this))
{
    setObjectName(u"findBar"_s);
    m_text->setObjectName(u"findText"_s);
    m_text->setAccessibleName(tr("Find in the log"));
    m_text->setPlaceholderText(tr("Find in log"));
    offerClearing(*m_text);
    m_text->installEventFilter(this);
    m_nothing->setObjectName(u"findNothing"_s);
    m_nothing->setFont(Theme::dimFont());
    m_nothing->hide();
    const auto button = [this](const QString &name, const QString &text, const QString &spoken) {
        auto *made = new QPushButton(text, this);
        made->setObjectName(name);
        made->setAccessibleName(spoken);
        made->setToolTip(spoken);
        made->setAutoDefault(false);
        return made;
    };
    auto *previous = button(u"findPrevious"_s, u"↑"_s, tr("Previous match"));
    auto *next = button(u"findNext"_s, u"↓"_s, tr("Next match"));
    auto *close = button(u"findClose"_s, u"✕"_s, tr("Close"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 8);
    row->setSpacing(4);
    row->addWidget(m_text, 1);
    row->addWidget(m_nothing);
    row->addWidget(previous);
    row->addWidget(next);
    row->addWidget(close);
    connect(previous, &QPushButton::clicked, this, [this] { find(true); });
    connect(next, &QPushButton::clicked, this, [this] { find(false); });
    connect(close, &QPushButton::clicked, this, &FindBar::close);
    connect(m_text, &QLineEdit::textChanged, this, [this] { setFound(true); });
}

void FindBar::open()
{
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void FindBar::setFound(bool found)
{
    m_nothing->setVisible(!found);
}

void FindBar::find(bool backward)
{
    emit findRequested(m_text->text(), backward);
}

void FindBar::close()
{
    hide();
    emit closed();
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F3:
        find(key->modifiers().testFlag(Qt::ShiftModifier));
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

} // namespace Meanwhile::Ui
