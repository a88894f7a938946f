// SPDX-License-Identifier: MIT
#include "agent/agentmachine.h"

#include "conversation/ending.h"

#include <algorithm>

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;
using namespace Conversation;
using How = TurnEnded::How;

namespace {

// A model that makes no progress ten times in a row does not recover, and each answer costs money.
constexpr int kMostAnswersInVain = 10;

/// The call waited for a task, which Stop has ended as well.
Tools::ToolOutcome stoppedOutcome(const QString &taskId)
{
    auto outcome = Tools::ToolOutcome::error(
        taskId.isEmpty()
            ? u"The person pressed Stop before this call ended. It may have had effects; check before repeating it."_s
            : u"The person pressed Stop: the command, task %1, is ended with everything it started. Do not "
              u"start it again unless the person asks."_s.arg(taskId),
        CallEnd::Stopped);
    outcome.taskId = taskId;
    outcome.continues = !taskId.isEmpty();
    return outcome;
}

/// Whether a restore is recorded after the last user message.
bool endsWithRestore(const History &history)
{
    const QVector<Message> &messages = history.messages();
    const auto isUser = [](const Message &message) { return message.role == Role::User; };
    const auto lastUser = std::find_if(messages.rbegin(), messages.rend(), isUser);
    return std::any_of(messages.rbegin(), lastUser, [](const Message &message) {
        return std::any_of(message.content.begin(), message.content.end(),
            [](const ContentBlock &block) { return std::holds_alternative<RestoreBlock>(block); });
    });
}

QString restoredText()
{
    return u"(The person has put files of the project back to an earlier state. What you read or wrote "
           u"before this "
           u"may no longer hold; read a file again before you rely on it.)"_s;
}

/// Whether the last turn ended for a reason that another try may overcome.
bool mayContinue(const History &history)
{
    const QVector<Message> &messages = history.messages();
    for (auto last = messages.rbegin(); last != messages.rend(); ++last) {
        const auto ending = endingOf(*last);
        if (ending || last->role != Role::Record)
            return ending && ending->canContinue;
    }
    return false;
}

} // namespace

AgentMachine::AgentMachine(MachineOptions options, History history, EarlierRun earlier)
    : m_options(std::move(options))
    , m_history(std::move(history))
    , m_request(earlier.requests)
    , m_repeated(earlier.requests)
    , m_messageCount(std::max<qint64>(m_history.size(), earlier.messages))
    , m_quiet(m_history.isEmpty() && earlier.untold.isEmpty() ? Quiet::No : Quiet::Dormant)
    , m_earlier(std::move(earlier))
    , m_wakes(m_options.wakesPerHour)
{
    recallDeliveries();
    m_isRestoreUntold = endsWithRestore(m_history);
    for (auto known = m_earlier.deliveries.cbegin(); known != m_earlier.deliveries.cend(); ++known)
        m_news.recall(known.key(), known.value());
    for (const Store::QueuedWords &words : std::exchange(m_earlier.queued, {}))
        m_queued.append({words.id, words.text, words.images});
    m_deliveries.changes(m_news, deliveryBlocks());
}

// News that an earlier run has put into a message counts as delivered, even when the outbox still holds it.
// It counts as accepted only if an answer follows the message.
void AgentMachine::recallDeliveries()
{
    const QVector<Message> &messages = m_history.messages();
    qsizetype lastAnswer = messages.size() - 1;
    while (lastAnswer >= 0 && messages.at(lastAnswer).role != Role::Assistant)
        --lastAnswer;
    for (qsizetype i = 0; i < messages.size(); ++i) {
        for (const ContentBlock &block : messages.at(i).content) {
            if (const auto *call = std::get_if<ToolCallBlock>(&block))
                m_callIds.note(call->id);
            const QVector<NewsId> told = newsToldBy(block);
            for (const NewsId &id : told)
                m_news.deliverByAnswer(id, i < lastAnswer ? 0 : m_request + 1);
            if (i > lastAnswer)
                m_carriedNews += told;
        }
    }
    if (lastAnswer >= 0)
        m_news.accept(0, messages.at(lastAnswer).time);
}

void AgentMachine::setModel(const QString &provider, const QString &model)
{
    m_options.provider = provider;
    m_options.model = model;
}

