// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/contentblock.h"
#include "conversation/usage.h"

#include <QDateTime>

namespace Meanwhile::Conversation {

/// Record: a fact that nobody said: what later requests leave out, that files were restored, or why the
/// program ended a turn.
enum class Role { User, Assistant, Record };

/// Why an answer ended, in the words of stream-json.
enum class StopReason { EndTurn, ToolUse, MaxTokens, StopSequence, Refusal, PauseTurn, Other };

/// Whether an answer was received whole. Stopped: by the person, its text is kept and sent.
/// Broken: the stream failed, its text is shown but never sent.
enum class Completeness { Complete, Stopped, Broken };

/// One turn's contribution by one side. Never changed once it is in a History.
struct Message {
    QString id;
    Role role = Role::User;
    QVector<ContentBlock> content;
    QDateTime time;

    // Answers only.
    StopReason stopReason = StopReason::Other;
    QString stopWord; ///< the provider's own, where stopReason says less; empty with Other: it gave none
    Completeness completeness = Completeness::Complete;
    Usage usage;
    QString provider;
    QString model;

    bool operator==(const Message &) const = default;
};

QString nameOf(StopReason reason);
QString nameOf(Role role);

/// The text blocks joined with newlines; nothing else.
QString plainText(const Message &message);
QVector<ToolCallBlock> toolCalls(const Message &message);
/// The news that this block delivers: of a notification, or of a tool's answer.
QVector<NewsId> newsToldBy(const ContentBlock &block);

} // namespace Meanwhile::Conversation
