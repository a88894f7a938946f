// SPDX-License-Identifier: MIT
#include "app/window/windowprogram.h"

#include "app/window/unreadyclient.h"
#include "base/whenfinished.h"
#include "keys/keystore.h"
#include "runner/mark.h"

#include <QtConcurrentRun>

#include <algorithm>

namespace Meanwhile::App {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// The demo speaks at about the pace of a person reading along.
constexpr auto kDemoPerWord = 25ms;

Permissions::Mode modeOf(const Settings &settings)
{
    return Permissions::modeFromString(settings.permissionMode).value_or(Permissions::Mode::Box);
}

/// What was chosen for a project holds at its new place.
Settings withMovedProject(Settings settings, const QString &before, const QString &now)
{
    if (before == now)
        return settings;
    settings.recentFolders.removeAll(before);
    QStringList names = settings.passedOn.take(before) + settings.passedOn.value(now);
    names.removeDuplicates();
    names.sort();
    if (!names.isEmpty())
        settings.passedOn.insert(now, names);
    return settings;
}

} // namespace

WindowProgram::WindowProgram(Program &program, CommandLine line, Keys::KeyStore &keys, QObject *parent)
    : QObject(parent)
    , m_program(program)
    , m_line(std::move(line))
    , m_keys(keys)
    , m_environment(program.environment)
    , m_localServers(program.transport)
    , m_sessions(program)
{
    m_saving.setMaxThreadCount(1); // one after the other, and the last before the end
    m_sessions.opened().setMode(modeOf(this->settings()));
    connect(&program.commandBox, &CommandBox::found, this,
        [this, &box = program.commandBox] { emit boxFound(box.kind(), box.reason()); });
    connect(
        &m_sessions, &WindowSessions::projectMoved, this, [this](const QString &before, const QString &now) {
            apply(withMovedProject(this->settings(), before, now));
        });
    useProvider();
}

WindowProgram::~WindowProgram() = default;

// A command could start a window that sends the person's key to an address of its own. And no keychain comes
// up with its dialog over a provider that the person has never set up.
QFuture<QString> WindowProgram::keyOf(const QString &provider)
{
    if (!Runner::isOfCommand() && m_program.settings.isSetUp(provider))
        return m_keys.read(provider);
    return QtFuture::makeReadyFuture(QString());
}

void WindowProgram::useProvider()
{
    const QString provider = ProviderAccess::providerFor(m_line, m_environment, m_program.settings);
    const bool mayHaveKey = provider != u"demo"_s && m_program.settings.isSetUp(provider);
    m_storedKey = {};
    m_awaitedKey = mayHaveKey ? provider : QString();
    m_awaitsModel = true;
    renewClient();
    if (!mayHaveKey)
        return chooseModelIfNone();
    whenFinished(keyOf(provider), this, [this, provider](const QString &key) {
        if (provider != m_awaitedKey)
            return; // another provider is in use, or a key was given since
        m_awaitedKey.clear();
        m_storedKey = key;
        renewClient();
        chooseModelIfNone();
        emit modelInUseChanged();
    });
}

// Sessions send what waits as soon as they get a client that is ready.
void WindowProgram::renewClient(const QString &defaultModel)
{
    m_access = ProviderAccess::resolve(m_line, m_environment, m_program.settings, m_storedKey);
    if (m_access.model.isEmpty())
        m_access.model = defaultModel;
    std::unique_ptr<Llm::LlmClient> client = m_access.makeClient(m_program.transport, kDemoPerWord);
    const bool awaitsKey = !m_awaitedKey.isEmpty() && m_access.key.isEmpty() && m_access.authToken.isEmpty();
    if (awaitsKey || (m_awaitsModel && m_access.model.isEmpty()))
        client = std::make_unique<UnreadyClient>(std::move(client));
    m_clients.push_back(std::move(client));
    tellSessions();
}

void WindowProgram::tellSessions()
{
    const Ui::ModelInUse inUse = modelInUse();
    m_sessions.opened().setModel({m_clients.back().get(), m_access.model, inUse.facts, inUse.thinking});
}

void WindowProgram::chooseModelIfNone()
{
    if (!m_access.model.isEmpty())
        return;
    Llm::LlmClient *client = m_clients.back().get();
    whenFinished(client->listModels(), this, [this, client](const Result<QVector<Llm::ModelInfo>> &models) {
        // Without a list the first request says what is wrong; another client may be in use by now.
        if (m_clients.back().get() != client || !m_access.model.isEmpty())
            return;
        m_awaitsModel = false;
        if (models)
            learn(m_access, *models);
        renewClient(models ? m_program.catalog.defaultOf(m_access.address(), *models) : QString());
        emit modelInUseChanged();
    });
}

void WindowProgram::apply(const Settings &settings)
{
    const Settings stored = m_program.settings;
    take(settings);
    saveSettings(stored);
}

