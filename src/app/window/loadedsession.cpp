// SPDX-License-Identifier: MIT
#include "app/window/loadedsession.h"

#include "base/overloaded.h"

#include <utility>

namespace Meanwhile::App {

LoadedSession::LoadedSession(Program &program, Llm::LlmClient &client, Session::Start start)
    : m_session(program, client, std::move(start))
    , m_transcript(m_session.tools().presentations(), program.clock)
    , m_taskTable(program.clock)
{
    m_transcript.load(m_session.controller().history(), m_session.controller().earlierResults());
    for (const Agent::MessageQueued &words : m_session.controller().queued())
        m_transcript.handle(words);
    connectAgent();
    connectTasks();
    connect(&m_session.tools(), &Tools::ToolRegistry::changed, this,
        [this] { m_transcript.setTools(m_session.tools().presentations()); });
    // Found on whichever thread touched the folder.
    m_session.project().setLostHandler([this](const Error &) {
        QMetaObject::invokeMethod(this, &LoadedSession::folderLost, Qt::QueuedConnection);
    });
}

LoadedSession::~LoadedSession()
{
    m_session.project().setLostHandler({});
}

bool LoadedSession::isEmpty()
{
    return m_session.controller().history().isEmpty() && m_session.tasks().tasks().isEmpty();
}

bool LoadedSession::isBusy()
{
    return m_session.controller().isWorking() || m_session.tasks().liveCount() > 0;
}

Models::SessionState LoadedSession::state()
{
    using Models::SessionState;
    const Agent::AgentController &controller = m_session.controller();
    const Store::SessionMark mark = m_session.marker().mark();
    if (mark == Store::SessionMark::Failed)
        return SessionState::Failed;
    if (!m_questions.isEmpty())
        return SessionState::WaitsForApproval;
    return !controller.pendingWork().isEmpty()    ? SessionState::WaitsForPerson
           : controller.isWorking()               ? SessionState::Working
           : mark == Store::SessionMark::Finished ? SessionState::Finished
           : m_session.tasks().liveCount() > 0    ? SessionState::TasksRun
                                                  : SessionState::AtRest;
}

void LoadedSession::setShown(bool isShown)
{
    const Models::SessionState before = state();
    m_session.marker().setShown(isShown);
    if (state() != before)
        emit stateChanged();
}

void LoadedSession::connectAgent()
{
    Agent::AgentController &controller = m_session.controller();
    connect(&controller, &Agent::AgentController::happened, this, [this](const Agent::AgentEvent &event) {
        m_transcript.handle(event);
        if (Agent::isPiece(event))
            return;
        note(event);
        emit stateChanged();
    });
    for (const auto signal :
        {&Agent::AgentController::pendingWorkChanged, &Agent::AgentController::personTypingChanged})
        connect(&controller, signal, this, &LoadedSession::stateChanged);
}

// The summary is its title, its time and what waits in it.
void LoadedSession::note(const Agent::AgentEvent &event)
{
    using namespace Agent;
    std::visit(Overloaded{
                   [this](const MessageAdded &e) {
                       if (e.message.role == Conversation::Role::User)
                           emit summaryChanged();
                   },
                   [this](const ApprovalAsked &e) { m_questions.insert(e.callId); },
                   [this](const ApprovalSettled &e) { m_questions.remove(e.callId); },
                   [this](const DeliveriesChanged &e) { showDeliveries(e.tasks); },
                   [this](const TurnEnded &) {
                       m_questions.clear();
                       emit summaryChanged();
                   },
                   [](const OneOf<RequestSent, ResponseStarted, TextStreamed, ThinkingStreamed,
                       ToolCallAnnounced, ResponseEnded, ToolCallMade, ToolCallStarted, ToolCallEnded,
                       MessageQueued, QueuedMessageRemoved, NewsDelivered, RetryScheduled, SilenceChanged,
                       CompactionStarted, TurnStarted, Failed> auto &) {},
               },
        event);
}

void LoadedSession::connectTasks()
{
    Tasks::TaskManager *tasks = &m_session.tasks();
    const QVector<Tasks::Task> known = tasks->tasks();
    for (const Tasks::Task &task : known) {
        m_taskTable.addOrUpdate(task);
        m_transcript.handleTask(task);
    }
    m_transcript.showRunningTasks();
    showDeliveries(m_session.controller().deliveries());
    connect(tasks, &Tasks::TaskManager::added, this, &LoadedSession::showTask);
    connect(tasks, &Tasks::TaskManager::changed, this, &LoadedSession::showTask);
    connect(&m_session.controller(), &Agent::AgentController::taskEnded, this, &LoadedSession::showTask);
}

void LoadedSession::showTask(const Tasks::Task &task)
{
    m_taskTable.addOrUpdate(task);
    m_transcript.handleTask(task);
    emit stateChanged();
}

void LoadedSession::showDeliveries(const QVector<Agent::TaskDelivery> &tasks)
{
    for (const Agent::TaskDelivery &task : tasks)
        m_taskTable.setDelivery(task.taskId, task.delivery, task.block);
}

} // namespace Meanwhile::App
