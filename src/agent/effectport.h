// SPDX-License-Identifier: MIT
#pragma once

#include "agent/machineeffect.h"

namespace Meanwhile::Agent {

/// Port: what an EffectInterpreter acts on, a method for each kind of effect. Each says what the effect says.
class EffectPort {
public:
    virtual ~EffectPort() = default;

    /// Whether a request can be sent now. Where it cannot, EffectInterpreter::sendUnsent() is called once it
    /// can.
    virtual bool isReady() const = 0;
    /// All but the last turn's messages are on disk.
    virtual void sendRequest(const SendRequest &request) = 0;
    /// Also of one that was not sent yet.
    virtual void cancelRequest(const CancelRequest &request) = 0;
    virtual void runCall(const RunCall &run) = 0;
    virtual void interruptCall(const InterruptCall &interrupt) = 0;
    virtual void setWake(const SetWake &wake) = 0;
    virtual void clearWake() = 0;
    virtual void setRetry(const SetRetry &retry) = 0;
    virtual void clearRetry() = 0;
    virtual void compact(const Compact &order) = 0;
    virtual void cancelCompaction(const CancelCompaction &order) = 0;
    /// It has been given to the journal.
    virtual void tell(const AgentEvent &event) = 0;
};

} // namespace Meanwhile::Agent
