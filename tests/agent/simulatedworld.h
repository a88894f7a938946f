// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentmachine.h"
#include "agent/effectinterpreter.h"
#include "agent/effectport.h"
#include "agent/requestbuilder.h"
#include "historyrules.h"
#include "mutant.h"
#include "simulatedcall.h"
#include "simulatedcompaction.h"
#include "simulatedjournal.h"
#include "simulatedrequest.h"
#include "simulatedtask.h"
#include "support/seededids.h"

#include <QQueue>

namespace Meanwhile::Testing {

/// Everything around an AgentMachine and its EffectInterpreter, played by a seeded die: model, tools, tasks,
/// person, clock, store and its loss. Checks after every event.
class SimulatedWorld final : public Agent::EffectPort {
public:
    SimulatedWorld(quint64 seed, Mutant mutant);

    /// Plays to the end, or to the first thing that is wrong. True when nothing was.
    bool play();
    /// Seed, what went wrong, and the last events.
    QString report() const;
    qint64 eventCount() const { return m_eventCount; }
    QString violation() const { return m_violation; }

private:
    using Phase = Agent::AgentMachine::Phase;
    using Call = SimulatedCall;

    int below(int limit) { return int(m_random.next64() % quint64(limit)); }
    bool chance(int percent) { return below(100) < percent; }
    void fail(const QString &what);

    void act();
    void personActs(int die);
    void passTime();
    void answerOn();
    Error someError();
    void retryIsDue();
    Conversation::Message someAnswer();
    void finishAnswer(const Conversation::Message &message);
    void callOn();
    void hearOfSomeTask();
    void endSomeTasks();
    void endTask(int index);
    int startTask(Tasks::WakePolicy wake);
    void restart();
    Store::StoredSession stored();
    void comeToRest();
    bool restOn();

    qsizetype runs(const QString &id) const;
    Call someCall(const Conversation::ToolCallBlock &block);
    Tools::ToolOutcome outcomeOf(const Call &call);
    bool holds(const Call &call) const;
    void step(const Agent::MachineEvent &event, const char *what, const QString &id = {});
    void feed(const Agent::MachineEvent &event);
    bool isReady() const override { return true; }
    void sendRequest(const Agent::SendRequest &send) override;
    void countRequest(qint64 number);
    void cancelRequest(const Agent::CancelRequest &cancel) override;
    void runCall(const Agent::RunCall &run) override;
    void interruptCall(const Agent::InterruptCall &interrupt) override;
    void setWake(const Agent::SetWake &wake) override;
    void clearWake() override { m_timer.reset(); }
    void setRetry(const Agent::SetRetry &retry) override;
    void clearRetry() override { m_retry.reset(); }
    void compact(const Agent::Compact &order) override;
    void cancelCompaction(const Agent::CancelCompaction &cancel) override;
    void tell(const Agent::AgentEvent &event) override;
    void catchUp();
    void hearMessage(const Conversation::Message &message);
    void hearDelivered(const Agent::NewsDelivered &delivered);
    void hearFailed();
    void noteEvent(const Agent::MachineEvent &event);
    void noteNews(const Tasks::News &news);
    void noteAnswer(const Agent::AnswerEvent &answer);

    void endCompaction();
    void check();
    void checkPhase();
    void checkResults();
    void checkDeliveries();
    void checkRest();
    bool isAtLimit() const;

    quint64 m_seed;
    SeededIds m_random;
    Mutant m_mutant;
    Agent::MachineOptions m_options;
    Agent::AgentMachine m_machine;
    SimulatedJournal m_journal;
    std::optional<Agent::EffectInterpreter> m_interpreter; // of this run
    Agent::RequestBuilder m_builder;
    std::chrono::milliseconds m_now{1'000};
    QDateTime m_wall;

    std::optional<SimulatedRequest> m_request;
    QVector<Call> m_calls; // that run
    QVector<Call> m_late;  // given up by Stop
    QVector<SimulatedTask> m_tasks;
    std::optional<std::chrono::milliseconds> m_timer;
    std::optional<SimulatedRequest::Retry> m_retry;
    SimulatedCompaction m_compaction;
    bool m_isStubborn = false; // the model makes the same useless call again and again
    int m_inVain = 0;          // answers in a row that got nothing done
    bool m_typing = false;
    int m_saidCount = 0;
    int m_callCount = 0;
    QQueue<Agent::MachineEvent> m_inbox;

    HistoryRules m_history{HistoryRules::Subject::History};
    HistoryRules m_sent{HistoryRules::Subject::Request};
    QVector<Conversation::Message> m_lastMessages;
    qint64 m_lastNumber = 0, m_repeated = 0;
    bool m_isRepeat = false; // the next request says again what a failed one said
    Error m_lastError;
    int m_failures = 0; // since an answer came to its end, or the person began anew
    std::chrono::milliseconds m_firstFailure{0};
    qsizetype m_heard = 0;
    QStringList m_waitingWords; // said, and neither sent nor withdrawn
    QSet<QString> m_answered;   // told by a call's answer that is in no message yet
    QStringList m_untold;       // announced, to be told, in no message yet
    QHash<QString, Agent::TaskDelivery> m_shownDeliveries;
    QSet<QString> m_accepted;   // in a request that was accepted
    QSet<QString> m_unaccepted; // in the history, not accepted
    QSet<QString> m_held;       // queued when the person stopped
    QSet<QString> m_running;    // as far as the machine has been told
    QSet<QString> m_callsUnended;
    QVector<std::chrono::milliseconds> m_wakes;
    bool m_inTurn = false;
    bool m_restarting = false; // not everything has come back yet
    bool m_isDormant = false;  // restarted, and the person has not gone on

    QString m_violation;
    QVector<std::pair<const char *, QString>> m_trace;
    qint64 m_eventCount = 0;
};

} // namespace Meanwhile::Testing
