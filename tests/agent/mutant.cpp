// SPDX-License-Identifier: MIT
#include "mutant.h"

#include <algorithm>

namespace Meanwhile::Testing {

using namespace Agent;
using Phase = AgentMachine::Phase;

QVector<MachineEvent> Mutant::events(const MachineEvent &event, const AgentMachine &machine)
{
    switch (m_kind) {
    case Kind::LosesAResult:
        if (std::holds_alternative<TaskEnded>(event) && strikes())
            return {};
        break;
    case Kind::LosesOtherNews:
        if (std::holds_alternative<TaskNews>(event) && strikes())
            return {};
        break;
    case Kind::TakesNewsForTheEnd:
        if (const auto *news = std::get_if<TaskNews>(&event); news && strikes()) {
            TaskNews changed = *news;
            changed.news.id = NewsId::endOf(news->news.id.taskId);
            return {changed};
        }
        break;
    case Kind::ForgetsWhatWasTold:
        if (const auto *ended = std::get_if<CallEnded>(&event); ended && strikes()) {
            CallEnded changed = *ended;
            changed.outcome.toldNews.clear();
            return {changed};
        }
        break;
    case Kind::LosesWordsAtStop:
        if (const auto *said = std::get_if<PersonSaid>(&event))
            m_queued.append(said->id);
        if (std::holds_alternative<PersonStopped>(event) && machine.phase() != Phase::Idle && strikes()) {
            QVector<MachineEvent> all{event};
            for (const QString &id : std::exchange(m_queued, {}))
                all.append(PersonWithdrew{id});
            return all;
        }
        break;
    case Kind::TrustsAFailure:
        if (const auto *answer = std::get_if<AnswerEvent>(&event)) {
            if (machine.phase() == Phase::Requesting &&
                std::holds_alternative<Llm::AnswerFailed>(answer->event) && strikes())
                return {AnswerEvent{answer->request, Llm::AnswerStarted{}}, event};
        }
        break;
    case Kind::RetriesTheFinal:
        if (const auto *answer = std::get_if<AnswerEvent>(&event)) {
            const auto *failed = std::get_if<Llm::AnswerFailed>(&answer->event);
            if (failed && failed->error.httpStatus == 400 && strikes())
                return {AnswerEvent{answer->request, Llm::AnswerFailed{{ErrorKind::Network, {}, {}}}}};
        }
        break;
    case Kind::TakesErrorsForSuccess:
        if (const auto *ended = std::get_if<CallEnded>(&event);
            ended && ended->outcome.isError && strikes()) {
            CallEnded changed = *ended;
            changed.outcome.isError = false;
            return {changed};
        }
        break;
    case Kind::AnswersInOrderOfEnding:
        if (const auto *ended = std::get_if<CallEnded>(&event))
            m_ended.append(ended->callId);
        break;
    case Kind::RepeatsTheNews:
        m_isRepeat = std::holds_alternative<RetryDue>(event);
        break;
    default:
        break;
    }
    return {event};
}

void Mutant::change(MachineEffects &effects, const MachineEvent &event, const AgentMachine &machine)
{
    const bool isOpen = machine.phase() == Phase::Requesting || machine.phase() == Phase::Streaming;
    if (m_kind == Kind::SendsBesideAnother && isOpen && std::holds_alternative<PersonSaid>(event) &&
        effects.size() == 1 && strikes())
        effects.append(SendRequest{machine.requestNumber() + 1, {}});
    if (m_kind == Kind::LosesTheWake)
        effects.removeIf([this](const MachineEffect &effect) {
            return std::holds_alternative<SetWake>(effect) && strikes();
        });
    if (m_kind == Kind::WakesWhileTyping && std::holds_alternative<PersonTyping>(event))
        effects.removeIf([this](const MachineEffect &effect) {
            return std::holds_alternative<ClearWake>(effect) && strikes();
        });
    if (m_kind == Kind::HidesADelivery)
        effects.removeIf([this](const MachineEffect &effect) {
            const auto *tell = std::get_if<Tell>(&effect);
            return tell && std::holds_alternative<DeliveriesChanged>(tell->event) && strikes();
        });
    for (MachineEffect &effect : effects) {
        auto *compact = std::get_if<Compact>(&effect);
        if (m_kind == Kind::CompactsTheUnanswered && compact && strikes())
            compact->keepFrom.clear();
    }
    if (m_kind == Kind::RetriesAfterStop && std::holds_alternative<PersonStopped>(event))
        effects.removeIf([this](const MachineEffect &effect) {
            return std::holds_alternative<ClearRetry>(effect) && strikes();
        });
}

PendingWork Mutant::pendingWork(const AgentMachine &machine)
{
    PendingWork seen = machine.pendingWork();
    if (m_kind == Kind::HidesTheBudget && seen.isOverBudget && strikes())
        seen = {};
    return seen;
}

void Mutant::change(Store::StoredSession &session)
{
    for (Store::StoredCall &call : session.calls) {
        if (m_kind == Kind::ForgetsKindsInACrash && call.result && strikes())
            call.result->toldNews = endsOf(tasksOf(call.result->toldNews));
    }
}

void Mutant::change(Llm::LlmRequest &request)
{
    if (m_kind == Kind::RepeatsTheNews && m_isRepeat && !request.messages.isEmpty()) {
        const Conversation::Message last = request.messages.last();
        if (std::holds_alternative<Conversation::NewsBlock>(last.content.last()) && strikes())
            request.messages.append(last);
    }
    if (m_kind == Kind::AnswersInOrderOfEnding && !request.messages.isEmpty()) {
        auto &content = request.messages.last().content;
        const auto isResult = [](const Conversation::ContentBlock &block) {
            return std::holds_alternative<Conversation::ToolResultBlock>(block);
        };
        const auto place = [this](const Conversation::ContentBlock &block) {
            return m_ended.lastIndexOf(std::get<Conversation::ToolResultBlock>(block).callId);
        };
        std::stable_sort(content.begin(), std::find_if_not(content.begin(), content.end(), isResult),
            [&](const auto &one, const auto &other) { return place(one) < place(other); });
    }
    if (m_kind != Kind::AnswersACallTwice || request.messages.isEmpty())
        return;
    Conversation::Message &last = request.messages.last();
    if (!last.content.isEmpty() &&
        std::holds_alternative<Conversation::ToolResultBlock>(last.content.first()) && strikes())
        last.content.prepend(last.content.first());
}

} // namespace Meanwhile::Testing
