// SPDX-License-Identifier: MIT
#include "agent/agentmachine.h"
#include "conversation/ending.h"

#include <algorithm>

// The ends of tasks: when they wake an idle agent, and what they wait for otherwise.

namespace Meanwhile::Agent {

using namespace std::chrono_literals;

namespace {

// While other tasks run, whose results may come with it, an idle agent is woken this long after the last
// result of a burst, at most so long after its first; where none runs, at once.
constexpr auto kWakeAfterNewest = 20ms;
constexpr auto kWakeAfterOldest = 200ms;

bool wakes(const Tasks::Notification &notification)
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

void AgentMachine::on(const TaskEnded &event)
{
    m_runningTasks.remove(event.notification.taskId);
    m_servers.remove(event.notification.taskId);
    if (event.endedAway)
        m_endedAway.insert(event.notification.taskId);
    if (event.notification.wake == Tasks::WakePolicy::Never)
        return;
    const bool startsBurst = !hasWakeworthy();
    const bool isNews = m_notifications.enqueue(event.notification, m_moment.monotonic);
    // An answer that tells it may be known before the end is; until a message holds that answer, the outbox
    // must.
    const bool isOnlyInACall = std::any_of(m_calls.cbegin(), m_calls.cend(), [&](const OpenCall &open) {
        return open.outcome.deliveredTasks.contains(event.notification.taskId);
    });
    if (isNews || isOnlyInACall)
        m_effects.append(KeepResult{event.notification});
    if (!isNews)
        return;
    if (wakes(event.notification)) {
        m_held = false;
        m_burstEnd = m_moment.monotonic;
        if (startsBurst)
            m_burstStart = m_burstEnd;
    }
    if (m_phase == Phase::Idle)
        scheduleWake();
}

bool AgentMachine::hasWakeworthy() const
{
    const auto &queued = m_notifications.queued();
    return std::any_of(queued.cbegin(), queued.cend(), wakes);
}

void AgentMachine::scheduleWake()
{
    const bool mayWake = m_options.wakeWhenIdle && m_options.wakesPerHour > 0 && !isAtLimit();
    m_isOverBudget = false;
    if (!mayWake || m_typing || m_held || m_isDormant || !hasWakeworthy()) {
        if (std::exchange(m_wakePending, false))
            m_effects.append(ClearWake{});
        return;
    }
    const auto now = m_moment.monotonic;
    auto due = m_runningTasks.size() == m_servers.size()
                   ? m_burstEnd
                   : std::min(m_burstEnd + kWakeAfterNewest, m_burstStart + kWakeAfterOldest);
    m_wakes.removeIf([&](std::chrono::milliseconds at) { return at + 1h <= now; });
    m_isOverBudget = m_wakes.size() >= m_options.wakesPerHour;
    if (m_isOverBudget)
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

DeliveryBlock AgentMachine::deliveryBlock(const QString &taskId) const
{
    switch (m_notifications.delivery(taskId).state) {
    case Tasks::Delivery::State::None:
    case Tasks::Delivery::State::Accepted:
        return DeliveryBlock::Nothing;
    case Tasks::Delivery::State::InRequest:
        return m_phase == Phase::Idle             ? DeliveryBlock::RequestFailed
               : m_phase == Phase::WaitingToRetry ? DeliveryBlock::TriesAgain
               : m_phase == Phase::RunningCalls   ? DeliveryBlock::NextRequest // told by a call's answer
                                                  : DeliveryBlock::OnItsWay;
    case Tasks::Delivery::State::Queued:
        break;
    }
    if (m_phase != Phase::Idle)
        return DeliveryBlock::NextRequest;
    if (m_isDormant)
        return DeliveryBlock::EarlierRun;
    if (m_held)
        return DeliveryBlock::Stopped;
    if (m_typing)
        return DeliveryBlock::PersonTypes;
    if (m_isOverBudget)
        return DeliveryBlock::WakeLimit;
    return m_wakePending ? DeliveryBlock::Soon : DeliveryBlock::NextTurn;
}

PendingWork AgentMachine::pendingWork() const
{
    PendingWork left;
    left.unsent = m_phase == Phase::Idle ? int(m_queued.size()) : 0;
    if (m_isDormant || m_isOverBudget)
        left.results = int(m_notifications.size());
    const auto &queued = m_notifications.queued();
    if (m_isDormant) {
        left.endedHere = int(std::count_if(queued.cbegin(), queued.cend(),
            [&](const Tasks::Notification &news) { return !m_endedAway.contains(news.taskId); }));
    }
    left.isUnanswered = m_isDormant && isUnanswered() && !hasTurnEnded(m_history);
    left.isOverBudget = !m_isDormant && m_isOverBudget;
    return left;
}

} // namespace Meanwhile::Agent