MachineEffects AgentMachine::step(const MachineEvent &event, const Moment &moment)
{
    m_moment = moment;
    m_effects.clear();
    std::visit([this](const auto &e) { on(e); }, event);
    const QVector<TaskDelivery> changed = m_deliveries.changes(m_news, deliveryBlocks());
    if (!changed.isEmpty())
        tell(DeliveriesChanged{changed});
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
    tell(MessageQueued{event.id, event.text, event.images});
    if (m_phase == Phase::RunningCalls)
        interruptCalls(Tools::Interrupt::PersonWrote);
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
        m_effects.append(CancelRequest{m_request});
        keepPartial(Completeness::Broken); // of the previous try
        break;
    case Phase::Streaming:
        m_effects.append(CancelRequest{m_request});
        tell(ResponseEnded{m_request, StopReason::Other, false, {}});
        keepPartial(Completeness::Stopped);
        break;
    case Phase::WaitingToRetry:
        m_effects.append(ClearRetry{});
        keepPartial(Completeness::Broken);
        break;
    case Phase::Compacting:
        m_effects.append(CancelCompaction{m_context.compaction});
        m_context.hasCompacted = false;
        break;
    case Phase::RunningCalls:
        interruptCalls(Tools::Interrupt::PersonStopped);
        for (qsizetype i = m_currentCall; i < m_calls.size(); ++i) {
            OpenCall &open = m_calls[i];
            if (open.ended)
                continue;
            open.ended = true;
            open.outcome = stoppedOutcome(open.taskId);
            if (!open.begun)
                open.outcome.end = CallEnd::NotBegun;
            m_runningTasks.remove(open.taskId);
            m_servers.remove(open.taskId);
            tell(ToolCallEnded{open.call.id, open.call.name, open.outcome});
        }
        break;
    }
    // A queued result would wake the agent right after the person has stopped it.
    m_quiet = Quiet::Held;
    m_context.isCompactionWanted = false;
    endTurn(StopReason::Other, How::StoppedByPerson);
}

void AgentMachine::on(const PersonRetried &)
{
    if (m_phase == Phase::WaitingToRetry) {
        m_effects.append(ClearRetry{});
        m_options.retries.restart(); // the person decides, whatever the number of failures
        sendAgain();
        return;
    }
    if (m_phase != Phase::Idle)
        return;
    if (m_wakes.isOverBudget())
        m_wakes.forgetWakes();
    if (isUnanswered() || mayContinue(m_history) || !m_queued.isEmpty() || !m_news.isEmpty())
        beginTurn(true);
    else if (m_history.size() < m_context.noCompactionUntil)
        on(PersonAskedToCompact{}); // nothing else has failed
}

bool AgentMachine::isUnanswered() const
{
    const auto &messages = m_history.messages();
    const auto last = std::find_if(
        messages.rbegin(), messages.rend(), [](const Message &m) { return m.role != Role::Record; });
    return (last != messages.rend() &&
               (last->role == Role::User || last->completeness == Completeness::Broken ||
                   saysNothing(*last))) ||
           !m_history.openCalls().isEmpty();
}

void AgentMachine::on(const PersonTyping &event)
{
    m_typing = event.typing;
    if (m_phase == Phase::Idle)
        scheduleWake();
}

// ---- tools

void AgentMachine::runNextCalls()
{
    while (m_currentCall < m_calls.size() && m_calls.at(m_currentCall).ended)
        ++m_currentCall;
    for (qsizetype i = m_currentCall; i < m_calls.size(); ++i) {
        OpenCall &open = m_calls[i];
        if (i > m_currentCall && !(open.onlyReads && m_calls.at(m_currentCall).onlyReads))
            return;
        if (!std::exchange(open.begun, true))
            m_effects.append(RunCall{open.call});
    }
    if (m_currentCall < m_calls.size())
        return;
    if (isStuck())
        endTurn(StopReason::ToolUse, How::EndedBadly, EndBlock::Why::NoProgress);
    else
        sendRequest();
}

OpenCall *AgentMachine::runningCall(const QString &id)
{
    const auto found = std::find_if(m_calls.begin(), m_calls.end(),
        [&](const OpenCall &open) { return open.call.id == id && open.isRunning(); });
    return m_phase != Phase::RunningCalls || found == m_calls.end() ? nullptr : &*found;
}

void AgentMachine::interruptCalls(Tools::Interrupt reason)
{
    for (const OpenCall &open : std::as_const(m_calls)) {
        if (open.isRunning())
            m_effects.append(InterruptCall{open.call.id, reason});
    }
}

void AgentMachine::refuseOpenCalls(const QString &reason)
{
    for (OpenCall &open : m_calls) {
        if (open.ended)
            continue;
        open.ended = true;
        open.outcome = Tools::ToolOutcome::error(reason, CallEnd::Refused);
        tell(ToolCallEnded{open.call.id, open.call.name, open.outcome});
    }
}

void AgentMachine::on(const CallStarted &event)
{
    if (runningCall(event.callId))
        tell(ToolCallStarted{event.callId});
}

void AgentMachine::on(const CallEnded &event)
{
    // A result that comes late, or for an unknown call, is dropped. News in it is not marked as delivered and
    // stays queued.
    OpenCall *running = runningCall(event.callId);
    if (!running)
        return;
    OpenCall &open = *running;
    open.ended = true;
    open.outcome = event.outcome;
    if (!open.outcome.isError)
        m_answersInVain = 0;
    // News that an earlier message holds is not counted as delivered by this answer.
    QVector<NewsId> told;
    for (const NewsId &id : std::as_const(open.outcome.toldNews)) {
        if (m_news.delivery(id).state <= Tasks::Delivery::State::Queued && !told.contains(id))
            told += id;
    }
    for (const NewsId &id : std::as_const(told))
        m_news.deliverByAnswer(id, m_request + 1);
    open.outcome.toldNews = told;
    tell(ToolCallEnded{open.call.id, open.call.name, open.outcome});
    runNextCalls();
}

