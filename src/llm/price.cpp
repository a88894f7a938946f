// SPDX-License-Identifier: MIT
#include "llm/price.h"

#include <utility>

namespace Meanwhile::Llm {

using Conversation::Cost;

Cost costOf(const Conversation::Usage &usage, const Price &price)
{
    if (price.kind == Price::Kind::Local)
        return Cost::local();
    if (price.kind == Price::Kind::Unknown)
        return Cost::unknown();
    const bool isLong = price.longPromptOver > 0 && usage.promptTokens() > price.longPromptOver;
    const Rates &rates = isLong ? price.longPrompt : price.rates;
    qint64 picoDollars = 0;
    for (const auto &[tokens, rate] :
        {std::pair{usage.inputTokens, rates.input}, {usage.outputTokens, rates.output},
            {usage.cacheReadTokens, rates.cacheRead}, {usage.cacheWriteTokens, rates.cacheWrite}}) {
        if (tokens <= 0)
            continue;
        if (!rate)
            return Cost::unknown();
        picoDollars += tokens * *rate;
    }
    return Cost::priced(picoDollars);
}

} // namespace Meanwhile::Llm
