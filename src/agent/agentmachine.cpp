// SPDX-License-Identifier: MIT
#include "agent/agentmachine.h"

#include <algorithm>

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Conversation;

namespace {

// An idle agent is woken this long after the last result of a burst, at most so long after its first.
constexpr auto kWakeAfterNewest = 20ms;
constexpr auto kWakeAfterOldest = 200ms;
// A provider that pauses for ever must not make a loop of requests.
constexpr int kMaxPausesInARow = 10;

QString interruptedText(const QString &tool)
{
    if (tool == u"bash"_s) {
        return u"The person pressed Stop, so nobody waits for this command any more. If it is still running, "
               u"it goes on as a "
               u"background task and its result will come by itself. Do not start it again unless the person asks."_s;
    }
    return u"The person pressed Stop before this call ended. It may have had effects; check before repeating it."_s;
}

bool wakes(const Tasks::Notification &notification)
{
    return notification.wake == Tasks::WakePolicy::Wake ||
           (notification.wake == Tasks::WakePolicy::OnFailure && notification.failed);
}

} // namespace

AgentMachine::AgentMachine(MachineOptions options, History history)
    : m_options(std::move(options))
    , m_history(std::move(history))
    , m_messageCount(m_history.size())
{
}

void AgentMachine::setModel(const QString &provider, const QString &model)
{
    m_options.provider = provider;
    m_options.model = model;
}

Effects AgentMachine::step(const MachineEvent &event, const Moment &moment)
{
    m_moment = moment;
    m_effects.clear();
    std::visit([this](const auto &e) { on(e); }, event);
    return std::exchange(m_effects, {});
}

// ---- the person

void AgentMachine::on(const PersonSaid &event)
{
    m_typing = false;
    m_queued.append(event);
    if (m_phase == Phase::Idle) {
        beginTurn(true);
        return;
    }
    tell(MessageQueued{event.id, event.text});
    if (m_phase == Phase::RunningCalls)
        m_effects.append(InterruptCall{m_calls.at(m_currentCall).call.id, Tools::Interrupt::PersonWrote});
}

void AgentMachine::on(const PersonWithdrew &event)
{
    if (m_queued.removeIf([&](const PersonSaid &message) { return message.id == event.id; }) > 0)
        tell(QueuedMessageRemoved{event.id});
}

void AgentMachine::on(const PersonStopped &)
{
    switch (m_phase) {
    case Phase::Idle:
        return;
    case Phase::Requesting:
    case Phase::Streaming:
        m_effects.append(CancelRequest{m_request});
        if (m_phase == Phase::Streaming)
            tell(ResponseEnded{m_request, StopReason::Other, false, {}});
        keepPartial(Completeness::Stopped);
        break;
    case Phase::RunningCalls:
        m_effects.append(InterruptCall{m_calls.at(m_currentCall).call.id, Tools::Interrupt::PersonStopped});
        for (OpenCall &open : m_calls) {
            if (open.ended)
                continue;
            open.ended = true;
            open.outcome = Tools::ToolOutcome::error(interruptedText(open.call.name));
            tell(ToolCallEnded{open.call.id, open.call.name, open.outcome});
        }
        break;
    }
    endTurn(StopReason::Other, true);
}

void AgentMachine::on(const PersonRetried &)
{
    if (m_phase != Phase::Idle)
        return;
    const auto &messages = m_history.messages();
    const bool unanswered = !messages.isEmpty() && (messages.last().role == Role::User ||
                                                       messages.last().completeness == Completeness::Broken);
    if (unanswered || !m_queued.isEmpty() || !m_notifications.isEmpty())
        beginTurn(true);
}

void AgentMachine::on(const PersonTyping &event)
{
    m_typing = event.typing;
    if (m_phase == Phase::Idle)
        scheduleWake();
}

// ---- the model

void AgentMachine::on(const AnswerEvent &event)
{
    if (event.request != m_request || (m_phase != Phase::Requesting && m_phase != Phase::Streaming))
        return; // of a request that was cancelled
    if (const auto *failed = std::get_if<Llm::Failed>(&event.event)) {
        broke(*failed);
        return;
    }
    markStarted();
    if (const auto *text = std::get_if<Llm::TextDelta>(&event.event)) {
        m_partialText += text->text;
        tell(TextStreamed{text->text});
    } else if (const auto *thinking = std::get_if<Llm::ThinkingDelta>(&event.event)) {
        tell(ThinkingStreamed{thinking->text});
    } else if (const auto *call = std::get_if<Llm::ToolCallStarted>(&event.event)) {
        tell(ToolCallAnnounced{call->id, call->name});
    } else if (const auto *completed = std::get_if<Llm::Completed>(&event.event)) {
        answered(*completed);
    }
}

