// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QMainWindow;

namespace Meanwhile::Ui {

class AdaptivePanes;
class SidebarPanes;
class TaskPanel;
class WindowActions;
class WindowStateFile;
struct WindowState;

/// How the window stands: its place and size, and how its parts share it. Is there again at the next start.
///
/// Not owned, must outlive it: everything.
class WindowLayout : public QObject {
    Q_OBJECT

public:
    struct Parts {
        QMainWindow &window;
        SidebarPanes &sidebar;
        AdaptivePanes &panes;
        TaskPanel &panel;
        WindowActions &actions;
    };

    WindowLayout(const Parts &parts, WindowState &memory, WindowStateFile &file);

    void remember();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void restore();
    void fitToScreen();

    Parts m_parts;
    WindowState &m_memory;
    WindowStateFile &m_file;
};

} // namespace Meanwhile::Ui
