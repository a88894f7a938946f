// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentmachine.h"
#include "agent/requestbuilder.h"
#include "historyrules.h"
#include "mutant.h"
#include "simulatedcompaction.h"
#include "simulatedtask.h"
#include "support/seededids.h"

#include <QQueue>

namespace Meanwhile::Testing {

/// Everything around an AgentMachine, played by a seeded die: model, tools, tasks, person, clock, store and
/// its loss. Performs effects as AgentController does, and checks after every event.
class SimulatedWorld {
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

    struct Call {
        QString id;
        QString name;
        QVector<int> tasks; // that it runs as, waits for or looks at
        bool all = false;   // waits for all of them
    };
    struct Retry {
        qint64 request;
        std::chrono::milliseconds due;
    };
    struct OpenRequest {
        qint64 number;
        bool started;
    };

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
    void perform(const Agent::MachineEffect &effect);
    void performSend(const Agent::SendRequest &send);
    void performRun(const Agent::RunCall &run);
    void performInterrupt(const Agent::InterruptCall &interrupt);
    void performWake(std::chrono::milliseconds delay);
    void performRetry(const Agent::SetRetry &retry);
    void hear(const Agent::AgentEvent &event);
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
    Agent::RequestBuilder m_builder;
    std::chrono::milliseconds m_now{1'000};
    QDateTime m_wall;

    std::optional<OpenRequest> m_request;
    QVector<Call> m_calls; // that run
    QVector<Call> m_late;  // given up by Stop
    QVector<SimulatedTask> m_tasks;
    std::optional<std::chrono::milliseconds> m_timer;
    std::optional<Retry> m_retry;
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
    QSet<QString> m_outbox;     // what the store would hold
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
    bool m_restarting = false;                     // not everything has come back yet
    bool m_isDormant = false;                      // restarted, and the person has not gone on
    QHash<QString, Store::StoredCall> m_keptCalls; // started, and in no message yet

    QString m_violation;
    QVector<std::pair<const char *, QString>> m_trace;
    qint64 m_eventCount = 0;
};

} // namespace Meanwhile::Testing
