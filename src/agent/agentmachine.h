// SPDX-License-Identifier: MIT
#pragma once

#include "agent/contextrepairs.h"
#include "agent/deliverytracker.h"
#include "agent/earlierrun.h"
#include "agent/givencallids.h"
#include "agent/machineeffect.h"
#include "agent/machineevent.h"
#include "agent/machineoptions.h"
#include "agent/opencall.h"
#include "agent/wakeschedule.h"
#include "conversation/history.h"
#include "tasks/newsqueue.h"

#include <QSet>

namespace Meanwhile::Agent {

/// The agent's loop as a pure state machine: no clock, no I/O, no dice but the seeded ones it is given.
///
/// States: Idle -> Requesting -> Streaming -> RunningCalls -> Requesting … -> Idle. One request open at most.
/// Where a request fails and another try may help: -> WaitingToRetry -> Requesting, the same and what was
/// queued since. Where the window is nearly full, or a request is too long: Compacting, then Requesting; what
/// still does not fit loses the oldest outputs of tools; then the person is asked. What an earlier run left
/// waits for the person, and so do results once the wakes of an hour are used up. Ten answers in a row
/// without progress end a turn. Invariants, checked by the simulation after every event: every call gets one
/// result; every task's end is in one message; no words of the person's are lost; what is sent is valid.
class AgentMachine {
public:
    enum class Phase { Idle, Requesting, Streaming, WaitingToRetry, RunningCalls, Compacting };

    explicit AgentMachine(MachineOptions options = {}, Conversation::History = {}, EarlierRun = {});

    MachineEffects step(const MachineEvent &event, const Moment &moment);

    Phase phase() const { return m_phase; }
    const Conversation::History &history() const { return m_history; }
    const Tasks::NewsQueue &news() const { return m_news; }
    qint64 requestNumber() const { return m_request; }
    bool hasQueuedMessages() const { return !m_queued.isEmpty(); }
    const QVector<PersonSaid> &queuedMessages() const { return m_queued; }
    bool isWakePending() const { return m_wakePending; }
    PendingWork pendingWork() const;
    DeliveryBlock deliveryBlock(const NewsId &id) const;
    /// Changes are reported by DeliveriesChanged.
    QVector<TaskDelivery> deliveries() const { return DeliveryTracker::all(m_news, deliveryBlocks()); }
    int runningTasks() const { return int(m_runningTasks.size()); }
    bool isServer(const QString &taskId) const { return m_servers.contains(taskId); }
    bool hasFailed() const { return m_hasFailed; }
    void setModel(const QString &provider, const QString &model);
    void setWindow(qint64 tokens) { m_options.windowTokens = tokens; }

private:
    void on(const PersonSaid &event);
    void on(const PersonWithdrew &event);
    void on(const PersonStopped &event);
    void on(const PersonRetried &event);
    void on(const PersonTyping &event);
    void on(const AnswerEvent &event);
    void on(const CallStarted &event);
    void on(const CallEnded &event);
    void on(const TaskStarted &event);
    void on(const TaskServes &event);
    void on(const TaskNews &event);
    void on(const TaskEnded &event);
    void hear(const Tasks::News &news);
    void on(const WakeDue &event);
    void on(const RetryDue &event);
    void on(const PersonAskedToCompact &);
    void on(const Compacted &event);
    void on(const FilesRestored &event);

    void recallDeliveries();
    void answerEarlierCalls(Conversation::Message &message);
    void answered(const Llm::Completed &completed, const QStringList &readers);
    void fail(const Error &error);
    void broke(const Error &error, const std::optional<Conversation::OmissionBlock> &refused);
    bool repair(const Error &error, const std::optional<Conversation::OmissionBlock> &refused);
    bool waitToRetry(const Error &error); ///< false where another try helps nothing
    void sendAgain();
    void markStarted();

    void beginTurn(bool byPerson);
    void sendRequest();
    void openRequest();
    void continueOrEnd(TurnEnded::How how);
    using AfterCompaction = ContextRepairs::Then;
    void startCompaction(AfterCompaction then);
    bool mayCompactNow() const;
    void continueWithoutSummary(const Error &error);
    bool omitOutputs(); ///< false when nothing is left to leave out
    void appendRecord(Conversation::ContentBlock block);
    void recordRestores();
    void runNextCalls();
    OpenCall *runningCall(const QString &id); ///< null: it does not run
    void interruptCalls(Tools::Interrupt reason);
    void refuseOpenCalls(const QString &reason);
    bool appendUserMessage(QVector<NewsId> *carried); ///< false when there is nothing to say
    void append(Conversation::Message message);
    void keepPartial(Conversation::Completeness completeness);
    void endTurn(Conversation::StopReason, TurnEnded::How, std::optional<Conversation::EndBlock::Why> = {});
    bool isStuck() const;
    void scheduleWake();
    bool hasWakeworthy() const;
    bool isUnanswered() const;
    bool isAtLimit() const;
    DeliveryTracker::Blocks deliveryBlocks() const;
    void tell(AgentEvent event) { m_effects.append(Tell{std::move(event)}); }

    MachineOptions m_options;
    Conversation::History m_history;
    Tasks::NewsQueue m_news;
    Phase m_phase = Phase::Idle;
    qint64 m_request = 0;
    qint64 m_repeated = 0;   // requests that do not count: of an earlier run, or repeated
    bool m_isRepeat = false; // the next request repeats one that failed
    qint64 m_messageCount = 0;
    QVector<PersonSaid> m_queued;
    QVector<OpenCall> m_calls;
    qsizetype m_currentCall = 0; // the first that has not ended
    GivenCallIds m_callIds;
    QString m_partialText;
    QString m_partialThinking;
    QVector<NewsId> m_unsentNews;                   // in a message that no request has carried yet
    QVector<NewsId> m_carriedNews;                  // in a message that no provider has accepted yet
    QVector<NewsId> m_carriedByAnswer;              // those of m_carriedNews that are in a tool's answer
    QVector<Conversation::RestoreBlock> m_restores; // to be recorded
    bool m_isRestoreUntold = false;
    QSet<QString> m_runningTasks;
    QSet<QString> m_servers; ///< those of them that serve
    QSet<QString> m_endedAway;
    bool m_typing = false;
    enum class Quiet { No, Held, Dormant };
    Quiet m_quiet =
        Quiet::No; // Held: by Stop, before newer news; Dormant: reopened, and the person has not resumed
    EarlierRun m_earlier;
    WakeSchedule m_wakes;
    bool m_wakePending = false;
    int m_answersInVain = 0; // in a row
    ContextRepairs m_context;
    bool m_hasFailed = false; // how the last turn ended
    DeliveryTracker m_deliveries;
    Moment m_moment; // of the event being handled
    MachineEffects m_effects;
};

} // namespace Meanwhile::Agent
