// SPDX-License-Identifier: MIT
#include "llm/encodedmessages.h"

namespace Meanwhile::Llm {

qsizetype EncodedMessages::update(const LlmRequest &request, const Encode &encode)
{
    if (request.generation != m_generation || request.messages.size() < m_ends.size())
        clear();
    m_generation = request.generation;
    const qsizetype before = m_ends.size();
    for (qsizetype i = before; i < request.messages.size(); ++i) {
        const QByteArray message = encode(request.messages.at(i));
        if (!m_bytes.isEmpty() && !message.isEmpty())
            m_bytes += ',';
        m_bytes += message;
        m_ends.append(m_bytes.size());
    }
    return before;
}

void EncodedMessages::clear()
{
    m_bytes.clear();
    m_ends.clear();
}

} // namespace Meanwhile::Llm
