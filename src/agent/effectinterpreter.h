// SPDX-License-Identifier: MIT
#pragma once

#include "agent/machineeffect.h"

#include <optional>

namespace Meanwhile::Store {
class SessionJournal;
}

namespace Meanwhile::Agent {

class AgentMachine;
class EffectPort;

/// Does what an AgentMachine wants done, so that a crash takes back the last turn at most: an event is given
/// to the journal before anybody is told, and a request waits until the messages of earlier turns are on
/// disk.
///
/// The result of a call is kept by itself while no message holds it: from the next effect that runs a call,
/// or from the end of the machine's step. The last result of an answer is in a message by then.
///
/// Thread: GUI thread.  Not owned, must outlive it: the machine, the port, and the journal, which may be
/// null: nothing is kept then.
class EffectInterpreter {
public:
    EffectInterpreter(const AgentMachine &machine, EffectPort &port, Store::SessionJournal *journal);

    /// The effects of one step, in their order.
    void perform(const MachineEffects &effects);
    /// What waited for the port to be ready.
    void sendUnsent();

private:
    void perform(const MachineEffect &effect);
    void send(const SendRequest &request);
    void compact(const Compact &order);
    void run(const RunCall &run);
    void tell(const AgentEvent &event);
    void keep(const AgentEvent &event);
    void keepEndedCall();

    const AgentMachine &m_machine;
    EffectPort &m_port;
    Store::SessionJournal *m_journal;
    std::optional<MachineEffect> m_unsent; ///< until the disk has caught up and the port is ready
    std::optional<Conversation::ToolResultBlock> m_endedCall; ///< in no message, and not kept
};

} // namespace Meanwhile::Agent
