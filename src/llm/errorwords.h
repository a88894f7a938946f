// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Llm {

// What a provider means by the words of an error, which is often less clear from its HTTP status. The status
// is 0 for an error inside an answer that names none.

/// The request does not fit the model's context window, or the provider's limit for one request.
bool saysTooLong(int status, const QString &words);

/// Credit or a quota is used up, which no waiting brings back. False for a rate limit that passes by itself.
bool saysQuotaUsedUp(int status, const QString &words);

} // namespace Meanwhile::Llm
