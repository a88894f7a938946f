// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "llm/price.h"
#include "llm/thinking.h"

#include <QJsonObject>

namespace Meanwhile::Llm {

enum class Known { Unknown, No, Yes };

/// What is known of one model at one address.
struct ModelFacts {
    Price price;
    qint64 contextWindow = 0; ///< tokens; 0: unknown
    Known vision = Known::Unknown;
    ThinkingForm thinking = ThinkingForm::None;

    /// As in resources/models.json, whose `about` names the fields. Known prices only.
    QJsonObject toJson() const;
    /// What is missing is unknown; an error where a word means nothing.
    static Result<ModelFacts> fromJson(const QJsonObject &object);

    bool operator==(const ModelFacts &) const = default;
};

} // namespace Meanwhile::Llm
