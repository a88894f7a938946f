// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/message.h"

namespace Meanwhile::Testing {

/// A message said at 03:04 UTC on 2026-01-02, so many seconds later.
inline Conversation::Message sampleMessage(const QString &id, Conversation::Role role,
    const QVector<Conversation::ContentBlock> &content, int second = 5)
{
    Conversation::Message message;
    message.id = id;
    message.role = role;
    message.content = content;
    message.time = QDateTime(QDate(2026, 1, 2), QTime(3, 4, second, 678), Qt::UTC);
    return message;
}

} // namespace Meanwhile::Testing
