// SPDX-License-Identifier: MIT
#include "ui/quitguard.h"

#include "tasks/taskmanager.h"
#include "ui/shell/quitquestion.h"
#include "ui/workspace.h"

#include <QFutureWatcher>
#include <QWidget>

namespace Meanwhile::Ui {

QuitGuard::QuitGuard(QWidget &window, Sessions &sessions)
    : QObject(&window)
    , m_window(window)
    , m_sessions(sessions)
{
}

int QuitGuard::runningTasks() const
{
    qsizetype running = 0;
    for (const Tasks::TaskManager *tasks : m_sessions.openTasks())
        running += tasks->liveCount(); // with what an ended one left running
    return int(running);
}

bool QuitGuard::allowsClosing()
{
    const int running = m_isDecided ? 0 : runningTasks();
    if (running > 0)
        ask(running);
    return running == 0;
}

void QuitGuard::ask(int running)
{
    if (m_question) {
        m_question->raise();
        return;
    }
    auto *question = new QuitQuestion(running, &m_window);
    m_question = question;
    connect(question, &QuitQuestion::keepChosen, this, &QuitGuard::closeForGood);
    connect(question, &QuitQuestion::stopChosen, this, &QuitGuard::stopTasks);
    question->open();
}

void QuitGuard::stopTasks()
{
    if (m_question)
        m_question->showStopping();
    for (Tasks::TaskManager *tasks : m_sessions.openTasks()) {
        ++m_stopping;
        auto *watcher = new QFutureWatcher<void>(this);
        connect(watcher, &QFutureWatcherBase::finished, this, [this] {
            if (--m_stopping == 0)
                closeForGood();
        });
        watcher->setFuture(tasks->stopAll(Tasks::StoppedBy::Quit));
    }
}

void QuitGuard::closeForGood()
{
    m_isDecided = true;
    m_window.close();
    m_isDecided = false; // what could not be saved brings the window back
}

} // namespace Meanwhile::Ui
