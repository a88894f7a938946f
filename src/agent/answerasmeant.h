// SPDX-License-Identifier: MIT
#pragma once

#include "llm/llmevent.h"
#include "llm/price.h"

namespace Meanwhile::Tools {
class ToolRegistry;
}

namespace Meanwhile::Agent {

/// The whole answer with its cost, and its calls as they were meant: whatever shows, keeps or runs them sees
/// the same.
Llm::Completed asMeant(Llm::Completed answer, const Llm::Price &price, const Tools::ToolRegistry &registry);

} // namespace Meanwhile::Agent
