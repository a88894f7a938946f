// SPDX-License-Identifier: MIT
#include "ui/window/windowlayout.h"

#include "ui/taskpanel/taskpanel.h"
#include "ui/window/sidebarpanes.h"
#include "ui/window/windowactions.h"
#include "ui/window/windowstate.h"

#include <QEvent>
#include <QMainWindow>
#include <QScreen>
#include <QSplitter>

#include <algorithm>

namespace Meanwhile::Ui {

// What a window manager may put around a window.
static constexpr QSize kRoomForTheFrame(16, 48);

WindowLayout::WindowLayout(const Parts &parts, WindowState &memory, WindowStateFile &file)
    : QObject(&parts.window)
    , m_parts(parts)
    , m_memory(memory)
    , m_file(file)
{
    restore();
    SidebarPanes *sidebar = &parts.sidebar;
    AdaptivePanes *panes = &parts.panes;
    WindowActions *actions = &parts.actions;
    connect(actions, &WindowActions::sidebarToggled, sidebar,
        [sidebar] { sidebar->setSidebarVisible(!sidebar->isSidebarVisible()); });
    connect(actions, &WindowActions::panelToggled, panes,
        [panes] { panes->setPanelVisible(!panes->isPanelVisible()); });
    connect(sidebar, &SidebarPanes::sidebarVisibilityChanged, this, [this, actions](bool visible) {
        actions->setSidebarChecked(visible);
        remember();
    });
    connect(panes, &AdaptivePanes::panelVisibilityChanged, this, [this, actions](bool visible) {
        actions->setPanelChecked(visible);
        remember();
    });
    connect(sidebar, &SidebarPanes::splitterMoved, this, &WindowLayout::remember);
    connect(panes, &AdaptivePanes::splitterMoved, this, &WindowLayout::remember);
    connect(parts.panel.splitter(), &QSplitter::splitterMoved, this, &WindowLayout::remember);
    connect(&parts.panel, &TaskPanel::viewChanged, this, &WindowLayout::remember);
    parts.window.installEventFilter(this);
}

void WindowLayout::restore()
{
    QMainWindow &window = m_parts.window;
    if (!window.restoreGeometry(m_memory.geometry))
        window.resize(1280, 800);
    fitToScreen();
    m_parts.sidebar.restoreState(m_memory.sidebarSplitter);
    m_parts.sidebar.setSidebarVisible(m_memory.isSidebarVisible);
    m_parts.actions.setSidebarChecked(m_memory.isSidebarVisible);
    m_parts.panes.restoreState(m_memory.splitter);
    m_parts.panel.splitter()->restoreState(m_memory.panelSplitter);
    m_parts.panel.restoreView(m_memory.panelView);
    m_parts.panes.setPanelVisible(m_memory.isPanelVisible);
    m_parts.actions.setPanelChecked(m_memory.isPanelVisible);
}

// What was remembered may be of a larger screen, or of another scale.
void WindowLayout::fitToScreen()
{
    QMainWindow &window = m_parts.window;
    if (window.isMaximized() || window.isFullScreen())
        return;
    const QRect available = window.screen()->availableGeometry();
    const QSize most = available.size() - kRoomForTheFrame;
    if (window.width() > most.width() || window.height() > most.height())
        window.resize(window.size().boundedTo(most));
    const QSize framed = window.size() + kRoomForTheFrame;
    const QPoint last = available.bottomRight() - QPoint(framed.width(), framed.height());
    const QPoint place(std::clamp(window.x(), available.left(), std::max(available.left(), last.x())),
        std::clamp(window.y(), available.top(), std::max(available.top(), last.y())));
    if (place != window.pos())
        window.move(place);
}

void WindowLayout::remember()
{
    if (!m_parts.window.isVisible())
        return;
    m_memory.geometry = m_parts.window.saveGeometry();
    m_memory.sidebarSplitter = m_parts.sidebar.saveState();
    if (!m_parts.sidebar.isNarrow())
        m_memory.isSidebarVisible = m_parts.sidebar.isSidebarVisible();
    m_memory.splitter = m_parts.panes.saveState();
    m_memory.panelSplitter = m_parts.panel.splitter()->saveState();
    m_memory.panelView = m_parts.panel.saveView();
    if (!m_parts.panes.isNarrow())
        m_memory.isPanelVisible = m_parts.panes.isPanelVisible();
    m_file.save(m_memory);
}

bool WindowLayout::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move || event->type() == QEvent::Close)
        remember();
    return QObject::eventFilter(watched, event);
}

} // namespace Meanwhile::Ui