void AgentMachine::markStarted()
{
    if (m_phase == Phase::Streaming)
        return;
    m_phase = Phase::Streaming;
    tell(ResponseStarted{m_request});
    m_notifications.accept(m_request, m_moment.wall);
    const QStringList told = std::exchange(m_carriedTasks, {});
    if (!told.isEmpty())
        tell(ResultsDelivered{told, m_request});
}

void AgentMachine::answered(const Llm::Completed &completed)
{
    Message message = completed.message;
    const StopReason reason = message.stopReason;
    message.role = Role::Assistant;
    message.completeness = Completeness::Complete;
    const QVector<ToolCallBlock> calls = toolCalls(message);
    const Usage usage = message.usage;
    m_partialText.clear();
    if (!message.content.isEmpty())
        append(std::move(message));
    tell(ResponseEnded{m_request, reason, true, usage});

    m_calls.clear();
    m_currentCall = 0;
    for (const ToolCallBlock &call : calls) {
        m_calls.append({call, false, {}});
        tell(ToolCallMade{call.id, call.name, call.input});
    }
    const bool atLimit = m_options.maxRequests > 0 && m_request >= m_options.maxRequests;
    m_pausesInARow = reason == StopReason::PauseTurn ? m_pausesInARow + 1 : 0;
    if (!calls.isEmpty() && reason == StopReason::ToolUse && !atLimit) {
        m_phase = Phase::RunningCalls;
        runNextCall();
        return;
    }
    if (!calls.isEmpty()) {
        refuseOpenCalls(
            atLimit
                ? u"Not run: the limit of requests for this run is reached."_s
                : u"Not run: the answer ended early (%1), so this call may be incomplete. Make it again, smaller."_s
                      .arg(nameOf(reason)));
    }
    const bool goesOn = !m_queued.isEmpty() || !m_notifications.isEmpty() ||
                        (reason == StopReason::PauseTurn && m_pausesInARow <= kMaxPausesInARow) ||
                        (reason == StopReason::MaxTokens && !calls.isEmpty());
    if (goesOn && !atLimit)
        sendRequest();
    else
        endTurn(reason, false);
}

void AgentMachine::broke(const Llm::Failed &failed)
{
    if (m_phase == Phase::Streaming)
        tell(ResponseEnded{m_request, StopReason::Other, false, {}});
    keepPartial(Completeness::Broken);
    tell(Failed{failed.error});
    endTurn(StopReason::Other, false);
}

void AgentMachine::keepPartial(Completeness completeness)
{
    const QString text = std::exchange(m_partialText, {});
    if (text.trimmed().isEmpty())
        return;
    Message message;
    message.role = Role::Assistant;
    message.completeness = completeness;
    message.content = {TextBlock{text}};
    append(std::move(message));
}

// ---- tools

void AgentMachine::runNextCall()
{
    while (m_currentCall < m_calls.size() && m_calls.at(m_currentCall).ended)
        ++m_currentCall;
    if (m_currentCall < m_calls.size())
        m_effects.append(RunCall{m_calls.at(m_currentCall).call});
    else
        sendRequest();
}

void AgentMachine::refuseOpenCalls(const QString &reason)
{
    for (OpenCall &open : m_calls) {
        if (open.ended)
            continue;
        open.ended = true;
        open.outcome = Tools::ToolOutcome::error(reason);
        tell(ToolCallEnded{open.call.id, open.call.name, open.outcome});
    }
}

void AgentMachine::on(const CallStarted &event)
{
    if (m_phase == Phase::RunningCalls && m_calls.at(m_currentCall).call.id == event.callId)
        tell(ToolCallStarted{event.callId});
}

void AgentMachine::on(const CallEnded &event)
{
    // Calls run one after another, so a late or foreign answer is never the current call's. A dropped answer
    // marks no task as told: its notification stays in the queue.
    if (m_phase != Phase::RunningCalls)
        return;
    OpenCall &open = m_calls[m_currentCall];
    if (open.ended || open.call.id != event.callId)
        return;
    open.ended = true;
    open.outcome = event.outcome;
    for (const QString &taskId : event.outcome.deliveredTasks)
        m_notifications.deliverByAnswer(taskId, m_request + 1);
    tell(ToolCallEnded{open.call.id, open.call.name, open.outcome});
    runNextCall();
}

// ---- tasks

void AgentMachine::on(const TaskStarted &event)
{
    m_runningTasks.insert(event.taskId);
}