void WindowProgram::answer(const Settings &settings)
{
    take(settings);
    (void)QtConcurrent::run(&m_saving,
        [settings = m_program.settings, paths = m_program.paths] { TrustedSettings::save(settings, paths); });
}

void WindowProgram::take(const Settings &settings)
{
    const Settings before = this->settings();
    const QString storedMode = m_program.settings.permissionMode;
    m_program.settings = settings;
    // A mode said at the start is for this run; it is kept only once the person chooses another one here.
    if (before.permissionMode != settings.permissionMode)
        m_line.mode.reset();
    else
        m_program.settings.permissionMode = storedMode;
    if (!takeChoice(before, settings) && before.thinking != settings.thinking)
        tellSessions();
    if (before.permissionMode != settings.permissionMode)
        m_sessions.opened().setMode(modeOf(settings));
    if (before.passedOn != settings.passedOn)
        emit m_program.commandEnvironment.changed();
    emit settingsChanged();
}

// A choice in the window overrides what was given at the start. The rest of that stays in force: a model
// chosen at an address of the command line is asked there.
bool WindowProgram::takeChoice(const Settings &before, const Settings &settings)
{
    const QString provider = settings.provider;
    const auto ownOf = [&](const Settings &from) {
        const CustomProvider *own = from.customProvider(provider);
        return own ? *own : CustomProvider();
    };
    const Settings::LastChoice last = before.lastChoice(provider);
    const bool isOtherAddress = last.baseUrl != settings.baseUrl || ownOf(before) != ownOf(settings);
    const bool isOtherModel = last.model != settings.model;
    if (before.provider == provider && !isOtherAddress && !isOtherModel)
        return false;
    m_line.provider.clear();
    const bool isOtherProvider =
        ProviderAccess::providerFor(m_line, m_environment, settings) != m_access.provider;
    if (isOtherProvider || isOtherAddress)
        m_line.baseUrl.clear();
    if (isOtherProvider || isOtherModel) {
        m_line.model.clear();
        m_environment.remove(provider.toUpper() + u"_MODEL"_s);
    }
    if (isOtherAddress && !isOtherProvider)
        m_environment.remove(provider.toUpper() + u"_BASE_URL"_s);
    if (isOtherProvider || !before.isSetUp(m_access.provider)) { // its key may be in the store
        useProvider();
    } else {
        renewClient();
        chooseModelIfNone();
    }
    return true;
}

void WindowProgram::saveSettings(const Settings &before)
{
    (void)QtConcurrent::run(&m_saving, [before, settings = m_program.settings, paths = m_program.paths] {
        TrustedSettings::saveChanges(before, settings, paths);
    });
}

bool WindowProgram::lookAtSettings()
{
    if (m_saving.activeThreadCount() > 0)
        return false; // what is being saved would look like a change
    m_program.trusted = TrustedSettings::load(m_program.paths);
    return true;
}

// What the person has chosen since then stays.
Settings WindowProgram::settingsFromOutside() const
{
    Settings settings = m_program.trusted.fromOutside.value_or(m_program.settings);
    settings.recentFolders = m_program.settings.recentFolders;
    return settings;
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
    return chain(
        client->listModels(), this, [this, access, client](const Result<QVector<Llm::ModelInfo>> &models) {
            if (models)
                learn(access, *models);
            return models;
        });
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
    return chain(ask(access), this, [this, access](Result<QVector<Llm::ModelInfo>> models) {
        if (models) {
            const QString first = m_program.catalog.defaultOf(access.address(), *models);
            std::stable_partition(models->begin(), models->end(),
                [&](const Llm::ModelInfo &model) { return model.id == first; });
        }
        return models;
    });
}

QFuture<Result<QVector<Llm::ModelInfo>>> WindowProgram::models(const QString &provider)
{
    if (provider == m_access.provider)
        return ask(m_access);
    return chain(keyOf(provider), this, [this, provider](const QString &key) {
        return ask(ProviderAccess::of(provider, m_environment, m_program.settings, key));
    });
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
    return keyOf(provider);
}

bool WindowProgram::hasKeychain() const
{
    return m_keys.hasKeychain();
}

Ui::GivenAtStart WindowProgram::givenAtStart() const
{
    return {m_access.provider, ProviderAccess::givenAtStart(m_access.provider, m_line, m_environment)};
}

QFuture<Result<QString>> WindowProgram::storeKey(const QString &provider, const QString &key)
{
    const QFuture<Result<QString>> stored = m_keys.write(provider, key);
    whenFinished(stored, this, [this, provider, key](const Result<QString> &place) {
        if (!place || provider != m_access.provider)
            return;
        m_awaitedKey.clear();
        m_storedKey = key;
        renewClient();
        chooseModelIfNone();
    });
    return stored;
}

} // namespace Meanwhile::App
