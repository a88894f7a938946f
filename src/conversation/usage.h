// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace Meanwhile::Conversation {

/// Tokens as the provider counts them. inputTokens excludes what was read from or written to its cache.
struct Usage {
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    qint64 cacheReadTokens = 0;
    qint64 cacheWriteTokens = 0;

    Usage &operator+=(const Usage &other)
    {
        inputTokens += other.inputTokens;
        outputTokens += other.outputTokens;
        cacheReadTokens += other.cacheReadTokens;
        cacheWriteTokens += other.cacheWriteTokens;
        return *this;
    }
    bool operator==(const Usage &) const = default;
};

} // namespace Meanwhile::Conversation
