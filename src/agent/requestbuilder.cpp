// SPDX-License-Identifier: MIT
#include "agent/requestbuilder.h"

namespace Meanwhile::Agent {

using namespace Conversation;

RequestBuilder::RequestBuilder(QString system, QVector<Llm::ToolDefinition> tools)
    : m_system(std::move(system))
    , m_tools(std::move(tools))
{
}

Llm::LlmRequest RequestBuilder::build(const History &history, qint64 number, const QString &model)
{
    const QVector<Message> &messages = history.messages();
    const bool grew =
        m_seen <= messages.size() && (m_seen == 0 || messages.at(m_seen - 1).id == m_lastSeenId);
    if (!grew) {
        m_messages.clear();
        m_seen = 0;
        ++m_generation;
    }
    for (; m_seen < messages.size(); ++m_seen)
        add(messages.at(m_seen));
    if (m_seen > 0)
        m_lastSeenId = messages.at(m_seen - 1).id;

    Llm::LlmRequest request;
    request.number = number;
    request.model = model;
    request.system = m_system;
    request.tools = m_tools;
    request.messages = m_messages;
    request.generation = m_generation;
    return request;
}

void RequestBuilder::add(const Message &message)
{
    if (message.completeness == Completeness::Broken)
        return;
    Message clean = message;
    clean.content.removeIf([&](const ContentBlock &block) {
        const auto *text = std::get_if<TextBlock>(&block);
        if (text)
            return text->text.trimmed().isEmpty();
        return message.completeness == Completeness::Stopped;
    });
    if (!clean.content.isEmpty())
        m_messages.append(std::move(clean));
}

} // namespace Meanwhile::Agent
