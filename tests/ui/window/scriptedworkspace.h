// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentcontroller.h"
#include "base/clock.h"
#include "models/sessionlistmodel.h"
#include "models/tasktablemodel.h"
#include "models/transcriptmodel.h"
#include "support/knowntools.h"
#include "support/seededids.h"
#include "tasks/taskmanager.h"
#include "tools/toolregistry.h"
#include "ui/ports/givenwords.h"
#include "ui/ports/providers.h"
#include "ui/ports/sessions.h"
#include "ui/ports/workspace.h"

#include <QTemporaryDir>

namespace Meanwhile::Testing {

/// An answer that the test writes, event by event.
class ScriptedStream final : public Llm::LlmStream {
    Q_OBJECT

public:
    using LlmStream::LlmStream;

    qint64 requestBytes() const override { return 1; }
    void answer(const QString &text, const QVector<Conversation::ToolCallBlock> &calls = {});
};

class ScriptedClient final : public Llm::LlmClient {
public:
    QString provider() const override { return QStringLiteral("scripted"); }
    Llm::LlmStream *send(const Llm::LlmRequest &request, QObject *parent) override;
    QFuture<Result<QVector<Llm::ModelInfo>>> listModels() override { return {}; }

    QVector<Llm::LlmRequest> requests;
    QPointer<ScriptedStream> stream; ///< of the newest request
};

/// The real controller and the real tasks behind the window, with a model that says what the test wants.
/// A folder named "locked" cannot be opened.
class ScriptedWorkspace final : public Ui::Workspace, public Ui::Sessions, public Ui::Providers {
public:
    ScriptedWorkspace();

    Result<Ui::OpenSession> open(const QString &folder) override;
    Result<Ui::OpenSession> begin(const QString &folder) override { return open(folder); }
    QFuture<Result<Ui::OpenSession>> resume(const QString &sessionId) override;
    QFuture<Result<Ui::OpenSession>> resumeNewest(const QString &folder) override;
    QFuture<Result<Ui::OpenSession>> moveTo(const QString &sessionId, const QString &folder) override;
    QFuture<Result<Ui::OpenSession>> fork(const QString &sessionId, const QString &rowId) override;
    QVector<Tasks::TaskManager *> openTasks() const override { return {tasks.get()}; }
    Models::SessionListModel &list() override { return sessionList; }
    void noteShown(const QString &sessionId) override { sessionList.setCurrent(sessionId); }
    QFuture<Result<QVector<Store::SessionHit>>> search(const QString &text) override;
    QFuture<Result<void>> rename(const QString &sessionId, const QString &title) override;
    QFuture<Result<void>> setArchived(const QString &sessionId, bool archived) override;
    QFuture<Result<void>> exportTo(const QString &sessionId, const QString &path) override;
    QFuture<Result<void>> setDeleted(const QString &sessionId, bool deleted) override;
    void apply(const Settings &settings) override { current = settings; }
    Settings settings() const override { return current; }
    Ui::ModelInUse modelInUse() const override;
    QFuture<Result<QVector<Llm::ModelInfo>>> check(const Ui::ProviderChoice &choice) override
    {
        return models(choice.baseUrl);
    }
    QFuture<QString> storedKey(const QString &) override { return {}; }
    QVector<Ui::ProviderName> available() const override;
    /// `listed` by provider; for a server that was found, by address.
    QFuture<Result<QVector<Llm::ModelInfo>>> models(const QString &provider) override;
    Llm::ModelFacts facts(const QString &, const QString &) const override { return modelFacts; }
    QFuture<QVector<Llm::LocalServer>> localServers() override;
    QFuture<Result<QString>> storeKey(const QString &, const QString &) override { return {}; }

    Settings current;
    Models::SessionListModel sessionList;
    QStringList asked;                              ///< of the list, e.g. "rename ID TITLE"
    QHash<QString, Result<Ui::OpenSession>> stored; ///< by session id; others are not found
    QHash<QString, Result<QVector<Llm::ModelInfo>>> listed;
    QVector<Llm::LocalServer> servers;
    Llm::ModelFacts modelFacts;
    QStringList modelRequests; ///< providers that were asked
    int serverSearches = 0;
    ScriptedClient client;
    SystemClock clock;
    SeededIds ids;
    QTemporaryDir state;
    Tools::ToolRegistry tools;
    std::unique_ptr<Tasks::TaskManager> tasks;
    Models::TaskTableModel taskTable;
    Models::TranscriptModel transcript{knownTools()};
    std::unique_ptr<Agent::AgentController> controller;
};

} // namespace Meanwhile::Testing
