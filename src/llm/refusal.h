// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.h"

#include <optional>

namespace Meanwhile::Llm {

/// The part of a request that a provider named as the reason for refusing it.
///
/// message counts from 0, as the provider counts (RequestRules::isFlat). block is the index among the parts
/// of that message, or among its calls where isCall; -1 when only the message was named.
struct RefusedPart {
    int message = 0;
    int block = -1;
    bool isCall = false;
    QString reason; ///< the provider's own words, one short line

    bool operator==(const RefusedPart &) const = default;
};

/// Nothing for an error that is no refusal (HTTP 400), or that names no message. Anthropic writes
/// "messages.3.content.0.image…: why", OpenAI "messages[3].content[0]" or "messages.[3].role", others a path
/// as a list: "messages", 3, "content".
std::optional<RefusedPart> refusedPart(const Error &error);

/// The request was refused because it does not fit the model's context window, or the provider's limit for a
/// request.
bool isPromptTooLong(const Error &error);

} // namespace Meanwhile::Llm
