// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace Meanwhile::Ui {

class QuitQuestion;
class Sessions;

/// Keeps the window open while tasks run in any session, until the person has decided what happens to them;
/// then closes it.
///
/// Thread: GUI thread; the question is shown and left open, and so is the window while tasks are stopped.
class QuitGuard : public QObject {
    Q_OBJECT

public:
    /// Not owned, must outlive it: the sessions.
    QuitGuard(QWidget &window, Sessions &sessions);

    /// False: not yet; the question is shown.
    bool allowsClosing();

private:
    QStringList runningCommands() const;
    void ask(const QStringList &commands);
    void stopTasks();
    void closeForGood();

    QWidget &m_window;
    Sessions &m_sessions;
    QPointer<QuitQuestion> m_question;
    int m_stopping = 0; ///< task managers that have not ended theirs yet
    bool m_isDecided = false;
};

} // namespace Meanwhile::Ui
