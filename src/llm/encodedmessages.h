// SPDX-License-Identifier: MIT
#pragma once

#include "llm/llmclient.h"

#include <functional>

namespace Meanwhile::Llm {

/// The messages of a conversation as one protocol writes them, each encoded once.
///
/// As long as LlmRequest::generation stays, an update costs what is new in it, and bytes() begins with what
/// it was before.
class EncodedMessages {
public:
    using Encode = std::function<QByteArray(const Conversation::Message &)>;

    /// `encode` gives one or more JSON values joined with commas; nothing leaves the message out. It has to
    /// be the same function for a generation; clear() before another. The result: how many messages the
    /// request before had of these; 0 when it was of another generation.
    qsizetype update(const LlmRequest &request, const Encode &encode);
    void clear();

    const QByteArray &bytes() const { return m_bytes; } ///< joined with commas
    /// For each message of the request, where its bytes end.
    const QVector<qsizetype> &ends() const { return m_ends; }

private:
    QByteArray m_bytes;
    QVector<qsizetype> m_ends;
    quint64 m_generation = 0;
};

} // namespace Meanwhile::Llm
