// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "app/startenvironment.h"
#include "base/settings.h"
#include "llm/learnedmodels.h"
#include "llm/llmclient.h"
#include "llm/modelcatalog.h"
#include "wire/httptransport.h"

#include <chrono>
#include <memory>

namespace Meanwhile::App {

/// Which model answers, and how it is reached.
struct ProviderAccess {
    QString provider; ///< anthropic, openai, demo, or the id of one of the person's own
    QString protocol; ///< anthropic, openai or demo
    QString baseUrl;  ///< empty: the protocol's own
    Secret key;
    Secret authToken;
    QString model;              ///< empty: the first the provider lists
    Wire::Headers headers = {}; ///< sent beside the protocol's own

    /// The command line wins over the environment (ANTHROPIC_… and OPENAI_…), that over the settings; without
    /// any key it is the demo. `storedKey` is what the key store holds for providerFor() these.
    static ProviderAccess resolve(const CommandLine &line, const StartEnvironment &environment,
        const Settings &settings, const Secret &storedKey);
    /// The id of the provider that resolve() takes. `line` names it by its id.
    static QString providerFor(
        const CommandLine &line, const StartEnvironment &environment, const Settings &settings);
    /// This provider with what was last chosen for it, whichever is in use. `storedKey` is its own.
    static ProviderAccess of(const QString &provider, const StartEnvironment &environment,
        const Settings &settings, const Secret &storedKey);
    /// What the command line or the environment says in place of the settings, for this provider in use.
    static Settings::LastChoice givenAtStart(
        const QString &provider, const CommandLine &line, const StartEnvironment &environment);
    /// One of the person's own, as described, without a model.
    static ProviderAccess of(const CustomProvider &provider, const Secret &key);

    std::unique_ptr<Llm::LlmClient> makeClient(
        Wire::HttpTransport &transport, std::chrono::milliseconds demoPerWord) const;

    /// Where its protocol is, the protocol's own address where none was given.
    QUrl address() const;
    /// What is known of the model there: from the catalogue at a seller's own address, elsewhere first from
    /// what the server itself has said. Thinking is None where this protocol has no words for it.
    Llm::ModelFacts facts(const Llm::ModelCatalog &catalog, const Llm::LearnedModels &learned = {}) const;

    bool operator==(const ProviderAccess &) const = default;
};

/// The environment holds a key for "anthropic" or "openai".
bool hasKeyInEnvironment(const StartEnvironment &environment, const QString &provider);

} // namespace Meanwhile::App
