// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "base/settings.h"
#include "llm/llmclient.h"
#include "llm/localservers.h"
#include "llm/modelcatalog.h"

#include <QFuture>
#include <QString>

namespace Meanwhile::Agent {
class AgentController;
}
namespace Meanwhile::Models {
class TaskTableModel;
class TranscriptModel;
} // namespace Meanwhile::Models
namespace Meanwhile::Tasks {
class TaskManager;
}

namespace Meanwhile::Ui {

/// One project folder with its conversation. The objects belong to the Workspace and live until the next
/// open().
struct Project {
    QString folder;
    QString gitBranch; ///< empty outside a repository
    Agent::AgentController *controller = nullptr;
    Tasks::TaskManager *tasks = nullptr;
    Models::TranscriptModel *transcript = nullptr;
    Models::TaskTableModel *taskTable = nullptr;
    QString provider; ///< "anthropic", "openai" or "demo"
    QString model;
};

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

/// Port: what the window needs from the program around it.
class Workspace {
public:
    virtual ~Workspace() = default;

    /// The error says why the folder cannot be used, e.g. unreadable. Never blocks.
    virtual Result<Project> open(const QString &folder) = 0;
    /// Takes over provider, model, theme and mode from now on, and keeps them for the next start.
    virtual void apply(const Settings &settings) = 0;
    virtual Settings settings() const = 0;
    /// Follows apply().
    virtual ModelInUse modelInUse() const = 0;
};

/// A provider as the settings dialog describes it, the key included.
struct ProviderChoice {
    QString provider;
    QString baseUrl; ///< empty: the provider's own
    QString key;
    CustomProvider custom = {}; ///< for one of the person's own: all but the key; the id empty for others
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
    /// Empty where none is stored. Never blocks; at most 2 s.
    virtual QFuture<QString> storedKey(const QString &provider) = 0;
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
