// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentevent.h"
#include "tasks/newsqueue.h"

#include <variant>

namespace Meanwhile::Agent {

// What the machine wants done; to be performed in the order given.

/// Send the history as request `number`, the first to carry this news.
struct SendRequest {
    qint64 number = 0;
    QVector<NewsId> news;
    bool operator==(const SendRequest &) const = default;
};
struct CancelRequest {
    qint64 number = 0;
    bool operator==(const CancelRequest &) const = default;
};
/// Decide on permission, run, and answer with exactly one CallEnded.
struct RunCall {
    Conversation::ToolCallBlock call;
    bool operator==(const RunCall &) const = default;
};
struct InterruptCall {
    QString callId;
    Tools::Interrupt reason = Tools::Interrupt::PersonStopped;
    bool operator==(const InterruptCall &) const = default;
};
/// Answer with WakeDue after this delay; replaces an earlier one.
struct SetWake {
    std::chrono::milliseconds delay{0};
    bool operator==(const SetWake &) const = default;
};
struct ClearWake {
    bool operator==(const ClearWake &) const = default;
};
/// Answer with RetryDue{request} after this delay; replaces an earlier one.
struct SetRetry {
    qint64 request = 0; ///< the one that failed
    std::chrono::milliseconds delay{0};
    bool operator==(const SetRetry &) const = default;
};
struct ClearRetry {
    bool operator==(const ClearRetry &) const = default;
};
/// Have everything before message `keepFrom` (empty: everything) summarised; answer with Compacted{number}.
struct Compact {
    qint64 number = 0;
    QString keepFrom;
    bool operator==(const Compact &) const = default;
};
struct CancelCompaction {
    qint64 number = 0;
    bool operator==(const CancelCompaction &) const = default;
};
/// Put this news into the outbox: it is in no message and no answer yet.
struct KeepNews {
    Tasks::News news;
    bool operator==(const KeepNews &) const = default;
};
/// Report this event to whoever follows the conversation.
struct Tell {
    AgentEvent event;
    bool operator==(const Tell &) const = default;
};

using MachineEffect = std::variant<SendRequest, CancelRequest, RunCall, InterruptCall, SetWake, ClearWake,
    SetRetry, ClearRetry, Compact, CancelCompaction, KeepNews, Tell>;
using MachineEffects = QVector<MachineEffect>;

} // namespace Meanwhile::Agent
