// SPDX-License-Identifier: MIT
#pragma once

#include "llm/encodedmessages.h"

namespace Meanwhile::Llm {

/// Writes requests of the Anthropic Messages API (https://docs.anthropic.com/en/api/messages).
///
/// Encodes each message once: as long as LlmRequest::generation stays, a request costs what is new in it, and
/// its "messages" begin with the bytes of the one before, cache marks aside. Marks stand after the system
/// prompt, at the end of the request before and at the end of this one (at most four are allowed).
class AnthropicEncoder {
public:
    QByteArray encode(const LlmRequest &request);

    /// One message without marks; empty where it holds nothing that this protocol can say.
    static QByteArray encodeMessage(const Conversation::Message &message);

private:
    EncodedMessages m_messages;
};

} // namespace Meanwhile::Llm
