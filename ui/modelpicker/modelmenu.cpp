// SPDX-License-Identifier: MIT
#include "ui/modelpicker/modelmenu.h"

#include "base/whenfinished.h"
#include "ui/modelpicker/modelpicker.h"
#include "ui/widgets/costtext.h"

#include <QMenu>
#include <QWidgetAction>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

ModelMenu::ModelMenu(Theme &theme, Workspace &workspace, Providers &providers, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_providers(providers)
{
}

QString ModelMenu::textFor(const ModelInUse &inUse)
{
    if (inUse.provider == u"demo"_s)
        return tr("Demo (offline)");
    if (inUse.model.isEmpty())
        return tr("Choose a model");
    const bool asksToThink =
        inUse.thinking != Llm::ThinkingLevel::Automatic && inUse.thinking != Llm::ThinkingLevel::Off;
    return asksToThink ? tr("%1 · thinks").arg(inUse.model) : inUse.model;
}

void ModelMenu::fill(QMenu &menu)
{
    const ModelInUse inUse = m_workspace.modelInUse();
    auto *list = new ModelList(&menu);
    list->setCurrent(inUse.provider, inUse.model);
    const bool isWhole = addProviders(list);
    auto *picker = new ModelPicker(m_theme, *list, &menu);
    picker->setThinking(inUse.facts.thinking, inUse.thinking);
    picker->selectCurrent();
    if (isWhole || m_rowsHeight > 0) // else any number may come
        picker->fitTo(qMax(m_rowsHeight, picker->rowsHeight()));
    connect(&menu, &QMenu::aboutToHide, picker, [this, list, picker] {
        list->setFilter({});
        m_rowsHeight = picker->rowsHeight();
    });
    auto *action = new QWidgetAction(&menu);
    action->setDefaultWidget(picker);
    menu.addAction(action);
    menu.setActiveAction(action);
    connect(picker, &ModelPicker::modelChosen, this,
        [this, &menu](const QString &provider, const QString &model) {
            menu.close();
            chooseModel(provider, model);
        });
    connect(picker, &ModelPicker::thinkingChosen, this, &ModelMenu::chooseThinking);
    connect(picker, &ModelPicker::settingsRequested, this, [this, &menu] {
        menu.close();
        emit settingsRequested();
    });
    whenFinished(m_providers.localServers(), list,
        [this, list](const QVector<Llm::LocalServer> &servers) { addLocalServers(list, servers); });
}

void ModelMenu::chooseModel(const QString &provider, const QString &model)
{
    Settings settings = m_workspace.settings();
    const auto found = m_found.constFind(provider);
    settings.useProvider(
        found == m_found.cend() ? provider : settings.addCustomProvider(found->name, found->address));
    settings.model = model;
    m_workspace.apply(settings);
    emit changed();
}

void ModelMenu::chooseThinking(Llm::ThinkingLevel level)
{
    Settings settings = m_workspace.settings();
    settings.thinking = Llm::nameOf(level);
    m_workspace.apply(settings);
    emit changed();
}

// It answers at an address of this computer.
bool ModelMenu::isHere(const QString &provider) const
{
    return provider != u"demo"_s && m_providers.facts(provider, {}).price.kind == Llm::Price::Kind::Local;
}

bool ModelMenu::addProviders(ModelList *list)
{
    bool isWhole = true;
    const QVector<ProviderName> providers = m_providers.available();
    for (const ProviderName &provider : providers) {
        const QString name =
            isHere(provider.id) ? tr("%1 · on this computer").arg(provider.name) : provider.name;
        list->addProvider({provider.id, name}, tr("Loading models…"));
        const auto known = m_lists.constFind(provider.id);
        if (known != m_lists.cend()) {
            show(list, provider.id, *known);
            continue;
        }
        const QFuture<Result<QVector<Llm::ModelInfo>>> models = m_providers.models(provider.id);
        if (models.isFinished() && models.resultCount() > 0) {
            take(list, provider.id, models.result());
            continue;
        }
        isWhole = false;
        whenFinished(
            models, list, [this, list, id = provider.id](const Result<QVector<Llm::ModelInfo>> &answer) {
                take(list, id, answer);
            });
    }
    return isWhole;
}

void ModelMenu::take(ModelList *list, const QString &provider, const Result<QVector<Llm::ModelInfo>> &models)
{
    if (models)
        m_lists.insert(provider, *models);
    show(list, provider, models);
}

void ModelMenu::addLocalServers(ModelList *list, const QVector<Llm::LocalServer> &servers)
{
    m_found.clear();
    const QVector<CustomProvider> own = m_workspace.settings().customProviders;
    for (const Llm::LocalServer &server : servers) {
        const bool isKnown = std::any_of(own.begin(), own.end(),
            [&](const CustomProvider &provider) { return provider.baseUrl == server.address; });
        if (isKnown)
            continue;
        const QString id = u"local:"_s + server.address;
        m_found.insert(id, server);
        list->addProvider({id, tr("%1 · on this computer").arg(server.name)}, tr("Loading models…"));
        CustomProvider provider;
        provider.id = id;
        provider.baseUrl = server.address;
        whenFinished(m_providers.check({id, server.address, {}, provider}), list,
            [this, list, id](const Result<QVector<Llm::ModelInfo>> &models) { show(list, id, models); });
    }
}

QStringList ModelMenu::detailsOf(const QString &provider, const QVector<Llm::ModelInfo> &models) const
{
    QStringList details;
    const bool isFound = m_found.contains(provider);
    for (const Llm::ModelInfo &model : models)
        details += factsText(isFound ? model.facts : m_providers.facts(provider, model.id));
    return details;
}

void ModelMenu::show(ModelList *list, const QString &provider, const Result<QVector<Llm::ModelInfo>> &models)
{
    if (!models)
        list->setNote(provider, models.error().message);
    else if (models->isEmpty())
        list->setNote(provider, tr("The provider lists no models. Type an ID."));
    else
        list->setModels(provider, *models, detailsOf(provider, *models));
}

} // namespace Meanwhile::Ui
