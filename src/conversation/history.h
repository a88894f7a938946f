// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/message.h"

namespace Meanwhile::Conversation {

/// The messages of one conversation, oldest first. Append-only: a message never changes and never moves, so
/// whatever was derived from a prefix stays valid. Copies share their data.
class History {
public:
    void append(Message message);
    const QVector<Message> &messages() const { return m_messages; }
    qsizetype size() const { return m_messages.size(); }
    bool isEmpty() const { return m_messages.isEmpty(); }

    /// Calls of the last answer that have no result yet, in the order they were made.
    QVector<ToolCallBlock> openCalls() const;

    bool operator==(const History &) const = default;

private:
    QVector<Message> m_messages;
};

} // namespace Meanwhile::Conversation
