// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "conversation/message.h"

class QJsonObject;

namespace Meanwhile::Conversation {

/// A message as this program stores it (not as any provider wants it). fromJson(toJson(m)) == m.
QJsonObject toJson(const Message &message);
Result<Message> messageFromJson(const QJsonObject &object);

} // namespace Meanwhile::Conversation
