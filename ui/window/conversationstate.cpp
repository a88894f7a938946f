// SPDX-License-Identifier: MIT
#include "ui/window/conversationstate.h"

#include "base/overloaded.h"
#include "base/textlimits.h"
#include "ui/widgets/costtext.h"

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

// One and many are two strings, so that English needs no translation file of its own.
QString countedTasks(int count)
{
    return count == 1 ? ConversationState::tr("1 task") : ConversationState::tr("%n tasks", nullptr, count);
}

bool ConversationState::handle(const Agent::AgentEvent &event)
{
    return std::visit(
        Overloaded{
            [this](const Agent::TurnStarted &) {
                m_working = true;
                m_isStopped = m_isHeld = false;
                m_turn = {};
                return true;
            },
            [this](const Agent::TurnEnded &ended) {
                m_working = false;
                m_isStopped = m_isHeld = ended.how == Agent::TurnEnded::How::StoppedByPerson;
                m_retrying = false;
                m_approvals.clear();
                return true;
            },
            [this](const Agent::RetryScheduled &) {
                m_retrying = true;
                return true;
            },
            [this](const Agent::RequestSent &) { return std::exchange(m_retrying, false); },
            [this](const Agent::ApprovalAsked &asked) {
                m_approvals += asked;
                return true;
            },
            [this](const Agent::ApprovalSettled &settled) {
                return m_approvals.removeIf(
                           [&](const auto &asked) { return asked.callId == settled.callId; }) > 0;
            },
            [this](const Agent::MessageQueued &message) {
                m_queued += message;
                return true;
            },
            [this](const Agent::QueuedMessageRemoved &removed) {
                return m_queued.removeIf([&](const auto &message) { return message.id == removed.id; }) > 0;
            },
            [this](const Agent::ResponseEnded &ended) {
                m_session += ended.usage;
                m_turn += ended.usage;
                if (ended.usage.promptTokens() > 0)
                    m_last = ended.usage;
                return true;
            },
            [this](const Agent::MessageAdded &added) { return count(added.message); },
            [](const OneOf<Agent::ResponseStarted, Agent::TextStreamed, Agent::ThinkingStreamed,
                Agent::ToolCallAnnounced, Agent::ToolCallMade, Agent::ToolCallStarted, Agent::ToolCallEnded,
                Agent::NewsDelivered, Agent::DeliveriesChanged, Agent::SilenceChanged,
                Agent::CompactionStarted, Agent::Failed> auto &) { return false; },
        },
        event);
}

// Making room costs tokens as well; they are not what the model reads from then on.
bool ConversationState::count(const Conversation::Message &message)
{
    bool any = false;
    for (const Conversation::ContentBlock &block : message.content) {
        if (const auto *made = std::get_if<Conversation::CompactionBlock>(&block)) {
            m_session += made->usage;
            m_turn += made->usage;
            m_last = {}; // nobody has counted what is left
            any = true;
        }
    }
    return any;
}

QString ConversationState::placeholder() const
{
    if (!m_approvals.isEmpty()) // its bar says what is waited for
        return tr("Message Meanwhile");
    if (m_retrying)
        return tr("Retrying… Your message will be sent with the next attempt.");
    if (m_working)
        return tr("Working… Your message will be sent with the next step.");
    if (m_awaitedTasks > 0 && !m_isHeld)
        return tr("Message Meanwhile. It is waiting for %1.").arg(countedTasks(m_awaitedTasks));
    return tr("Message Meanwhile");
}

QString ConversationState::tasksText() const
{
    if (m_runningTasks == 0)
        return {};
    return m_runningTasks == 1 ? tr("1 task running") : tr("%n tasks running", nullptr, m_runningTasks);
}

QString ConversationState::waitingText() const
{
    if (!m_approvals.isEmpty())
        return tr("Waiting for your answer");
    if (m_retrying)
        return tr("Waiting to try again");
    if (m_copying.second > 0) {
        return tr("Copying the project's files, %1 of %2")
            .arg(formatCount(m_copying.first), formatCount(m_copying.second));
    }
    if (m_working)
        return tr("Working");
    if (m_isStopped)
        return tr("Stopped");
    return m_awaitedTasks > 0 && !m_isHeld ? tr("Waiting for %1").arg(countedTasks(m_awaitedTasks))
                                           : QString();
}

QString ConversationState::tokensText() const
{
    const QString session = usageText(m_session);
    if (session.isEmpty() || m_turn == m_session)
        return session;
    const QString turn = usageText(m_turn);
    if (turn.isEmpty()) // its first answer is still to come
        return tr("Session %1").arg(session);
    return tr("Turn %1   Session %2").arg(turn, session);
}

} // namespace Meanwhile::Ui
