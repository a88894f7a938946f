// SPDX-License-Identifier: MIT
#include "ui/window/quitguard.h"

#include "tasks/taskmanager.h"
#include "ui/ports/sessions.h"
#include "ui/window/quitquestion.h"

#include <QFutureWatcher>
#include <QWidget>

namespace Meanwhile::Ui {

QuitGuard::QuitGuard(QWidget &window, Sessions &sessions)
    : QObject(&window)
    , m_window(window)
    , m_sessions(sessions)
{
}

QStringList QuitGuard::runningCommands() const
{
    QStringList commands;
    for (const Tasks::TaskManager *tasks : m_sessions.openTasks()) {
        for (const Tasks::Task &task : tasks->liveTasks()) // with what an ended one left running
            commands += task.spec.command;
    }
    return commands;
}

bool QuitGuard::allowsClosing()
{
    const QStringList commands = m_isDecided ? QStringList() : runningCommands();
    if (!commands.isEmpty())
        ask(commands);
    return commands.isEmpty();
}

void QuitGuard::ask(const QStringList &commands)
{
    if (m_question) {
        m_question->raise();
        return;
    }
    auto *question = new QuitQuestion(commands, &m_window);
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
