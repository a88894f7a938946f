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
/// Send the last request again, or the queued messages; if a retry is scheduled, do it now.
struct PersonRetried {};
struct PersonTyping {
    bool typing = false;
};
/// `request` tells late events of a cancelled request apart.
struct AnswerEvent {
    qint64 request = 0;
    Llm::LlmEvent event;
    /// With AnswerFailed: the record that takes out what the provider named when it refused the request.
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
/// News of a task that is still running; delivered once.
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

/// The person has restored files. The model is informed with the next message.
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

} // namespace Meanwhile::Agent
