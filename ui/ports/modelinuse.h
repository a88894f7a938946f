// SPDX-License-Identifier: MIT
#pragma once

#include "llm/modelcatalog.h"

#include <QString>

namespace Meanwhile::Ui {

/// What answers from now on, with everything left open in the settings decided.
struct ModelInUse {
    QString provider;     ///< "anthropic", "openai", "demo", or the id of one of the person's own
    QString model;        ///< empty: not chosen yet
    QString providerName; ///< for people
    Llm::ModelFacts facts;
    Llm::ThinkingLevel thinking =
        Llm::ThinkingLevel::Automatic; ///< in force, one of levelsOf(facts.thinking)

    bool operator==(const ModelInUse &) const = default;
};

} // namespace Meanwhile::Ui
