// SPDX-License-Identifier: MIT
#include "app/window/loadedsession.h"

#include <utility>

namespace Meanwhile::App {

namespace {

constexpr std::chrono::milliseconds kDeliveriesInterval{50};

bool changesDeliveries(const Agent::AgentEvent &event)
{
    using namespace Agent;
    return std::holds_alternative<TurnStarted>(event) || std::holds_alternative<RequestSent>(event) ||
           std::holds_alternative<ResponseStarted>(event) || std::holds_alternative<RetryScheduled>(event) ||
           std::holds_alternative<ToolCallEnded>(event) || std::holds_alternative<TurnEnded>(event);
}

/// Title, time or what waits in it.
bool changesSummary(const Agent::AgentEvent &event)
{
    const auto *added = std::get_if<Agent::MessageAdded>(&event);
    return (added && added->message.role == Conversation::Role::User) ||
           std::holds_alternative<Agent::TurnEnded>(event);
}

} // namespace

LoadedSession::LoadedSession(Program &program, Llm::LlmClient &client, Session::Start start)
    : m_session(program, client, std::move(start))
    , m_transcript(program.clock)
    , m_taskTable(program.clock)
{
    m_transcript.load(m_session.controller().history(), m_session.controller().earlierResults());
    for (const Agent::MessageQueued &words : m_session.controller().queued())
        m_transcript.handle(words);
    m_deliveries.setSingleShot(true);
    m_deliveries.setInterval(kDeliveriesInterval);
    connect(&m_deliveries, &QTimer::timeout, this, [this] {
        if (m_isDeliveryNews)
            refreshDeliveriesSoon();
    });
    connectAgent();
    connectTasks();
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
        if (const auto *asked = std::get_if<Agent::ApprovalAsked>(&event))
            m_questions.insert(asked->callId);
        else if (const auto *settled = std::get_if<Agent::ApprovalSettled>(&event))
            m_questions.remove(settled->callId);
        else if (std::holds_alternative<Agent::TurnEnded>(event))
            m_questions.clear();
        if (changesDeliveries(event))
            refreshDeliveriesSoon();
        if (changesSummary(event))
            emit summaryChanged();
        emit stateChanged();
    });
    for (const auto signal :
        {&Agent::AgentController::pendingWorkChanged, &Agent::AgentController::personTypingChanged})
        connect(&controller, signal, this, [this] {
            refreshDeliveriesSoon();
            emit stateChanged();
        });
}

void LoadedSession::connectTasks()
{
    Tasks::TaskManager *tasks = &m_session.tasks();
    const QVector<Tasks::Task> known = tasks->tasks();
    for (const Tasks::Task &task : known) {
        m_taskTable.addOrUpdate(task);
        m_transcript.handleTask(task);
        if (task.hasEnded())
            refreshDelivery(task.id);
    }
    m_transcript.showRunningTasks();
    refreshDeliveries();
    connect(tasks, &Tasks::TaskManager::added, this, &LoadedSession::showTask);
    connect(tasks, &Tasks::TaskManager::changed, this, &LoadedSession::showTask);
    connect(&m_session.controller(), &Agent::AgentController::taskEnded, this, &LoadedSession::showTask);
}

void LoadedSession::showTask(const Tasks::Task &task)
{
    m_taskTable.addOrUpdate(task);
    m_transcript.handleTask(task);
    if (task.hasEnded()) {
        refreshDelivery(task.id);
        refreshDeliveriesSoon(); // the others wait for something else now
    }
    emit stateChanged();
}

void LoadedSession::refreshDelivery(const QString &taskId)
{
    const Agent::AgentController &controller = m_session.controller();
    const Tasks::Delivery delivery = controller.notifications().delivery(taskId);
    m_taskTable.setDelivery(taskId, delivery, controller.deliveryBlock(taskId));
    if (delivery.state == Tasks::Delivery::State::Queued ||
        delivery.state == Tasks::Delivery::State::InRequest)
        m_onTheWay.insert(taskId);
    else
        m_onTheWay.remove(taskId);
}

void LoadedSession::refreshDeliveries()
{
    // What is under way changes, and what the table still shows so; all the others stay as they are.
    const QSet<QString> shown = m_onTheWay | m_session.controller().notifications().underWay();
    for (const QString &taskId : shown)
        refreshDelivery(taskId);
}

// At once, and then not again for a moment: a thousand tasks that end together are told a few times.
void LoadedSession::refreshDeliveriesSoon()
{
    m_isDeliveryNews = m_deliveries.isActive();
    if (m_isDeliveryNews)
        return;
    refreshDeliveries();
    m_deliveries.start();
}

} // namespace Meanwhile::App
