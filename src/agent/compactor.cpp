// SPDX-License-Identifier: MIT
#include "agent/compactor.h"

#include "agent/requestbuilder.h"

namespace Meanwhile::Agent {

using namespace Conversation;

static constexpr int kMaxAttempts = 3;

void Compactor::start(Llm::LlmClient &client, Job job)
{
    cancel();
    m_client = &client;
    m_job = std::move(job);
    m_attempt = 0;
    m_usage = {};
    ask();
}

void Compactor::cancel()
{
    if (!m_stream)
        return;
    m_stream->disconnect(this);
    m_stream->deleteLater();
    m_stream = nullptr;
}

void Compactor::ask()
{
    Llm::LlmRequest request =
        summaryRequest(m_job.history, m_job.keepFrom, m_job.model, m_job.windowTokens, m_attempt);
    request.generation = nextGeneration();
    m_stream = m_client->send(request, this);
    connect(m_stream, &Llm::LlmStream::happened, this, &Compactor::take);
}

void Compactor::take(const Llm::LlmEvent &event)
{
    if (const auto *failed = std::get_if<Llm::AnswerFailed>(&event)) {
        if (Llm::isPromptTooLong(failed->error))
            askAgainOr(failed->error);
        else
            end(failure(failed->error));
        return;
    }
    const auto *completed = std::get_if<Llm::Completed>(&event);
    if (!completed)
        return;
    Conversation::Usage usage = completed->message.usage;
    usage.cost = Llm::costOf(usage, m_job.price);
    m_usage += usage;
    const QString summary = plainText(completed->message).trimmed();
    if (summary.isEmpty() || completed->message.stopReason == StopReason::Refusal) {
        askAgainOr({ErrorKind::Protocol,
            tr("The model gave no summary of the conversation. Try again, or choose another model."), {}});
        return;
    }
    end(CompactionBlock{summary, m_job.roster, m_job.keepFrom, maxWordChars(m_job.windowTokens), m_usage});
}

void Compactor::askAgainOr(const Error &error)
{
    cancel();
    if (++m_attempt < kMaxAttempts)
        ask();
    else
        end(failure(error));
}

void Compactor::end(const Result<CompactionBlock> &outcome)
{
    cancel();
    m_job = {};
    emit ended(outcome);
}

} // namespace Meanwhile::Agent
