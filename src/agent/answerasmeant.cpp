// SPDX-License-Identifier: MIT
#include "agent/answerasmeant.h"

#include "base/jsontext.h"
#include "tools/toolregistry.h"

namespace Meanwhile::Agent {

Llm::Completed asMeant(Llm::Completed answer, const Llm::Price &price, const Tools::ToolRegistry &registry)
{
    answer.message.usage.cost = Llm::costOf(answer.message.usage, price);
    for (Conversation::ContentBlock &block : answer.message.content) {
        auto *call = std::get_if<Conversation::ToolCallBlock>(&block);
        if (!call)
            continue;
        call->name = registry.nameMeant(call->name);
        if (call->input.trimmed().startsWith('"')) { // one string too many around it
            if (const auto object = jsonObjectIn(call->input))
                call->input = compactJson(*object);
        }
    }
    return answer;
}

} // namespace Meanwhile::Agent
