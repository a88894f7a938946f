// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/contentblock.h"

#include <QSet>

#include <optional>

namespace Meanwhile::Agent {

/// The text with a question mark for each lone surrogate and NUL. The same as the store and the encoders
/// write, so that a request stays the same after a restart.
QString wellFormed(const QString &text);
bool isBlank(const QString &text);

/// The arguments as one compact JSON object; nothing when they are none. Empty arguments are an empty object.
std::optional<QByteArray> argumentsObject(const QByteArray &input);

/// The name as every provider takes it: 1 to 64 letters, digits, "_" and "-".
QString callName(const QString &name);

/// A call's block as its provider sent it, with this id and name where it holds any. Empty when it is no
/// object.
QByteArray rawCall(const QByteArray &raw, const QString &id, const QString &name);

/// One block of an answer as its provider sent it: a JSON object with a type.
bool isSendable(const QByteArray &raw);
bool isSigned(const QByteArray &rawThinking);
/// Reasoning, in clear or redacted.
bool isThinking(const Conversation::ContentBlock &block);

/// Call ids, each given out once.
///
/// An id is kept when the providers take it and no call before has it; else another is made from it, the same
/// in every run.
class CallIds {
public:
    /// `length`: see Llm::RequestRules::callIdLength.
    QString unique(const QString &given, int length);

private:
    QSet<QString> m_used;
};

} // namespace Meanwhile::Agent
