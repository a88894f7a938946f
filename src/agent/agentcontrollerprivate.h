// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentcontroller.h"
#include "agent/agentmachine.h"
#include "agent/compactor.h"
#include "agent/effectinterpreter.h"
#include "agent/effectport.h"
#include "agent/requestbuilder.h"
#include "llm/llmclient.h"
#include "store/storedsession.h"

#include <QQueue>
#include <QTimer>

namespace Meanwhile::Agent {

/// agentcontroller.cpp turns what happens into events of the machine and is what its effects act on;
/// agentcontroller_earlier.cpp continues the work of an earlier run.
struct AgentController::Private final : EffectPort {
    Private(AgentController *owner, Parts given, const Options &options, const Store::StoredSession &earlier);

    void dispatch(MachineEvent event);
    void dispatchOfPerson(MachineEvent event);
    bool isLookingUp() const;
    void settleLookUp();
    void endLookUp();
    void onFoundRunning(const Tasks::Task &task);
    PendingWork pendingWork() const;
    void announcePendingWork();
    void reopen(const Store::StoredSession &earlier);
    void handOnTaskEnd(const MachineEvent &event);
    bool isReady() const override;
    void sendRequest(const SendRequest &request) override;
    void cancelRequest(const CancelRequest &) override;
    void runCall(const RunCall &run) override;
    void interruptCall(const InterruptCall &interrupt) override;
    void setWake(const SetWake &set) override;
    void clearWake() override;
    void setRetry(const SetRetry &set) override;
    void clearRetry() override;
    void compact(const Compact &order) override;
    void cancelCompaction(const CancelCompaction &) override;
    void tell(const AgentEvent &event) override;
    void keepFilesBefore(const AgentEvent &event);
    void take(qint64 request, const Llm::LlmEvent &event);
    Llm::RequestRules rules() const;
    void drop();

    AgentController *q;
    Parts parts;
    QString model;
    ModelLimits limits;
    Llm::Price price;
    Llm::Thinking thinking;
    const EarlierRun earlierRun;
    const QDateTime openedAt;
    AgentMachine machine;
    EffectInterpreter interpreter;
    RequestBuilder builder;
    Compactor compactor;
    qint64 compaction = 0; // what compactor works on
    CallRunner calls;
    QTimer wake;
    QTimer retryTimer{q};
    qint64 failedRequest = 0; // that retryTimer is for
    Llm::LlmStream *stream = nullptr;
    QQueue<MachineEvent> inbox;
    QSet<QString> lookedUp; // tasks of an earlier run of which it is not known yet whether they have ended
    QQueue<MachineEvent> saidMeanwhile;
    PendingWork announcedPendingWork;
    bool dispatching = false;
};

} // namespace Meanwhile::Agent
