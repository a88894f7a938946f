// SPDX-License-Identifier: MIT
#pragma once

#include "notify/noticeboard.h"

namespace Meanwhile::Agent {
class AgentController;
}
namespace Meanwhile::Ui {
class MainWindow;
}

namespace Meanwhile::App {

class LoadedSession;
class WindowProgram;

/// Ties the sessions behind a window to what notifies the person, and what the person does with a notice to
/// the window and to the session that asked.
///
/// Thread: GUI thread.  Not owned, must outlive it: all that it is made with.
class WindowNotices : public QObject {
    Q_OBJECT

public:
    WindowNotices(WindowProgram &program, Ui::MainWindow &window, Notify::Notifier &notifier,
        const Clock &clock, QObject *parent = nullptr);

    Notify::NoticeBoard &board() { return m_board; }

private:
    void follow(LoadedSession &open);
    void setProject(LoadedSession &open);
    void followAgent(const QString &sessionId, Agent::AgentController &controller);
    void noteFront();
    void takeSwitches();
    void open(const QString &sessionId, const Notify::Place &place, const QString &activationToken);

    WindowProgram &m_program;
    Ui::MainWindow &m_window;
    Notify::NoticeBoard m_board;
};

} // namespace Meanwhile::App
