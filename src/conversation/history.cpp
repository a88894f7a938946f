// SPDX-License-Identifier: MIT
#include "conversation/history.h"

#include <QSet>

namespace Meanwhile::Conversation {

void History::append(Message message)
{
    m_messages.append(std::move(message));
}

QVector<ToolCallBlock> History::openCalls() const
{
    QSet<QString> answered;
    for (auto it = m_messages.crbegin(); it != m_messages.crend(); ++it) {
        if (it->role == Role::Assistant) {
            if (it->completeness != Completeness::Complete)
                continue;
            QVector<ToolCallBlock> open = toolCalls(*it);
            open.removeIf([&](const ToolCallBlock &call) { return answered.contains(call.id); });
            return open;
        }
        for (const ContentBlock &block : it->content) {
            if (const auto *result = std::get_if<ToolResultBlock>(&block))
                answered.insert(result->callId);
        }
    }
    return {};
}

} // namespace Meanwhile::Conversation
