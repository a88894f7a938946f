// SPDX-License-Identifier: MIT
#pragma once

#include "llm/llmevent.h"
#include "llm/price.h"

namespace Meanwhile::Tools {
class ToolRegistry;
}

namespace Meanwhile::Agent {

/// The answer with its cost, and its calls as they were meant: whatever shows, keeps or runs them sees the
/// same. Other events as they are.
Llm::LlmEvent asMeant(
    const Llm::LlmEvent &event, const Llm::Price &price, const Tools::ToolRegistry &registry);

} // namespace Meanwhile::Agent
