// SPDX-License-Identifier: MIT
#pragma once

#include "llm/llmclient.h"
#include "ui/workspace.h"

#include <QObject>
#include <QPointer>

class QAction;
class QMenu;

namespace Meanwhile::Ui {

/// Fills the composer's model menu: the provider's own list (asked for when the menu first opens), an id
/// typed in, the demo.
class ModelMenu : public QObject {
    Q_OBJECT

public:
    ModelMenu(Workspace &workspace, Providers &providers, QObject *parent = nullptr);

    void fill(QMenu &menu);
    /// The list belongs to a provider and a key; both may have changed.
    void forget() { m_models.clear(); }

    /// What the button shows.
    static QString textFor(const ModelInUse &inUse);

signals:
    void modelChosen(const QString &model);
    void demoChosen();
    void settingsRequested();

private:
    void addModels(QMenu &menu, QAction *before);
    void ask(QMenu &menu, QAction *placeholder);
    void addTypedId(QMenu &menu);

    Workspace &m_workspace;
    Providers &m_providers;
    QVector<Llm::ModelInfo> m_models;
};

} // namespace Meanwhile::Ui
