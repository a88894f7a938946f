// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "base/settings.h"
#include "llm/llmclient.h"

#include <QProcessEnvironment>

#include <chrono>
#include <memory>

namespace Meanwhile::Wire {
class HttpTransport;
}

namespace Meanwhile::App {

/// Which model answers, and how it is reached.
struct ProviderAccess {
    QString provider; ///< anthropic, openai or demo
    QString baseUrl;
    QString key;
    QString authToken;
    QString model; ///< empty: the first the provider lists

    /// The command line wins over the environment (ANTHROPIC_… and OPENAI_…), that over the settings; without
    /// any key it is the demo.
    /// `storedKey` is what the key store holds for the settings' provider.
    static ProviderAccess resolve(const CommandLine &line, const QProcessEnvironment &environment,
        const Settings &settings, const QString &storedKey);

    std::unique_ptr<Llm::LlmClient> makeClient(
        Wire::HttpTransport &transport, std::chrono::milliseconds demoPerWord) const;

    bool operator==(const ProviderAccess &) const = default;
};

} // namespace Meanwhile::App
