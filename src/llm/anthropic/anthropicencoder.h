// SPDX-License-Identifier: MIT
#pragma once

#include "llm/llmclient.h"

namespace Meanwhile::Llm {

/// Writes requests of the Anthropic Messages API (https://docs.anthropic.com/en/api/messages).
///
/// Encodes each message once: as long as LlmRequest::generation stays, a request costs what is new in it, and
/// its "messages" begin with the bytes of the one before, cache marks aside. Marks stand after the system
/// prompt, at the end of the request before and at the end of this one (at most four are allowed).
class AnthropicEncoder {
public:
    QByteArray encode(const LlmRequest &request);

    /// One message without marks.
    static QByteArray encodeMessage(const Conversation::Message &message);

private:
    QByteArray m_messages; // all encoded messages, joined with commas
    QVector<qsizetype>
        m_markOffsets; // for each message, where a cache mark can be put; -1 where none is allowed
    quint64 m_generation = 0;
    qsizetype m_lastEnd = 0; // messages in the request before
};

} // namespace Meanwhile::Llm
