// SPDX-License-Identifier: MIT
#include "app/window/windowprogram.h"

#include "base/whenfinished.h"
#include "keys/keystore.h"
#include "models/tasktablemodel.h"
#include "models/transcriptmodel.h"

#include <QFile>
#include <QFileInfo>
#include <QPromise>
#include <QtConcurrentRun>

#include <algorithm>

namespace Meanwhile::App {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// The demo speaks at about the pace of a person reading along.
constexpr auto kDemoPerWord = 25ms;

QString gitBranch(const QString &folder)
{
    // "ref: refs/heads/NAME", or a commit when no branch is checked out; gitrepository-layout(5).
    QFile head(folder + u"/.git/HEAD"_s);
    if (!head.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(head.read(512)).trimmed();
    const QString prefix = u"ref: refs/heads/"_s;
    return text.startsWith(prefix) ? text.sliced(prefix.size()) : text.left(8);
}

} // namespace

struct WindowProgram::OpenProject {
    OpenProject(Program &program, Llm::LlmClient &client, Session::Start start)
        : session(program, client, std::move(start))
        , transcript(program.clock)
        , taskTable(program.clock)
    {
    }

    Session session;
    Models::TranscriptModel transcript;
    Models::TaskTableModel taskTable;
};

WindowProgram::WindowProgram(Program &program, CommandLine line, Keys::KeyStore &keys, QObject *parent)
    : QObject(parent)
    , m_program(program)
    , m_line(std::move(line))
    , m_keys(keys)
    , m_environment(program.environment)
    , m_localServers(program.transport)
{
    m_saving.setMaxThreadCount(1); // one after the other, and the last before the end
    renewClient();
    readKey();
}

WindowProgram::~WindowProgram() = default;

Result<Ui::Project> WindowProgram::open(const QString &folder)
{
    const Result<QString> usable = usableFolder(folder);
    if (!usable)
        return failure(usable.error());
    std::unique_ptr<OpenProject> &project = m_projects[*usable];
    if (!project) {
        Session::Start start;
        start.folder = *usable;
        start.mode = m_line.mode.value_or(
            Permissions::modeFromString(m_program.settings.permissionMode).value_or(Permissions::Mode::Ask));
        start.model = m_access.model;
        const Ui::ModelInUse inUse = modelInUse();
        start.facts = inUse.facts;
        start.thinking = inUse.thinking;
        project = std::make_unique<OpenProject>(m_program, *m_clients.back(), std::move(start));
        connectProject(*project);
    }
    if (m_program.settings.recentFolders.value(0) != *usable) {
        m_program.settings.rememberFolder(*usable);
        saveSettings();
    }
    return Ui::Project{*usable, gitBranch(*usable), &project->session.controller(), &project->session.tasks(),
        &project->transcript, &project->taskTable, m_access.provider, m_access.model};
}

void WindowProgram::connectProject(OpenProject &project)
{
    Agent::AgentController *controller = &project.session.controller();
    Tasks::TaskManager *tasks = &project.session.tasks();
    connect(controller, &Agent::AgentController::happened, this,
        [this, &project](const Agent::AgentEvent &event) {
            project.transcript.handle(event);
            if (std::holds_alternative<Agent::RequestSent>(event) ||
                std::holds_alternative<Agent::ResponseStarted>(event) ||
                std::holds_alternative<Agent::ToolCallEnded>(event) ||
                std::holds_alternative<Agent::TurnEnded>(event))
                refreshDeliveries(project);
        });
    const auto show = [this, &project](const Tasks::Task &task) {
        project.taskTable.addOrUpdate(task);
        project.transcript.handleTask(task);
        if (task.hasEnded())
            refreshDeliveries(project);
    };
    connect(tasks, &Tasks::TaskManager::added, this, show);
    connect(tasks, &Tasks::TaskManager::changed, this, show);
    // Behind the controller, which connected first: by now the end is in its queue.
    connect(tasks, &Tasks::TaskManager::ended, this, show);
}

void WindowProgram::refreshDeliveries(OpenProject &project)
{
    const QVector<Tasks::Task> tasks = project.session.tasks().tasks();
    for (const Tasks::Task &task : tasks) {
        if (task.hasEnded())
            project.taskTable.setDelivery(
                task.id, project.session.controller().notifications().delivery(task.id));
    }
}

void WindowProgram::readKey()
{
    const QString provider = m_access.provider;
    if (provider == u"demo"_s || !m_program.settings.isSetUp(provider))
        return chooseModelIfNone();
    whenFinished(m_keys.read(provider), this, [this, provider](const QString &key) {
        if (provider != m_access.provider)
            return;
        m_storedKey = key;
        renewClient();
        chooseModelIfNone();
        emit modelInUseChanged();
    });
}

void WindowProgram::renewClient()
{
    m_access = ProviderAccess::resolve(m_line, m_environment, m_program.settings, m_storedKey);
    m_clients.push_back(m_access.makeClient(m_program.transport, kDemoPerWord));
    tellSessions();
}

void WindowProgram::tellSessions()
{
    const Ui::ModelInUse inUse = modelInUse();
    for (const auto &[folder, project] : m_projects)
        project->session.setModel(*m_clients.back(), m_access.model, inUse.facts, inUse.thinking);
}

void WindowProgram::chooseModelIfNone()
{
    if (!m_access.model.isEmpty())
        return;
    Llm::LlmClient *client = m_clients.back().get();
    whenFinished(client->listModels(), this, [this, client](const Result<QVector<Llm::ModelInfo>> &models) {
        // Without a list the first request says what is wrong; another client may be in use by now.
        if (!models || m_clients.back().get() != client || !m_access.model.isEmpty())
            return;
        m_access.model = m_program.catalog.defaultOf(m_access.address(), *models);
        learn(m_access, *models);
        tellSessions();
        emit modelInUseChanged();
    });
}

void WindowProgram::apply(const Settings &settings)
{
    const Settings before = this->settings();
    const QString storedMode = m_program.settings.permissionMode;
    m_program.settings = settings;
    // A mode said at the start is for this run; it is kept only once the person chooses another one here.
    if (before.permissionMode != settings.permissionMode)
        m_line.mode.reset();
    else
        m_program.settings.permissionMode = storedMode;
    saveSettings();
    const auto ownOf = [](const Settings &from) {
        const CustomProvider *own = from.customProvider(from.provider);
        return own ? *own : CustomProvider();
    };
    const bool isOtherProvider = before.provider != settings.provider;
    const bool isOtherAddress = before.baseUrl != settings.baseUrl || ownOf(before) != ownOf(settings);
    if (isOtherProvider || isOtherAddress || before.model != settings.model) {
        // What was chosen in the window wins over what was said at the start.
        m_line.provider.clear();
        m_line.baseUrl.clear();
        m_line.model.clear();
        m_environment.remove(settings.provider.toUpper() + u"_MODEL"_s);
        if (isOtherAddress && !isOtherProvider)
            m_environment.remove(settings.provider.toUpper() + u"_BASE_URL"_s);
        const bool isOtherKey = isOtherProvider || ProviderAccess::providerFor(
                                                       m_line, m_environment, settings) != m_access.provider;
        if (isOtherKey)
            m_storedKey.clear();
        renewClient();
        if (isOtherKey)
            readKey();
        else
            chooseModelIfNone();
    } else if (before.thinking != settings.thinking) {
        tellSessions();
    }
    if (before.permissionMode != settings.permissionMode) {
        const auto mode =
            Permissions::modeFromString(settings.permissionMode).value_or(Permissions::Mode::Ask);
        for (const auto &[folder, project] : m_projects)
            project->session.controller().setMode(mode);
    }
}

void WindowProgram::saveSettings()
{
    (void)QtConcurrent::run(&m_saving,
        [settings = m_program.settings, folder = m_program.paths.config] { settings.save(folder); });
}

Settings WindowProgram::settings() const
{
    Settings settings = m_program.settings;
    if (m_line.mode)
        settings.permissionMode = Permissions::nameOf(*m_line.mode);
    return settings;
}

Ui::ModelInUse WindowProgram::modelInUse() const
{
    const Llm::ModelFacts facts = m_access.facts(m_program.catalog, m_program.learned);
    return {m_access.provider, m_access.model, nameOf(m_access.provider), facts,
        Llm::levelFor(facts.thinking, Llm::thinkingLevelFrom(m_program.settings.thinking))};
}

QString WindowProgram::nameOf(const QString &provider) const
{
    if (const CustomProvider *own = m_program.settings.customProvider(provider))
        return own->name;
    return provider == u"anthropic"_s ? u"Anthropic"_s
           : provider == u"openai"_s  ? u"OpenAI"_s
                                      : tr("Demo (offline)");
}

QVector<Ui::ProviderName> WindowProgram::available() const
{
    const Settings &settings = m_program.settings;
    QStringList ids{m_access.provider};
    for (const QString &builtIn : {u"anthropic"_s, u"openai"_s}) {
        if (hasKeyInEnvironment(m_environment, builtIn) || settings.otherProviders.contains(builtIn))
            ids += builtIn;
    }
    for (const CustomProvider &own : settings.customProviders)
        ids += own.id;
    ids.removeAll(u"demo"_s);
    if (m_access.provider == u"demo"_s)
        ids.prepend(u"demo"_s);
    else
        ids.append(u"demo"_s);
    ids.removeDuplicates();
    QVector<Ui::ProviderName> names;
    for (const QString &id : std::as_const(ids))
        names.append({id, nameOf(id)});
    return names;
}

void WindowProgram::learn(const ProviderAccess &access, const QVector<Llm::ModelInfo> &models)
{
    if (!m_program.learned.learn(access.address(), models))
        return;
    (void)QtConcurrent::run(
        &m_saving, [learned = m_program.learned, folder = m_program.paths.state] { learned.save(folder); });
    if (access.address() != m_access.address())
        return;
    tellSessions();
    emit modelInUseChanged();
}

// The client lives until its answer is in.
QFuture<Result<QVector<Llm::ModelInfo>>> WindowProgram::ask(const ProviderAccess &access)
{
    std::shared_ptr<Llm::LlmClient> client = access.makeClient(m_program.transport, 0ms);
    auto promise = std::make_shared<QPromise<Result<QVector<Llm::ModelInfo>>>>();
    promise->start();
    whenFinished(client->listModels(), this,
        [this, access, client, promise](const Result<QVector<Llm::ModelInfo>> &models) {
            if (models)
                learn(access, *models);
            promise->addResult(models);
            promise->finish();
        });
    return promise->future();
}

QFuture<Result<QVector<Llm::ModelInfo>>> WindowProgram::check(const Ui::ProviderChoice &choice)
{
    ProviderAccess access;
    if (choice.custom.id.isEmpty()) {
        access.provider = choice.provider;
        access.protocol = choice.provider;
        access.baseUrl = choice.baseUrl;
        access.key = choice.key;
    } else {
        access = ProviderAccess::of(choice.custom, choice.key);
    }
    auto promise = std::make_shared<QPromise<Result<QVector<Llm::ModelInfo>>>>();
    promise->start();
    whenFinished(ask(access), this, [this, access, promise](Result<QVector<Llm::ModelInfo>> models) {
        if (models) {
            const QString first = m_program.catalog.defaultOf(access.address(), *models);
            std::stable_partition(models->begin(), models->end(),
                [&](const Llm::ModelInfo &model) { return model.id == first; });
        }
        promise->addResult(models);
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<QVector<Llm::ModelInfo>>> WindowProgram::models(const QString &provider)
{
    if (provider == m_access.provider)
        return ask(m_access);
    auto promise = std::make_shared<QPromise<Result<QVector<Llm::ModelInfo>>>>();
    promise->start();
    whenFinished(m_keys.read(provider), this, [this, provider, promise](const QString &key) {
        const ProviderAccess access = ProviderAccess::of(provider, m_environment, m_program.settings, key);
        whenFinished(ask(access), this, [promise](const Result<QVector<Llm::ModelInfo>> &models) {
            promise->addResult(models);
            promise->finish();
        });
    });
    return promise->future();
}

Llm::ModelFacts WindowProgram::facts(const QString &provider, const QString &model) const
{
    ProviderAccess access = ProviderAccess::of(provider, m_environment, m_program.settings, {});
    access.model = model;
    return access.facts(m_program.catalog, m_program.learned);
}

QFuture<QVector<Llm::LocalServer>> WindowProgram::localServers()
{
    return m_localServers.find();
}

QFuture<QString> WindowProgram::storedKey(const QString &provider)
{
    return m_keys.read(provider);
}

QFuture<Result<QString>> WindowProgram::storeKey(const QString &provider, const QString &key)
{
    const QFuture<Result<QString>> stored = m_keys.write(provider, key);
    whenFinished(stored, this, [this, provider, key](const Result<QString> &place) {
        if (!place || provider != m_access.provider)
            return;
        m_storedKey = key;
        renewClient();
        chooseModelIfNone();
    });
    return stored;
}

} // namespace Meanwhile::App
