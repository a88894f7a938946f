// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPointer>
#include <QVector>

class QWidget;

namespace Meanwhile::Tasks {
class TaskManager;
}

namespace Meanwhile::Ui {

class QuitQuestion;

/// Keeps the window open while tasks run, until the person has said what shall become of them; then closes
/// it.
///
/// Thread: GUI thread; the question is shown and left open, and so is the window while tasks are stopped.
class QuitGuard : public QObject {
    Q_OBJECT

public:
    explicit QuitGuard(QWidget &window);

    /// One of a project that was opened; earlier ones still count.
    void watch(Tasks::TaskManager *tasks);
    /// False: it was not the time, and the question stands.
    bool allowsClosing();

private:
    int runningTasks() const;
    void ask(int running);
    void stopTasks();
    void closeForGood();

    QWidget &m_window;
    QVector<QPointer<Tasks::TaskManager>> m_tasks;
    QPointer<QuitQuestion> m_question;
    int m_stopping = 0; ///< task managers that have not ended theirs yet
    bool m_isDecided = false;
};

} // namespace Meanwhile::Ui