void AgentMachine::on(const TaskEnded &event)
{
    m_runningTasks.remove(event.notification.taskId);
    if (event.notification.wake == Tasks::WakePolicy::Never)
        return;
    if (m_notifications.enqueue(event.notification, m_moment.monotonic) && m_phase == Phase::Idle)
        scheduleWake();
}

bool AgentMachine::hasWakeworthy() const
{
    const auto &queued = m_notifications.queued();
    return std::any_of(queued.cbegin(), queued.cend(), wakes);
}

void AgentMachine::scheduleWake()
{
    if (m_typing || !m_options.wakeWhenIdle || !hasWakeworthy()) {
        if (std::exchange(m_wakePending, false))
            m_effects.append(ClearWake{});
        return;
    }
    const auto now = m_moment.monotonic;
    auto due =
        std::min(m_notifications.newest() + kWakeAfterNewest, m_notifications.oldest() + kWakeAfterOldest);
    m_wakes.removeIf([&](std::chrono::milliseconds at) { return at + 1h <= now; });
    if (m_wakes.size() >= m_options.wakesPerHour)
        due = std::max(due, m_wakes.first() + 1h);
    m_wakePending = true;
    m_effects.append(SetWake{std::max(0ms, due - now)});
}

void AgentMachine::on(const WakeDue &)
{
    if (!std::exchange(m_wakePending, false) || m_phase != Phase::Idle || m_typing || !hasWakeworthy())
        return;
    m_wakes.append(m_moment.monotonic);
    beginTurn(false);
}

// ---- turns and requests

void AgentMachine::beginTurn(bool byPerson)
{
    if (std::exchange(m_wakePending, false))
        m_effects.append(ClearWake{});
    tell(TurnStarted{byPerson});
    sendRequest();
}

void AgentMachine::sendRequest()
{
    if (m_options.maxRequests > 0 && m_request >= m_options.maxRequests) {
        endTurn(StopReason::Other, false);
        return;
    }
    SendRequest request{m_request + 1, {}};
    appendUserMessage(&request.taskIds);
    m_carriedTasks += request.taskIds;
    m_request = request.number;
    m_phase = Phase::Requesting;
    m_partialText.clear();
    m_effects.append(std::move(request));
}

bool AgentMachine::appendUserMessage(QStringList *taskIds)
{
    Message message;
    message.role = Role::User;
    for (const OpenCall &open : std::as_const(m_calls))
        message.content.append(
            ToolResultBlock{open.call.id, open.outcome.text, open.outcome.isError, open.outcome.images});
    if (m_calls.isEmpty()) {
        // Calls of an earlier run of the program that never got an answer.
        for (const ToolCallBlock &call : m_history.openCalls()) {
            message.content.append(ToolResultBlock{call.id,
                u"Interrupted: the program ended while this call was under way. It may have had effects; check before repeating it."_s,
                true, {}});
        }
    }
    m_calls.clear();
    const QVector<PersonSaid> queued = std::exchange(m_queued, {});
    for (const PersonSaid &said : queued) {
        for (const ImageBlock &image : said.images)
            message.content.append(image);
        message.content.append(TextBlock{said.text});
        tell(QueuedMessageRemoved{said.id});
    }
    if (taskIds) {
        const QVector<Tasks::Notification> news = m_notifications.take(m_request + 1);
        for (const Tasks::Notification &notification : news)
            taskIds->append(notification.taskId);
        if (!news.isEmpty())
            message.content.append(NotificationBlock{*taskIds, Tasks::renderNotifications(news)});
    }
    if (message.content.isEmpty())
        return false;
    append(std::move(message));
    return true;
}

void AgentMachine::append(Message message)
{
    message.id = u"m%1"_s.arg(++m_messageCount);
    message.time = m_moment.wall;
    if (message.role == Role::Assistant) {
        message.provider = m_options.provider;
        message.model = m_options.model;
    }
    m_history.append(message);
    tell(MessageAdded{std::move(message)});
}

void AgentMachine::endTurn(StopReason reason, bool stopped)
{
    // Results of calls that will not be followed by a request now still belong to the history, or it could
    // not be sent again. What the person typed meanwhile stays queued and goes in with the next request.
    if (!m_calls.isEmpty()) {
        const QVector<PersonSaid> queued = std::exchange(m_queued, {});
        appendUserMessage(nullptr);
        m_queued = queued;
    }
    m_phase = Phase::Idle;
    m_pausesInARow = 0;
    tell(TurnEnded{reason, stopped, runningTasks()});
    scheduleWake();
}

} // namespace Meanwhile::Agent
