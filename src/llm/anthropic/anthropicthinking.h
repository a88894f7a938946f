// SPDX-License-Identifier: MIT
#pragma once

#include "llm/llmclient.h"

namespace Meanwhile::Llm {

/// The fields of a Messages request that limit and steer what a model writes, each with a comma before it:
/// max_tokens, and thinking in the form that this model takes
/// (https://platform.claude.com/docs/en/build-with-claude/thinking).
///
/// With a budget, an answer that calls tools must have begun with thinking, or its results are refused. So
/// thinking that is switched on in the middle of a turn begins with the next turn.
QByteArray limitsAndThinking(const LlmRequest &request);

} // namespace Meanwhile::Llm
