// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "base/settings.h"
#include "llm/llmclient.h"
#include "llm/localservers.h"
#include "llm/modelcatalog.h"

#include <QFuture>
#include <QString>

namespace Meanwhile::Ui {

/// A provider as the settings dialog describes it, the key included.
struct ProviderChoice {
    QString provider;
    QString baseUrl; ///< empty: the provider's own
    QString key;
    CustomProvider custom = {}; ///< for one of the person's own: all but the key; the id empty for others
};

/// The provider in use as the command line or the environment sets it for this run; empty where they do
/// not, or where the person has chosen otherwise since.
struct GivenAtStart {
    QString provider; ///< the one in use
    Settings::LastChoice choice;

    bool operator==(const GivenAtStart &) const = default;
};

/// One that can answer.
struct ProviderName {
    QString id;
    QString name; ///< for people

    bool operator==(const ProviderName &) const = default;
};

/// Port: keys and connections, for the settings dialog and the composer's list of models.
class Providers {
public:
    virtual ~Providers() = default;

    /// Asks the provider for its models, the one to begin with first: the proof that address and key are
    /// right. The error's message is for people.
    virtual QFuture<Result<QVector<Llm::ModelInfo>>> check(const ProviderChoice &choice) = 0;
    /// Empty where none is stored, and where this provider was not set up: then nobody is asked for one.
    /// Never blocks; at most 2 s.
    virtual QFuture<QString> storedKey(const QString &provider) = 0;
    /// False once it is known that keys can only be kept in files.
    virtual bool hasKeychain() const { return true; }
    virtual GivenAtStart givenAtStart() const { return {}; }
    /// Those that were set up, the one in use first, the demo last.
    virtual QVector<ProviderName> available() const = 0;
    /// The models of one of them, with its key. The error's message is for people.
    virtual QFuture<Result<QVector<Llm::ModelInfo>>> models(const QString &provider) = 0;
    /// What is known of a model of one of them.
    virtual Llm::ModelFacts facts(const QString &provider, const QString &model) const = 0;
    /// Model servers on this computer; at most 300 ms. Only asked when a person opens what shows them.
    virtual QFuture<QVector<Llm::LocalServer>> localServers() = 0;
    /// Where the key went: "keychain", or the path of the file of last resort (0600). An empty key removes
    /// what is stored; the answer is empty then.
    virtual QFuture<Result<QString>> storeKey(const QString &provider, const QString &key) = 0;
};

} // namespace Meanwhile::Ui
