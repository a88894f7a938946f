// SPDX-License-Identifier: MIT
#include "agent/requestbuilder.h"

#include <atomic>

namespace Meanwhile::Agent {

using namespace Conversation;
using namespace Qt::StringLiterals;

namespace {

// A client may be shared by conversations and keeps what it encoded for a generation.
quint64 nextGeneration()
{
    static std::atomic<quint64> last{0};
    return ++last;
}

// An answer that ends in its thinking is refused when it goes back.
bool isThinking(const ContentBlock &block)
{
    const auto *opaque = std::get_if<OpaqueBlock>(&block);
    return std::holds_alternative<ThinkingBlock>(block) || (opaque && opaque->type == u"redacted_thinking"_s);
}

} // namespace

RequestBuilder::RequestBuilder(QString system, QVector<Llm::ToolDefinition> tools)
    : m_system(std::move(system))
    , m_tools(std::move(tools))
    , m_generation(nextGeneration())
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
        m_generation = nextGeneration();
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
    while (!clean.content.isEmpty() && isThinking(clean.content.last()))
        clean.content.removeLast();
    if (!clean.content.isEmpty())
        m_messages.append(std::move(clean));
}

} // namespace Meanwhile::Agent
