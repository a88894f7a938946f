// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/history.h"
#include "llm/llmclient.h"
#include "tasks/task.h"

#include <optional>

namespace Meanwhile::Agent {

// Compaction: what to do when a conversation outgrows the model's context window. All functions are pure.
// Tokens are the provider's where it has counted, else estimated from the characters.

/// Tokens that a request with this history takes: what the provider counted at the last answer, and an
/// estimate of what came after it.
qint64 contextTokensUsed(const Conversation::History &history);

/// The next request leaves too little room for an answer, and compacting would make room: some messages have
/// come since the last time. `windowTokens`: 0 when unknown, then never.
bool isWindowNearlyFull(const Conversation::History &history, qint64 windowTokens);

/// Id of the first message that must be kept word for word: what the model has not answered yet, and the
/// answer before it when that made calls. Empty when nothing waits for an answer.
QString firstToKeep(const Conversation::History &history);

/// There is something to summarise before the first message to keep.
bool canCompact(const Conversation::History &history);

/// The tasks, a line each: those that still run first.
QString taskRoster(const QVector<Tasks::Task> &tasks);

/// The request that asks for a summary of everything before `keepFrom`. Each attempt shows less of it.
/// `generation` is unset.
Llm::LlmRequest summaryRequest(const Conversation::History &history, const QString &keepFrom,
    const QString &model, qint64 windowTokens, int attempt);

/// How much of the person's words may be repeated.
qint64 maxWordChars(qint64 windowTokens);

/// The text that replaces the messages before index `until`.
QString compactedText(
    const Conversation::History &history, qsizetype until, const Conversation::CompactionBlock &compaction);

/// What to leave out next when a compacted conversation is still too long: outputs of tools but those not
/// answered yet, then these too, then long arguments of calls and long messages of the person, but the last.
/// Nothing when none are left.
std::optional<Conversation::OmissionBlock> nextToOmit(const Conversation::History &history);

/// The last message before index `end` that the person said; -1: none.
qsizetype lastWordsBefore(const QVector<Conversation::Message> &messages, qsizetype end);
/// An argument or a message of more characters counts as long.
inline constexpr qsizetype kLongTextChars = 2'000;

} // namespace Meanwhile::Agent
