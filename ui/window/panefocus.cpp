// SPDX-License-Identifier: MIT
#include "ui/window/panefocus.h"

#include <QApplication>
#include <QMainWindow>
#include <QShortcut>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static bool takesFocus(const QWidget *widget)
{
    return widget && widget->isVisible() && widget->isEnabled();
}

PaneFocus::PaneFocus(QMainWindow &window)
    : QObject(&window)
    , m_window(window)
    , m_panes{{u"titleRow"_s, u"folderButton"_s}, {u"sessionSidebar"_s, u"sessionList"_s},
          {u"messageBar"_s, u"messageButton"_s}, {u"firstRunPage"_s, u"firstRunOpen"_s},
          {u"transcript"_s, u"transcript"_s}, {u"awayBar"_s, u"awayContinue"_s},
          {u"approvalBar"_s, u"approvalBar"_s}, {u"composer"_s, u"composerEdit"_s},
          {u"taskPanel"_s, u"taskTable"_s}}
{
    const auto moves = [this](const QKeySequence &keys, int step) {
        connect(new QShortcut(keys, &m_window), &QShortcut::activated, this, [this, step] { move(step); });
    };
    moves(Qt::Key_F6, 1);
    moves(Qt::SHIFT | Qt::Key_F6, -1);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { note(now); });
}

QWidget *PaneFocus::find(const QString &name) const
{
    return m_window.findChild<QWidget *>(name);
}

void PaneFocus::note(QWidget *now)
{
    if (!now || !m_window.isVisible()) // it may be on the way out
        return;
    for (Pane &pane : m_panes) {
        const QWidget *part = find(pane.name);
        if (part && (part == now || part->isAncestorOf(now)))
            pane.last = now;
    }
}

/// Null where nothing in the part can have the focus now.
QWidget *PaneFocus::placeIn(const Pane &pane) const
{
    QWidget *part = find(pane.name);
    if (!takesFocus(part))
        return nullptr;
    if (takesFocus(pane.last) && (part == pane.last || part->isAncestorOf(pane.last)))
        return pane.last;
    if (QWidget *entry = find(pane.entry); takesFocus(entry))
        return entry;
    const auto children = part->findChildren<QWidget *>();
    for (QWidget *child : children) {
        if (takesFocus(child) && (child->focusPolicy() & Qt::TabFocus))
            return child;
    }
    return nullptr;
}

void PaneFocus::move(int step)
{
    const QWidget *now = QApplication::focusWidget();
    const int count = int(m_panes.size());
    int at = step > 0 ? -1 : count;
    for (int i = 0; i < count; ++i) {
        const QWidget *part = find(m_panes.at(i).name);
        if (part && now && (part == now || part->isAncestorOf(now)))
            at = i;
    }
    for (int tried = 0; tried < count; ++tried) {
        at = (at + step + count) % count;
        if (QWidget *place = placeIn(m_panes.at(at)))
            return place->setFocus(step > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    }
}

} // namespace Meanwhile::Ui
