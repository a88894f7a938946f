// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/usage.h"

#include <optional>

namespace Meanwhile::Llm {

/// Micro-dollars per million tokens; unset: not known.
struct Rates {
    std::optional<qint64> input;
    std::optional<qint64> output;
    std::optional<qint64> cacheRead;
    std::optional<qint64> cacheWrite; ///< for five minutes, as our requests ask

    bool operator==(const Rates &) const = default;
};

/// What a model's tokens cost at the address it is asked at.
struct Price {
    enum class Kind { Unknown, Local, Known };

    Kind kind = Kind::Unknown;
    Rates rates;
    qint64 longPromptOver = 0; ///< prompt tokens; a longer one is billed by `longPrompt` as a whole. 0: never
    Rates longPrompt;

    bool operator==(const Price &) const = default;
};

/// Exact. Unknown as a whole where the rate of any of its tokens is unknown.
Conversation::Cost costOf(const Conversation::Usage &usage, const Price &price);

} // namespace Meanwhile::Llm
