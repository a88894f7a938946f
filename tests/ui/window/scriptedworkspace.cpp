// SPDX-License-Identifier: MIT
#include "scriptedworkspace.h"

#include <QPromise>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

namespace {

template <typename T>
QFuture<T> ready(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

/// Would run a command; the window is only about whether it may.
class ScriptedBash final : public Tools::Tool {
public:
    ScriptedBash()
    {
        m_spec.name = u"bash"_s;
        m_spec.schema =
            R"({"type":"object","properties":{"command":{"type":"string"}},"required":["command"]})";
        m_spec.parameters = Tools::parametersOf(m_spec.schema);
    }
    const Tools::ToolSpec &spec() const override { return m_spec; }
    QFuture<Tools::Intent> intent(const Tools::ToolCall &call) override
    {
        Tools::Intent intent;
        intent.effect = Tools::Effect::Execute;
        intent.subject = call.arguments.value(u"command"_s).toString();
        return ready(intent);
    }
    QFuture<Tools::ToolOutcome> run(const Tools::ToolCall &) override
    {
        Tools::ToolOutcome outcome;
        outcome.text = u"ran"_s;
        return ready(outcome);
    }

private:
    Tools::ToolSpec m_spec;
};

} // namespace

void ScriptedStream::answer(const QString &text, const QVector<Conversation::ToolCallBlock> &calls)
{
    emit happened(Llm::AnswerStarted{});
    Conversation::Message message;
    message.role = Conversation::Role::Assistant;
    message.content += Conversation::TextBlock{text};
    for (const Conversation::ToolCallBlock &call : calls)
        message.content += call;
    message.stopReason =
        calls.isEmpty() ? Conversation::StopReason::EndTurn : Conversation::StopReason::ToolUse;
    message.usage.inputTokens = 100;
    message.usage.outputTokens = 10;
    emit happened(Llm::Completed{message});
}

Llm::LlmStream *ScriptedClient::send(const Llm::LlmRequest &request, QObject *parent)
{
    requests += request;
    stream = new ScriptedStream(parent);
    return stream;
}

ScriptedWorkspace::ScriptedWorkspace()
    : taskTable(clock)
{
    Tasks::TaskManagerSettings settings;
    settings.runnerPath = qEnvironmentVariable("MEANWHILE_BIN_DIR") + u"/meanwhile-run"_s;
    settings.tasksFolder = state.filePath(u"tasks"_s);
    settings.environment = QProcessEnvironment::systemEnvironment();
    QDir().mkpath(settings.tasksFolder);
    tasks = std::make_unique<Tasks::TaskManager>(settings, clock, ids);
    tools.add(std::make_unique<ScriptedBash>());
    Agent::AgentController::Parts parts;
    parts.client = &client;
    parts.tools = &tools;
    parts.tasks = tasks.get();
    parts.clock = &clock;
    parts.ids = &ids;
    controller = std::make_unique<Agent::AgentController>(parts, Agent::AgentController::Options{});
    controller->setBox(Permissions::Box::Off);
    QObject::connect(
        controller.get(), &Agent::AgentController::happened, &transcript, &Models::TranscriptModel::handle);
    QObject::connect(
        tasks.get(), &Tasks::TaskManager::added, &taskTable, &Models::TaskTableModel::addOrUpdate);
    QObject::connect(controller.get(), &Agent::AgentController::taskEnded, &taskTable,
        &Models::TaskTableModel::addOrUpdate);
}

Result<Ui::OpenSession> ScriptedWorkspace::open(const QString &folder)
{
    if (folder.endsWith(u"locked"_s))
        return failure(ErrorKind::PermissionDenied, u"“locked” may not be read. Open another folder."_s);
    Ui::OpenSession session;
    session.sessionId = u"session of "_s + folder;
    session.folder = folder;
    session.gitBranch = u"main"_s;
    session.controller = controller.get();
    session.tasks = tasks.get();
    session.transcript = &transcript;
    session.taskTable = &taskTable;
    return session;
}

QFuture<Result<Ui::OpenSession>> ScriptedWorkspace::resume(const QString &sessionId)
{
    return ready(stored.value(sessionId, failure(ErrorKind::NotFound, u"It is not there."_s)));
}

QFuture<Result<Ui::OpenSession>> ScriptedWorkspace::resumeNewest(const QString &folder)
{
    return resume(u"newest of "_s + folder);
}

QFuture<Result<Ui::OpenSession>> ScriptedWorkspace::moveTo(const QString &sessionId, const QString &folder)
{
    asked += u"moveTo "_s + sessionId + u' ' + folder;
    return resume(sessionId);
}

QFuture<Result<Ui::OpenSession>> ScriptedWorkspace::fork(const QString &sessionId, const QString &rowId)
{
    return resume(rowId + u" of "_s + sessionId);
}

QFuture<Result<QVector<Store::SessionHit>>> ScriptedWorkspace::search(const QString &text)
{
    asked += u"search "_s + text;
    return ready(Result<QVector<Store::SessionHit>>());
}

QFuture<Result<void>> ScriptedWorkspace::rename(const QString &sessionId, const QString &title)
{
    asked += u"rename %1 %2"_s.arg(sessionId, title);
    return ready(Result<void>());
}

QFuture<Result<void>> ScriptedWorkspace::setArchived(const QString &sessionId, bool archived)
{
    asked += (archived ? u"archive "_s : u"unarchive "_s) + sessionId;
    return ready(Result<void>());
}

QFuture<Result<void>> ScriptedWorkspace::exportTo(const QString &sessionId, const QString &path)
{
    asked += u"export %1 to %2"_s.arg(sessionId, path);
    return ready(Result<void>());
}

QFuture<Result<void>> ScriptedWorkspace::setDeleted(const QString &sessionId, bool deleted)
{
    asked += (deleted ? u"delete "_s : u"undelete "_s) + sessionId;
    return ready(Result<void>());
}

Ui::ModelInUse ScriptedWorkspace::modelInUse() const
{
    const QString provider = current.provider.isEmpty() ? u"demo"_s : current.provider;
    return {provider, current.model, provider, modelFacts,
        Llm::levelFor(modelFacts.thinking, Llm::thinkingLevelFrom(current.thinking))};
}

QVector<Ui::ProviderName> ScriptedWorkspace::available() const
{
    QVector<Ui::ProviderName> names{{u"anthropic"_s, u"Anthropic"_s}, {u"openai"_s, u"OpenAI"_s}};
    for (const CustomProvider &own : current.customProviders)
        names.append({own.id, own.name});
    names.append({u"demo"_s, u"Demo"_s});
    return names;
}

QFuture<QVector<Llm::LocalServer>> ScriptedWorkspace::localServers()
{
    ++serverSearches;
    return ready(servers);
}

QFuture<Result<QVector<Llm::ModelInfo>>> ScriptedWorkspace::models(const QString &provider)
{
    modelRequests += provider;
    return ready(listed.value(provider));
}

} // namespace Meanwhile::Testing
