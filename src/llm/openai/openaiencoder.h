// SPDX-License-Identifier: MIT
#pragma once

#include "llm/encodedmessages.h"
#include "llm/openai/openaiaddress.h"

namespace Meanwhile::Llm {

/// Writes requests of Chat Completions (https://platform.openai.com/docs/api-reference/chat/create).
///
/// Encodes each message once: as long as LlmRequest::generation and the dialect stay, a request costs what is
/// new in it, and its "messages" begin with the bytes of the one before. One of our messages becomes several
/// of theirs: a tool message for each result, then one of the user with the words and all images, since a
/// result can hold none.
class OpenAiEncoder {
public:
    QByteArray encode(const LlmRequest &request, const OpenAiDialect &dialect);

    /// Joined with commas; empty where the message holds nothing that this protocol can say.
    static QByteArray encodeMessage(const Conversation::Message &message, const OpenAiDialect &dialect);

private:
    EncodedMessages m_messages;
    OpenAiDialect m_dialect;
};

} // namespace Meanwhile::Llm
