// SPDX-License-Identifier: MIT
#pragma once

#include "ui/ports/modelinuse.h"
#include "ui/ports/providers.h"
#include "ui/ports/workspace.h"

#include <QHash>
#include <QObject>
#include <QPointer>

class QMenu;

namespace Meanwhile::Ui {

class ModelList;
class ModelPicker;
class Theme;

/// Opens the composer's model menu: a ModelPicker with every provider that was set up, each one's own list of
/// models (asked for when the menu first opens), and the model servers that run on this computer. What is
/// chosen is applied to the Workspace; a server that was found becomes one of the person's own providers.
class ModelMenu : public QObject {
    Q_OBJECT

public:
    ModelMenu(Theme &theme, Workspace &workspace, Providers &providers, QObject *parent = nullptr);

    void fill(QMenu &menu);
    /// A list belongs to a provider and a key; both may have changed.
    void forget() { m_lists.clear(); }

    /// What the button shows.
    static QString textFor(const ModelInUse &inUse);

signals:
    /// What was chosen is in use, from the next request on.
    void changed();
    void settingsRequested();

private:
    void chooseModel(const QString &provider, const QString &model);
    void chooseThinking(Llm::ThinkingLevel level);
    /// Whether the models of all are known already.
    bool addProviders(ModelList *list);
    void take(ModelList *list, const QString &provider, const Result<QVector<Llm::ModelInfo>> &models);
    bool isHere(const QString &provider) const;
    void addLocalServers(ModelList *list, const QVector<Llm::LocalServer> &servers);
    QStringList detailsOf(const QString &provider, const QVector<Llm::ModelInfo> &models) const;
    void show(ModelList *list, const QString &provider, const Result<QVector<Llm::ModelInfo>> &models);

    Theme &m_theme;
    Workspace &m_workspace;
    Providers &m_providers;
    QHash<QString, QVector<Llm::ModelInfo>> m_lists; ///< by provider
    QHash<QString, Llm::LocalServer> m_found;        ///< by the id they have in the list
    int m_rowsHeight = 0;                            ///< of all that the menu listed last; 0: it was not open
};

} // namespace Meanwhile::Ui
