// SPDX-License-Identifier: MIT
#include "ui/taskpanel/findbar.h"

#include "ui/widgets/clearbutton.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_count(new QLabel(this))
{
    setObjectName(u"findBar"_s);
    m_text->setObjectName(u"findText"_s);
    m_text->setAccessibleName(tr("Find in the log"));
    m_text->setPlaceholderText(tr("Find in log"));
    offerClearing(*m_text);
    m_text->installEventFilter(this);
    m_count->setObjectName(u"findCount"_s);
    m_count->setFont(Theme::dimFont());
    m_count->setProperty("dim", true);
    m_count->hide();
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
    row->addWidget(m_count);
    row->addWidget(previous);
    row->addWidget(next);
    row->addWidget(close);
    connect(previous, &QPushButton::clicked, this, [this] { emit findRequested(true); });
    connect(next, &QPushButton::clicked, this, [this] { emit findRequested(false); });
    connect(close, &QPushButton::clicked, this, &FindBar::close);
    connect(m_text, &QLineEdit::textChanged, this, &FindBar::textChanged);
}

void FindBar::open()
{
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
    emit opened();
}

QString FindBar::text() const
{
    return m_text->text();
}

void FindBar::say(const QString &words)
{
    m_count->setText(words);
    m_count->setVisible(!words.isEmpty());
    m_text->setAccessibleDescription(words); // the focus stays there
}

void FindBar::sayNothing()
{
    say({});
}

void FindBar::saySearching()
{
    say(tr("Searching…"));
}

void FindBar::sayCount(int current, int count, bool hasMore, bool hasGap)
{
    const QString all = QLocale().toString(count) + (hasMore ? u"+"_s : QString());
    if (count == 0)
        say(hasGap ? tr("No match in the kept output") : tr("No match"));
    else if (current > 0)
        say(tr("%1 of %2").arg(QLocale().toString(current), all));
    else
        say(count == 1 ? tr("1 match") : tr("%1 matches").arg(all));
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
        emit findRequested(key->modifiers().testFlag(Qt::ShiftModifier));
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

} // namespace Meanwhile::Ui
