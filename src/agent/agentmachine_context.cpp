// SPDX-License-Identifier: MIT
#include "agent/agentmachine.h"
#include "agent/compaction.h"
#include "llm/refusal.h"

#include <algorithm>

// Repairs of a request that would be refused: earlier messages are replaced by a summary, outputs are left
// out, or the part that the provider refused is replaced.

namespace Meanwhile::Agent {

using namespace Conversation;
using How = TurnEnded::How;

// After a compaction that failed, the next is tried when so many messages have come.
static constexpr qsizetype kMessagesToNextTry = 6;

void AgentMachine::on(const PersonAskedToCompact &)
{
    m_context.isCompactionWanted = true;
    if (m_phase != Phase::Idle)
        return;
    if (!canCompact(m_history)) {
        m_context.isCompactionWanted = false;
        return;
    }
    if (std::exchange(m_wakePending, false))
        m_effects.append(ClearWake{});
    m_quiet = Quiet::No;
    m_hasFailed = false;
    tell(TurnStarted{true});
    startCompaction(AfterCompaction::ContinueOrFail);
}

bool AgentMachine::mayCompactNow() const
{
    if (m_context.hasCompacted || !canCompact(m_history))
        return false;
    return m_context.isCompactionWanted || (m_history.size() >= m_context.noCompactionUntil &&
                                               isWindowNearlyFull(m_history, m_options.windowTokens));
}

void AgentMachine::startCompaction(AfterCompaction then)
{
    m_context.hasCompacted = true;
    m_context.then = then;
    m_phase = Phase::Compacting;
    tell(CompactionStarted{});
    m_effects.append(Compact{++m_context.compaction, firstToKeep(m_history)});
}

void AgentMachine::on(const Compacted &event)
{
    if (m_phase != Phase::Compacting || event.number != m_context.compaction)
        return; // of one that was stopped
    const bool wasWanted = std::exchange(m_context.isCompactionWanted, false);
    if (event.outcome) {
        appendRecord(*event.outcome);
    } else {
        m_context.hasCompacted = false;
        m_context.noCompactionUntil = m_history.size() + kMessagesToNextTry;
    }
    switch (m_context.then) {
    case AfterCompaction::OpenRequest:
        openRequest();
        return;
    case AfterCompaction::SendAgain:
        if (event.outcome)
            sendAgain();
        else
            continueWithoutSummary(event.outcome.error());
        return;
    case AfterCompaction::ContinueOrEnd:
    case AfterCompaction::ContinueOrFail:
        if (!event.outcome && wasWanted)
            fail(event.outcome.error());
        continueOrEnd(
            !event.outcome && m_context.then == AfterCompaction::ContinueOrFail ? How::Failed : How::Done);
        return;
    }
}

// The request is too long. Outputs are left out only if no summary can be made: this cannot be undone, while
// a failed connection may work again later.
void AgentMachine::continueWithoutSummary(const Error &error)
{
    if (waitToRetry(error))
        return;
    m_context.hasCompacted = true;
    const bool isUnusable = error.kind == ErrorKind::TooLarge || error.kind == ErrorKind::BadRequest ||
                            error.kind == ErrorKind::Protocol;
    if (isUnusable && omitOutputs()) {
        sendAgain();
        return;
    }
    fail(error);
    endTurn(StopReason::Other, How::Failed);
}

// Messages queued during the compaction are answered in this turn, whether it succeeded or not.
void AgentMachine::continueOrEnd(How how)
{
    if ((!m_queued.isEmpty() || !m_news.isEmpty()) && !isAtLimit())
        sendRequest();
    else
        endTurn(how == How::Failed ? StopReason::Other : StopReason::EndTurn, how);
}

// The person's last message is never replaced: only they may change it.
static bool hasNewestWords(const History &history, const OmissionBlock &omission)
{
    const auto isText = [](const ContentBlock &block) { return std::holds_alternative<TextBlock>(block); };
    const QVector<Message> &messages = history.messages();
    const auto newest = std::find_if(messages.rbegin(), messages.rend(), [&](const Message &message) {
        return message.role == Role::User &&
               std::any_of(message.content.begin(), message.content.end(), isText);
    });
    if (newest == messages.rend() || newest->id != omission.messageId)
        return false;
    return omission.block < 0 ||
           (omission.block < newest->content.size() && isText(newest->content.at(omission.block)));
}

// Handles a failure that a changed request may avoid: it is too long, or the provider refuses a part of it.
bool AgentMachine::repair(const Error &error, const std::optional<OmissionBlock> &refused)
{
    if (Llm::isPromptTooLong(error)) {
        if (!m_context.hasCompacted && canCompact(m_history)) {
            startCompaction(AfterCompaction::SendAgain);
            return true;
        }
        if (!omitOutputs())
            return false;
        sendAgain();
        return true;
    }
    if (!refused || hasNewestWords(m_history, *refused) || std::exchange(m_context.hasOmitted, true))
        return false;
    appendRecord(*refused);
    sendAgain();
    return true;
}

bool AgentMachine::omitOutputs()
{
    const std::optional<OmissionBlock> omission = nextToOmit(m_history);
    if (omission)
        appendRecord(*omission);
    return omission.has_value();
}

void AgentMachine::appendRecord(ContentBlock block)
{
    Message record;
    record.role = Role::Record;
    record.content = {std::move(block)};
    append(std::move(record));
}

} // namespace Meanwhile::Agent
