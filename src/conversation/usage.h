// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/cost.h"

namespace Meanwhile::Conversation {

/// Tokens as the provider counts them, and what they cost. inputTokens excludes what was read from or written
/// to its cache. The cost is set by whoever sent the request and knows its price.
struct Usage {
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    qint64 cacheReadTokens = 0;
    qint64 cacheWriteTokens = 0;
    Cost cost = {};

    /// All that the model read.
    qint64 promptTokens() const { return inputTokens + cacheReadTokens + cacheWriteTokens; }

    Usage &operator+=(const Usage &other)
    {
        inputTokens += other.inputTokens;
        outputTokens += other.outputTokens;
        cacheReadTokens += other.cacheReadTokens;
        cacheWriteTokens += other.cacheWriteTokens;
        cost += other.cost;
        return *this;
    }
    bool operator==(const Usage &) const = default;
};

} // namespace Meanwhile::Conversation
