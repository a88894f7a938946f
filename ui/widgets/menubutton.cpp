// SPDX-License-Identifier: MIT
#include "ui/widgets/menubutton.h"

#include <QKeyEvent>
#include <QMenu>
#include <QStyleOptionToolButton>
#include <QStylePainter>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static const QString kArrow = u" ▾"_s;
static constexpr int kLeastChars = 10;

/// A letter of its own for each entry, where its words have one; entries of other scripts get none.
static void giveLetters(const QMenu &menu)
{
    QString taken;
    const QList<QAction *> actions = menu.actions();
    for (QAction *action : actions) {
        const QString text = action->text();
        if (action->isSeparator() || text.contains(u'&') || text.contains(u'/')) // a folder is no word
            continue;
        const auto letter = std::find_if(text.begin(), text.end(), [&taken](QChar c) {
            return c.unicode() < 0x80 && c.isLetter() && !taken.contains(c, Qt::CaseInsensitive);
        });
        if (letter == text.end())
            continue;
        taken += *letter;
        action->setText(QString(text).insert(letter - text.begin(), u'&'));
    }
}

MenuButton::MenuButton(Opens opens, QWidget *parent)
    : QToolButton(parent)
    , m_opens(opens)
{
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setFocusPolicy(Qt::TabFocus); // a click leaves the focus where the person writes
    connect(this, &QToolButton::clicked, this, &MenuButton::open);
}

void MenuButton::setChoice(const QString &choice)
{
    m_choice = choice;
    setText(choice + kArrow);
    updateGeometry();
}

QSize MenuButton::minimumSizeHint() const
{
    const int least = fontMetrics().averageCharWidth() * kLeastChars;
    return QToolButton::sizeHint().boundedTo({least, QToolButton::sizeHint().height()});
}

void MenuButton::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    if (const int missing = sizeHint().width() - width(); missing > 0) {
        const int room = fontMetrics().horizontalAdvance(m_choice) - missing;
        option.text = fontMetrics().elidedText(m_choice, Qt::ElideMiddle, room) + kArrow;
    }
    painter.drawComplexControl(QStyle::CC_ToolButton, option);
}

void MenuButton::open()
{
    // One that was closed just now is still there.
    const QMenu *before = m_menu.data();
    const bool isOpen = before && before->isVisible();
    if (isOpen || !m_fill)
        return;
    auto *menu = new QMenu(this);
    m_menu = menu;
    menu->setObjectName(objectName() + u"Menu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    m_fill(*menu);
    giveLetters(*menu);
    const QSize size = menu->sizeHint();
    const bool fits = mapTo(window(), QPoint()).x() + size.width() <= window()->width();
    const QPoint place(
        fits ? 0 : width() - size.width(), m_opens == Opens::Below ? height() + 2 : -size.height() - 2);
    menu->popup(mapToGlobal(place));
    // Opened from the keyboard, it is gone through from its first entry.
    if (!isDown() && !underMouse() && !menu->activeAction()) {
        const QList<QAction *> actions = menu->actions();
        const auto first = std::find_if(actions.begin(), actions.end(),
            [](const QAction *action) { return action->isEnabled() && !action->isSeparator(); });
        if (first != actions.end())
            menu->setActiveAction(*first);
    }
}

QMenu *MenuButton::openMenu() const
{
    return m_menu;
}

void MenuButton::keyPressEvent(QKeyEvent *event)
{
    const bool opens =
        event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (opens)
        open();
    else
        QToolButton::keyPressEvent(event);
}

} // namespace Meanwhile::Ui
