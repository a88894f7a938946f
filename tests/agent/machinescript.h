// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentmachine.h"

namespace Meanwhile::Testing {

/// Drives an AgentMachine by sentences and writes down what it wants done, a line for each effect.
class MachineScript {
public:
    explicit MachineScript(Agent::MachineOptions options = {}, Conversation::History history = {})
        : machine(std::move(options), std::move(history))
    {
    }

    QStringList step(const Agent::MachineEvent &event);

    QStringList says(const QString &text) { return step(Agent::PersonSaid{text, text, {}}); }
    QStringList stops() { return step(Agent::PersonStopped{}); }
    QStringList answers(const Llm::LlmEvent &event)
    {
        return step(Agent::AnswerEvent{machine.requestNumber(), event});
    }
    QStringList starts() { return answers(Llm::AnswerStarted{}); }
    QStringList completes(const QString &text, const QStringList &callIds = {});
    QStringList completes(const QString &text, const QStringList &callIds, Conversation::StopReason reason);
    /// For good.
    QStringList fails() { return answers(Llm::AnswerFailed{{ErrorKind::BadRequest, {}, {}}}); }
    /// The server asks for another try after this time, so that the delay is known.
    QStringList failsForNow(std::chrono::milliseconds delay = std::chrono::seconds(5))
    {
        return answers(Llm::AnswerFailed{{ErrorKind::Overloaded, {}, {}, 529, delay}});
    }
    QStringList retryIsDue() { return step(Agent::RetryDue{machine.requestNumber()}); }
    QStringList callEnds(const QString &id, const QStringList &toldNews = {});
    QStringList taskEnds(
        const QString &id, Tasks::WakePolicy wake = Tasks::WakePolicy::Wake, bool failed = false);
    /// The n-th news of a task that runs.
    QStringList taskTells(const QString &id, int n, Tasks::WakePolicy wake = Tasks::WakePolicy::Wake);
    void pass(std::chrono::milliseconds by) { now += by; }

    Agent::AgentMachine machine;
    std::chrono::milliseconds now{1'000};
};

/// "user: text(hello) result(c1) news(t1)"
QString describe(const Conversation::Message &message);

} // namespace Meanwhile::Testing
