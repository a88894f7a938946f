// SPDX-License-Identifier: MIT
#include "agent/agentmachine.h"
#include "agent/compaction.h"
#include "conversation/ending.h"
#include "llm/refusal.h"

#include <QCoreApplication>

// What comes from the model: an answer as it grows, its end, and its failure.

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;
using namespace Conversation;
using How = TurnEnded::How;

static Error doesNotFit(const Error &error)
{
    return {ErrorKind::TooLarge,
        QCoreApplication::translate("Meanwhile::Agent",
            "The conversation does not fit this model any more, even without older tool outputs. Choose a "
            "model "
            "with a larger context window in Settings and try again, or start a new conversation."),
        error.detail, error.httpStatus};
}

void AgentMachine::on(const AnswerEvent &event)
{
    if (event.request != m_request || (m_phase != Phase::Requesting && m_phase != Phase::Streaming))
        return; // of a request that was cancelled
    if (const auto *failed = std::get_if<Llm::AnswerFailed>(&event.event)) {
        broke(failed->error, event.refused);
        return;
    }
    markStarted();
    if (const auto *text = std::get_if<Llm::TextDelta>(&event.event)) {
        m_partialText += text->text;
        tell(TextStreamed{text->text});
    } else if (const auto *thinking = std::get_if<Llm::ThinkingDelta>(&event.event)) {
        m_partialThinking += thinking->text;
        tell(ThinkingStreamed{thinking->text});
    } else if (const auto *call = std::get_if<Llm::ToolCallBeingWritten>(&event.event)) {
        tell(ToolCallAnnounced{m_callIds.announce(call->id), call->name});
    } else if (const auto *completed = std::get_if<Llm::Completed>(&event.event)) {
        answered(*completed, event.readers);
    }
}

void AgentMachine::markStarted()
{
    if (m_phase == Phase::Streaming)
        return;
    m_phase = Phase::Streaming;
    m_partialText.clear();
    m_partialThinking.clear();
    m_context.requestAccepted();
    tell(ResponseStarted{m_request});
    m_news.accept(m_request, m_moment.wall);
    const QVector<NewsId> told = std::exchange(m_carriedNews, {});
    const QVector<NewsId> byAnswer = std::exchange(m_carriedByAnswer, {});
    if (!told.isEmpty())
        tell(NewsDelivered{told, m_request, byAnswer});
}

void AgentMachine::answered(const Llm::Completed &completed, const QStringList &readers)
{
    Message message = completed.message;
    const StopReason reason = message.stopReason;
    message.role = Role::Assistant;
    message.completeness = Completeness::Complete;
    m_callIds.giveTo(message);
    const QVector<ToolCallBlock> calls = toolCalls(message);
    const Usage usage = message.usage;
    const auto ending = endingOf(message);
    m_partialText.clear();
    m_partialThinking.clear();
    m_options.retries.restart();
    append(std::move(message));
    tell(ResponseEnded{m_request, reason, true, usage});

    m_calls.clear();
    m_currentCall = 0;
    for (const ToolCallBlock &call : calls) {
        m_calls.append({call, readers.contains(call.name)});
        tell(ToolCallMade{call.id, call.name, call.input});
    }
    const bool atLimit = isAtLimit();
    ++m_answersInVain; // reset when one of its calls succeeds
    if (!calls.isEmpty() && reason == StopReason::ToolUse && !atLimit) {
        m_phase = Phase::RunningCalls;
        runNextCalls();
        return;
    }
    if (!calls.isEmpty()) {
        refuseOpenCalls(
            atLimit
                ? u"Not run: the limit of requests for this run is reached."_s
                : u"Not run: the answer ended early (%1), so this call may be incomplete. Make it again, smaller."_s
                      .arg(nameOf(reason)));
    }
    // The model has to learn that these calls were not run, so that it can make them again.
    const bool goesOn = !m_queued.isEmpty() || !m_news.isEmpty() || reason == StopReason::PauseTurn ||
                        (!calls.isEmpty() && reason != StopReason::Refusal);
    if (goesOn && atLimit)
        endTurn(reason, How::Done, EndBlock::Why::RequestLimit);
    else if (goesOn && isStuck())
        endTurn(reason, How::EndedBadly, EndBlock::Why::NoProgress);
    else if (goesOn)
        sendRequest();
    else if (m_context.isCompactionWanted && calls.isEmpty() && canCompact(m_history))
        startCompaction(AfterCompaction::ContinueOrEnd);
    else
        endTurn(reason, ending && ending->isFailure ? How::EndedBadly : How::Done);
}

void AgentMachine::broke(const Error &error, const std::optional<OmissionBlock> &refused)
{
    if (m_phase == Phase::Streaming)
        tell(ResponseEnded{m_request, StopReason::Other, false, {}});
    m_callIds.forgetAnnounced();
    if (repair(error, refused))
        return;
    // Nothing of this answer has run: calls run only once an answer is whole, and then no failure can come.
    // The next try starts the answer from the beginning; of several broken ones, the last is kept.
    if (waitToRetry(error))
        return;
    keepPartial(Completeness::Broken);
    fail(Llm::isPromptTooLong(error) ? doesNotFit(error) : error);
    endTurn(StopReason::Other, How::Failed);
}

// The failure is recorded in the history, so that it is shown when the conversation is opened again.
void AgentMachine::fail(const Error &error)
{
    appendRecord(FailureBlock{error.kind, error.message});
    tell(Failed{error});
}

bool AgentMachine::waitToRetry(const Error &error)
{
    const auto delay = m_options.retries.delayAfter(error, m_moment.monotonic);
    if (!delay)
        return false;
    m_phase = Phase::WaitingToRetry;
    m_effects.append(SetRetry{m_request, *delay});
    tell(RetryScheduled{m_request, m_options.retries.failures() + 1, *delay, error});
    return true;
}

void AgentMachine::on(const RetryDue &event)
{
    if (m_phase == Phase::WaitingToRetry && event.request == m_request)
        sendAgain();
}

void AgentMachine::sendAgain()
{
    m_isRepeat = true;
    sendRequest();
}

void AgentMachine::keepPartial(Completeness completeness)
{
    const QString text = std::exchange(m_partialText, {});
    const QString thinking = std::exchange(m_partialThinking, {});
    m_callIds.forgetAnnounced();
    Message message;
    message.role = Role::Assistant;
    message.completeness = completeness;
    if (!thinking.trimmed().isEmpty())
        message.content.append(ThinkingBlock{thinking, {}});
    if (!text.trimmed().isEmpty())
        message.content.append(TextBlock{text});
    if (message.content.isEmpty())
        return;
    append(std::move(message));
}

} // namespace Meanwhile::Agent
