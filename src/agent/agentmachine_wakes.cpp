// SPDX-License-Identifier: MIT
#include "agent/agentmachine.h"
#include "conversation/ending.h"

#include <algorithm>

// The ends of tasks: when they wake an idle agent, and what they wait for otherwise.

namespace Meanwhile::Agent {

namespace {

bool wakes(const Tasks::News &notification)
{
    return notification.wake == Tasks::WakePolicy::Wake ||
           (notification.wake == Tasks::WakePolicy::OnFailure && notification.failed);
}

} // namespace

void AgentMachine::on(const TaskStarted &event)
{
    m_runningTasks.insert(event.taskId);
    if (m_phase == Phase::RunningCalls && m_calls.at(m_currentCall).call.id == event.callId)
        m_calls[m_currentCall].taskId = event.taskId;
}

void AgentMachine::on(const TaskServes &event)
{
    if (event.serves && m_runningTasks.contains(event.taskId))
        m_servers.insert(event.taskId);
    else
        m_servers.remove(event.taskId);
}

void AgentMachine::on(const TaskNews &event)
{
    hear(event.news);
}

void AgentMachine::on(const TaskEnded &event)
{
    const QString &taskId = event.news.id.taskId;
    m_runningTasks.remove(taskId);
    m_servers.remove(taskId);
    if (event.endedAway)
        m_endedAway.insert(taskId);
    hear(event.news);
}

void AgentMachine::hear(const Tasks::News &news)
{
    if (news.wake == Tasks::WakePolicy::Never)
        return;
    const bool isFirst = !hasWakeworthy();
    const bool isNew = m_news.enqueue(news);
    // A tool's answer may have delivered the news before the end is heard. The outbox holds it until that
    // answer is in a message.
    const bool isOnlyInACall = std::any_of(m_calls.cbegin(), m_calls.cend(),
        [&](const OpenCall &open) { return open.outcome.toldNews.contains(news.id); });
    if (isNew || isOnlyInACall)
        m_effects.append(KeepNews{news});
    if (!isNew)
        return;
    if (wakes(news)) {
        if (m_quiet == Quiet::Held)
            m_quiet = Quiet::No;
        m_wakes.noteNews(m_moment.monotonic, isFirst);
    }
    if (m_phase == Phase::Idle)
        scheduleWake();
}

bool AgentMachine::hasWakeworthy() const
{
    const auto &queued = m_news.queued();
    return std::any_of(queued.cbegin(), queued.cend(), wakes);
}

void AgentMachine::scheduleWake()
{
    const bool mayWake = m_options.wakeWhenIdle && m_wakes.mayEverWake() && !isAtLimit();
    m_wakes.settle();
    if (!mayWake || m_typing || m_quiet != Quiet::No || !hasWakeworthy()) {
        if (std::exchange(m_wakePending, false))
            m_effects.append(ClearWake{});
        return;
    }
    m_wakePending = true;
    const bool moreMayCome = m_runningTasks.size() > m_servers.size();
    m_effects.append(SetWake{m_wakes.delay(m_moment.monotonic, moreMayCome)});
}

void AgentMachine::on(const WakeDue &)
{
    if (!std::exchange(m_wakePending, false) || m_phase != Phase::Idle || m_typing || !hasWakeworthy())
        return;
    m_wakes.noteWake(m_moment.monotonic);
    beginTurn(false);
}

DeliveryBlock AgentMachine::deliveryBlock(const NewsId &id) const
{
    return deliveryBlocks().of(m_news.delivery(id).state);
}

DeliveryTracker::Blocks AgentMachine::deliveryBlocks() const
{
    const DeliveryBlock inRequest = m_phase == Phase::Idle             ? DeliveryBlock::RequestFailed
                                    : m_phase == Phase::WaitingToRetry ? DeliveryBlock::TriesAgain
                                    : m_phase == Phase::RunningCalls // it is in a tool's answer
                                        ? DeliveryBlock::NextRequest
                                        : DeliveryBlock::OnItsWay;
    const DeliveryBlock queued = m_phase != Phase::Idle      ? DeliveryBlock::NextRequest
                                 : m_quiet == Quiet::Dormant ? DeliveryBlock::EarlierRun
                                 : m_quiet == Quiet::Held    ? DeliveryBlock::Stopped
                                 : m_typing                  ? DeliveryBlock::PersonTypes
                                 : m_wakes.isOverBudget()    ? DeliveryBlock::WakeLimit
                                 : m_wakePending             ? DeliveryBlock::Soon
                                                             : DeliveryBlock::NextTurn;
    return {queued, inRequest};
}

PendingWork AgentMachine::pendingWork() const
{
    PendingWork left;
    const bool isDormant = m_quiet == Quiet::Dormant;
    left.unsent = m_phase == Phase::Idle ? int(m_queued.size()) : 0;
    if (isDormant || m_wakes.isOverBudget())
        left.results = int(m_news.size());
    const auto &queued = m_news.queued();
    if (isDormant) {
        left.endedHere = int(std::count_if(queued.cbegin(), queued.cend(),
            [&](const Tasks::News &news) { return !m_endedAway.contains(news.id.taskId); }));
    }
    left.isUnanswered = isDormant && isUnanswered() && !hasTurnEnded(m_history);
    left.isOverBudget = !isDormant && m_wakes.isOverBudget();
    return left;
}

} // namespace Meanwhile::Agent
