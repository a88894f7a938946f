// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentcontroller.h"
#include "agent/agentmachine.h"
#include "agent/compactor.h"
#include "agent/requestbuilder.h"
#include "llm/llmclient.h"
#include "store/storedsession.h"

#include <QQueue>
#include <QTimer>

namespace Meanwhile::Agent {

/// agentcontroller.cpp turns what happens into events of the machine and performs its effects;
/// agentcontroller_earlier.cpp takes up what an earlier run left.
struct AgentController::Private {
    Private(AgentController *owner, Parts given, const Options &options, const Store::StoredSession &earlier);

    void dispatch(MachineEvent event);
    void dispatchOfPerson(MachineEvent event);
    void endLookUp();
    void onFoundRunning(const Tasks::Task &task);
    PendingWork pendingWork() const;
    void tellLeftBehind();
    void reopen(const Store::StoredSession &earlier);
    void handOnTaskEnd(const MachineEvent &event);
    void perform(const MachineEffect &effect);
    void keep(const AgentEvent &event);
    void keepFilesBefore(const AgentEvent &event);
    void keepEndedCall();
    void send(const SendRequest &request);
    void sendUnsent();
    void sendNow(const SendRequest &request);
    void take(qint64 request, const Llm::LlmEvent &event);
    Llm::RequestRules rules() const;
    void compact(const Compact &order);
    void drop();

    AgentController *q;
    Parts parts;
    QString model;
    ModelLimits limits;
    Llm::Price price;
    Llm::Thinking thinking;
    const EarlierRun left;
    const QDateTime openedAt;
    AgentMachine machine;
    RequestBuilder builder;
    Compactor compactor;
    qint64 compaction = 0; // what compactor works on
    CallRunner calls;
    QTimer wake;
    QTimer retryTimer{q};
    qint64 failedRequest = 0; // that retryTimer is for
    Llm::LlmStream *stream = nullptr;
    QQueue<MachineEvent> inbox;
    std::optional<Conversation::ToolResultBlock> endedCall; // in no message and not kept yet
    QSet<QString> lookedUp;                                 // ends of an earlier run that are not known yet
    QQueue<MachineEvent> saidMeanwhile;
    PendingWork toldPendingWork;
    bool dispatching = false;
    std::optional<MachineEffect> unsent; // once the disk has caught up, or a client is ready
};

} // namespace Meanwhile::Agent
