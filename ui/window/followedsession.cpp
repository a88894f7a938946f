// SPDX-License-Identifier: MIT
#include "ui/window/followedsession.h"

#include "agent/agentcontroller.h"
#include "checkpoints/sessioncheckpoints.h"
#include "tasks/taskmanager.h"
#include "ui/window/spokenevents.h"

namespace Meanwhile::Ui {

using Agent::AgentController;

FollowedSession::FollowedSession(const OpenSession &session, QWidget &place)
    : m_session(session)
    , m_spoken(new SpokenEvents(session, place, this))
{
    connect(session.controller, &AgentController::happened, this, [this](const Agent::AgentEvent &event) {
        if (m_state.handle(event))
            emit changed();
    });
    connect(session.controller, &AgentController::pendingWorkChanged, this, &FollowedSession::changed);
    for (const auto signal : {&Tasks::TaskManager::added, &Tasks::TaskManager::changed})
        connect(session.tasks, signal, this, &FollowedSession::noteTask);
    connect(session.controller, &AgentController::taskEnded, this, &FollowedSession::noteTask);
    if (session.checkpoints) {
        connect(session.checkpoints, &Checkpoints::SessionCheckpoints::copying, this,
            [this](qint64 done, qint64 total) {
                m_state.setCopying(done, total);
                emit changed();
            });
    }
    replay();
}

// What was said before it was followed.
void FollowedSession::replay()
{
    const QVector<Conversation::Message> &messages = m_session.controller->history().messages();
    for (const Conversation::Message &message : messages) {
        m_state.handle(Agent::MessageAdded{message});
        m_state.handle(Agent::ResponseEnded{.usage = message.usage});
    }
    for (const Agent::MessageQueued &words : m_session.controller->queued())
        m_state.handle(words);
    const QVector<Tasks::Task> known = m_session.tasks->tasks();
    for (const Tasks::Task &task : known) {
        if (!task.hasEnded())
            m_running.insert(task.id, !task.ports.isEmpty());
    }
    countTasks();
}

bool FollowedSession::isOf(const OpenSession &session) const
{
    return m_session.sessionId == session.sessionId && m_session.controller == session.controller;
}

void FollowedSession::setShown(bool isShown)
{
    m_spoken->setShown(isShown);
    if (!isShown)
        m_session.controller->setPersonTyping(false);
}

void FollowedSession::noteTask(const Tasks::Task &task)
{
    const QHash<QString, bool> before = m_running;
    if (task.hasEnded())
        m_running.remove(task.id);
    else
        m_running.insert(task.id, !task.ports.isEmpty());
    if (m_running == before)
        return;
    countTasks();
    emit changed();
}

void FollowedSession::countTasks()
{
    m_state.setRunningTasks(int(m_running.size()), int(m_running.keys(true).size()));
}

} // namespace Meanwhile::Ui
