// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/contentblock.h"

#include <optional>

namespace Meanwhile::Agent {

/// The text with a question mark for each lone surrogate and NUL. The same as the store and the encoders
/// write, so that a request stays the same after a restart.
QString wellFormed(const QString &text);
bool isBlank(const QString &text);

/// The arguments as one compact JSON object that a strict parser takes; nothing when they are none, or are
/// nested so deep that parsers give up. Empty arguments are an empty object.
std::optional<QByteArray> argumentsObject(const QByteArray &input);

/// The text as a name that every provider takes: 1 to 64 letters, digits, "_" and "-".
QString asName(const QString &text, const QString &otherwise);
inline constexpr qsizetype kMaxNameChars = 64;

/// A call's block as its provider sent it, with this id and name where it holds any. Empty when it is no
/// object that can be sent.
QByteArray rawCall(const QByteArray &raw, const QString &id, const QString &name);

/// One block of an answer as its provider sent it: a JSON object with a type, and not too deep.
bool isSendable(const QByteArray &raw);
bool isSigned(const QByteArray &rawThinking);
/// Reasoning, in clear or redacted.
bool isThinking(const Conversation::ContentBlock &block);

} // namespace Meanwhile::Agent
