// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QVector>

namespace Meanwhile::Llm {

/// A service or a server that many people have, and where it is: what a person need not look up.
struct ProviderPreset {
    QString name;
    QString address;
    QString protocol; ///< "openai" or "anthropic"
    bool needsKey = true;

    bool operator==(const ProviderPreset &) const = default;
};

/// Services first, then servers on this computer at their usual ports.
QVector<ProviderPreset> providerPresets();

} // namespace Meanwhile::Llm
