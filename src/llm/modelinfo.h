// SPDX-License-Identifier: MIT
#pragma once

#include "llm/modelfacts.h"

#include <QString>

namespace Meanwhile::Llm {

/// A model as its provider lists it.
struct ModelInfo {
    QString id;
    QString name;                 ///< for people; the id where the provider has none
    ModelFacts facts = {};        ///< what the list itself says; `thinking` is never in it
    Known tools = Known::Unknown; ///< it can call tools
    qint64 created = 0;           ///< seconds since 1970; 0: unknown

    bool operator==(const ModelInfo &) const = default;
};

} // namespace Meanwhile::Llm
