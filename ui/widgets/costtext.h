// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/usage.h"
#include "llm/modelcatalog.h"

#include <QString>

namespace Meanwhile::Ui {

/// "$0.42", "local", "cost unknown", "$0.42 + unknown"; empty where nothing was paid for yet. Two significant
/// digits below ten cents, cents above, never a rounded zero.
QString costText(const Conversation::Cost &cost);

/// "12,400 in · 830 out · 91 % cached · $0.021"; empty without tokens.
QString usageText(const Conversation::Usage &usage);

/// "200 K · $3 / $15": window, and dollars for a million tokens in and out; what is unknown is left out.
QString factsText(const Llm::ModelFacts &facts);

/// A context window as people say it: "200 K", "1.05 M".
QString windowText(qint64 tokens);

} // namespace Meanwhile::Ui
