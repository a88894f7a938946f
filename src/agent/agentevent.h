// SPDX-License-Identifier: MIT
#pragma once

#include "agent/taskdelivery.h"
#include "base/error.h"
#include "conversation/message.h"
#include "tasks/task.h"
#include "tools/tool.h"

#include <variant>

namespace Meanwhile::Agent {

// The events of a conversation, in order. The transcript, the task table's column of deliveries and
// the three output formats are made of these alone. Names follow the lines of `--output-format stream-json`.

struct MessageAdded { ///< now part of the history: the person's words, tool results, or an answer
    Conversation::Message message;
    bool operator==(const MessageAdded &) const = default;
};
struct RequestSent {
    qint64 number = 0;
    qint64 bytes = 0;
    qint64 messages = 0;
    QVector<NewsId> news; ///< that this request is the first to carry
    bool operator==(const RequestSent &) const = default;
};
struct ResponseStarted {
    qint64 request = 0;
    bool operator==(const ResponseStarted &) const = default;
};
struct TextStreamed {
    QString delta;
    bool operator==(const TextStreamed &) const = default;
};
struct ThinkingStreamed {
    QString delta;
    bool operator==(const ThinkingStreamed &) const = default;
};
struct ToolCallAnnounced { ///< being written by the model; may still come to nothing
    QString id;
    QString name;
    bool operator==(const ToolCallAnnounced &) const = default;
};
struct ResponseEnded {
    qint64 request = 0;
    Conversation::StopReason stopReason = Conversation::StopReason::Other;
    bool complete = false;
    Conversation::Usage usage;
    bool operator==(const ResponseEnded &) const = default;
};
struct ToolCallMade { ///< every complete call of a finished answer, also one that is then refused or unknown
    QString id;
    QString name;
    QByteArray input;
    bool operator==(const ToolCallMade &) const = default;
};
struct ToolCallStarted { ///< allowed, and running now
    QString id;
    bool operator==(const ToolCallStarted &) const = default;
};
struct ToolCallEnded {
    QString id;
    QString name;
    Tools::ToolOutcome outcome;
    bool operator==(const ToolCallEnded &) const = default;
};
struct ApprovalAsked { ///< the person must decide; answered with AgentController::answerApproval
    QString callId;
    QString tool;
    Tools::Intent intent; ///< `outside` is empty where there is no full box to leave
    QString reason;
    bool operator==(const ApprovalAsked &) const = default;
};
struct ApprovalSettled { ///< decided, or no longer needed
    QString callId;
    bool allowed = false;
    bool operator==(const ApprovalSettled &) const = default;
};
struct MessageQueued { ///< typed while the agent works; goes in with the next request
    QString id;
    QString text;
    QVector<Conversation::ImageBlock> images = {};
    bool operator==(const MessageQueued &) const = default;
};
struct QueuedMessageRemoved { ///< sent, edited away or withdrawn
    QString id;
    bool operator==(const QueuedMessageRemoved &) const = default;
};
struct NewsDelivered { ///< the provider accepted the request that carries these
    QVector<NewsId> news;
    qint64 request = 0;
    QVector<NewsId> byAnswer = {}; ///< those of `news` that were in the answer of a tool
    bool operator==(const NewsDelivered &) const = default;
};
struct RetryScheduled { ///< request `request` failed for `why`, and is sent again as try `attempt`
    qint64 request = 0;
    int attempt = 2; ///< the first try is 1
    std::chrono::milliseconds delay{0};
    Error why;
    bool operator==(const RetryScheduled &) const = default;
};
struct SilenceChanged { ///< no bytes for a while, or bytes again; the end of the request also ends the
                        ///< silence
    qint64 request = 0;
    bool isSilent = false;
    bool operator==(const SilenceChanged &) const = default;
};
/// Earlier messages are being summarised. Followed by a record with the summary, by Failed, or by nothing
/// where the conversation can continue without one.
struct CompactionStarted {
    bool operator==(const CompactionStarted &) const = default;
};
struct TurnStarted {
    bool byPerson = true; ///< false: the agent was woken by a result
    bool operator==(const TurnStarted &) const = default;
};
struct TurnEnded {
    /// Failed: by a request that failed for good, or a summary that failed and was all the turn was for.
    /// EndedBadly: by an answer that was no proper end (`Conversation::Ending::isFailure`); results of tasks
    /// wake the agent all the same.
    enum class How { Done, StoppedByPerson, Failed, EndedBadly };
    Conversation::StopReason stopReason = Conversation::StopReason::EndTurn;
    How how = How::Done;
    int waitingFor = 0; ///< tasks that still run and will wake the agent
    int serving = 0;    ///< tasks that run until somebody stops them
    bool operator==(const TurnEnded &) const = default;
};
/// A request failed for good, or a summary that the person asked for. The conversation stays usable;
/// TurnEnded follows if the turn is over.
struct Failed {
    Error error;
    bool operator==(const Failed &) const = default;
};

using AgentEvent = std::variant<MessageAdded, RequestSent, ResponseStarted, TextStreamed, ThinkingStreamed,
    ToolCallAnnounced, ResponseEnded, ToolCallMade, ToolCallStarted, ToolCallEnded, ApprovalAsked,
    ApprovalSettled, MessageQueued, QueuedMessageRemoved, NewsDelivered, DeliveriesChanged, RetryScheduled,
    SilenceChanged, CompactionStarted, TurnStarted, TurnEnded, Failed>;

/// A piece of a streamed answer. There are thousands; they change nothing but the answer itself.
inline bool isPiece(const AgentEvent &event)
{
    return std::holds_alternative<TextStreamed>(event) || std::holds_alternative<ThinkingStreamed>(event);
}

} // namespace Meanwhile::Agent