bool AgentMachine::isAtLimit() const
{
    return m_options.maxRequests > 0 && m_request - m_repeated >= m_options.maxRequests;
}

// ---- files

void AgentMachine::on(const FilesRestored &event)
{
    m_restores.append(event.what);
    if (m_phase == Phase::Idle)
        recordRestores();
}

// Never between a request and its answer.
void AgentMachine::recordRestores()
{
    for (const RestoreBlock &restore : std::exchange(m_restores, {})) {
        appendRecord(restore);
        m_isRestoreUntold = true;
    }
}

// ---- turns and requests

void AgentMachine::beginTurn(bool byPerson)
{
    if (std::exchange(m_wakePending, false))
        m_effects.append(ClearWake{});
    m_quiet = Quiet::No;
    m_wakes.settle();
    m_hasFailed = false;
    m_options.retries.restart();
    tell(TurnStarted{byPerson});
    sendRequest();
}

void AgentMachine::sendRequest()
{
    if (isAtLimit() && !m_isRepeat) {
        endTurn(StopReason::Other, How::Done, EndBlock::Why::RequestLimit);
        return;
    }
    if (m_isRepeat && (!m_queued.isEmpty() || !m_news.isEmpty()))
        keepPartial(Completeness::Broken); // so that it stands before the new message
    QVector<NewsId> carried;
    if (appendUserMessage(&carried))
        m_options.retries.bodyChanged();
    m_unsentNews += carried;
    m_carriedNews += carried;
    if (mayCompactNow())
        startCompaction(AfterCompaction::OpenRequest);
    else
        openRequest();
}

void AgentMachine::openRequest()
{
    m_phase = Phase::Requesting;
    m_repeated += std::exchange(m_isRepeat, false);
    m_effects.append(SendRequest{++m_request, std::exchange(m_unsentNews, {})});
}

// Tool results first, then the person's words, then the results of tasks.
bool AgentMachine::appendUserMessage(QVector<NewsId> *carried)
{
    Message message;
    message.role = Role::User;
    for (const OpenCall &open : std::as_const(m_calls)) {
        message.content.append(Tools::resultOf(open.call.id, open.outcome));
        m_carriedNews += open.outcome.toldNews;
        m_carriedByAnswer += open.outcome.toldNews;
    }
    if (m_calls.isEmpty())
        answerEarlierCalls(message);
    m_calls.clear();
    recordRestores();
    if (std::exchange(m_isRestoreUntold, false))
        message.content.append(NewsBlock{{}, restoredText()});
    const QVector<PersonSaid> queued = std::exchange(m_queued, {});
    if (!queued.isEmpty())
        m_answersInVain = 0;
    for (const PersonSaid &said : queued) {
        for (const ImageBlock &image : said.images)
            message.content.append(image);
        if (!said.text.isEmpty() || said.images.isEmpty())
            message.content.append(TextBlock{said.text});
        tell(QueuedMessageRemoved{said.id});
    }
    if (carried && !m_news.isEmpty()) {
        const QVector<Tasks::News> news = m_news.take(m_request + 1);
        for (const Tasks::News &one : news)
            carried->append(one.id);
        m_answersInVain = 0;
        message.content.append(NewsBlock{*carried, Tasks::renderNews(news)});
    }
    if (message.content.isEmpty())
        return false;
    append(std::move(message));
    return true;
}

// Calls of an earlier run of the program that never got an answer.
void AgentMachine::answerEarlierCalls(Message &message)
{
    for (const ToolCallBlock &call : m_history.openCalls()) {
        const ToolResultBlock result = m_earlier.resultOf(call);
        for (const NewsId &id : result.toldNews)
            m_news.deliverByAnswer(id, m_request + 1);
        m_carriedNews += result.toldNews;
        m_carriedByAnswer += result.toldNews;
        message.content.append(result);
    }
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

// Whether the model makes no progress and neither a message nor news is queued that may help it.
bool AgentMachine::isStuck() const
{
    return m_answersInVain >= kMostAnswersInVain && m_queued.isEmpty() && m_news.isEmpty();
}

void AgentMachine::endTurn(StopReason reason, How how, std::optional<EndBlock::Why> why)
{
    // Results of calls that will not be followed by a request now still belong to the history, or it could
    // not be sent again. What the person typed meanwhile stays queued and goes in with the next request.
    if (!m_calls.isEmpty()) {
        const QVector<PersonSaid> queued = std::exchange(m_queued, {});
        appendUserMessage(nullptr);
        m_queued = queued;
    }
    recordRestores();
    if (how == How::StoppedByPerson)
        appendRecord(EndBlock{EndBlock::Why::Stopped, 0});
    else if (why)
        appendRecord(EndBlock{*why, m_answersInVain});
    m_phase = Phase::Idle;
    m_partialText.clear();
    m_partialThinking.clear();
    m_hasFailed = how == How::Failed;
    m_answersInVain = 0;
    m_isRepeat = false;
    const int serving = int(m_servers.size());
    tell(TurnEnded{reason, how, runningTasks() - serving, serving});
    scheduleWake();
}

} // namespace Meanwhile::Agent
