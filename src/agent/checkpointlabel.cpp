// SPDX-License-Identifier: MIT
#include "agent/checkpointlabel.h"

#include <algorithm>

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;

bool isOfPerson(const Conversation::Message &message)
{
    return message.role == Conversation::Role::User &&
           std::any_of(
               message.content.cbegin(), message.content.cend(), [](const Conversation::ContentBlock &block) {
                   return std::holds_alternative<Conversation::TextBlock>(block) ||
                          std::holds_alternative<Conversation::ImageBlock>(block);
               });
}

QString checkpointLabel(const Conversation::Message &message)
{
    return u"message:%1@%2"_s.arg(message.id).arg(message.time.toMSecsSinceEpoch());
}

} // namespace Meanwhile::Agent
