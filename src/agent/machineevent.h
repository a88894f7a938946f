// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentevent.h"
#include "base/result.h"
#include "llm/llmevent.h"
#include "tasks/newsqueue.h"

#include <variant>

namespace Meanwhile::Agent {

/// When an event came. The machine has no clock of its own.
struct Moment {
    std::chrono::milliseconds monotonic{0};
    QDateTime wall;
};

// What happens to a conversation.

struct PersonSaid {
    QString id;
    QString text;
    QVector<Conversation::ImageBlock> images;
};
struct PersonWithdrew {
    QString id;
};
struct PersonStopped {};
/// Try the last request again, or send what is queued; while a retry is waited for, do not wait.
struct PersonRetried {};
struct PersonTyping {
    bool typing = false;
};
/// `request` tells late events of a cancelled request apart.
struct AnswerEvent {
    qint64 request = 0;
    Llm::LlmEvent event;
    /// With Failed: the record that takes out what the provider named when it refused the request.
    std::optional<Conversation::OmissionBlock> refused = {};
    QStringList readers = {}; ///< with Completed: the tools that only read
};
struct CallStarted {
    QString callId;
};
struct CallEnded {
    QString callId;
    Tools::ToolOutcome outcome;
};
struct TaskStarted {
    QString taskId;
    QString callId = {}; ///< that it runs for; empty: the person's, or found
};
struct TaskServes { ///< or no longer does: nobody waits for the end of a server
    QString taskId;
    bool serves = true;
};
/// Something about a task that is still running, to be told once.
struct TaskNews {
    Tasks::News news;
};
struct TaskEnded {
    Tasks::News news;
    bool endedAway = false; ///< while no program had the conversation open
};
/// The delay asked for by SetWake is over.
struct WakeDue {};
/// The delay asked for by SetRetry is over. `request` tells the one of a retry that was given up apart.
struct RetryDue {
    qint64 request = 0;
};

/// The person has put files back. The model hears of it with the next message.
struct FilesRestored {
    Conversation::RestoreBlock what;
};

/// Summarise what came before, now or, while the agent works, before its next request.
struct PersonAskedToCompact {};
/// The end of the compaction asked for by Compact.
struct Compacted {
    qint64 number = 0;
    Result<Conversation::CompactionBlock> outcome;
};

using MachineEvent = std::variant<PersonSaid, PersonWithdrew, PersonStopped, PersonRetried, PersonTyping,
    AnswerEvent, CallStarted, CallEnded, TaskStarted, TaskServes, TaskNews, TaskEnded, WakeDue, RetryDue,
    PersonAskedToCompact, Compacted, FilesRestored>;

// What the machine wants done.

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
/// Put this into the outbox: no answer has told it, and no message carries it yet.
struct KeepNews {
    Tasks::News news;
    bool operator==(const KeepNews &) const = default;
};
/// Tell the world.
struct Tell {
    AgentEvent event;
    bool operator==(const Tell &) const = default;
};

using MachineEffect = std::variant<SendRequest, CancelRequest, RunCall, InterruptCall, SetWake, ClearWake,
    SetRetry, ClearRetry, Compact, CancelCompaction, KeepNews, Tell>;
using MachineEffects = QVector<MachineEffect>;

} // namespace Meanwhile::Agent
