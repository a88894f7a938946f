// SPDX-License-Identifier: MIT
#include "ui/shell/modelmenu.h"

#include "base/whenfinished.h"

#include <QLineEdit>
#include <QMenu>
#include <QWidgetAction>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

// A server that offers hundreds is better served by typing the id.
static constexpr qsizetype kMaxListed = 40;

ModelMenu::ModelMenu(Workspace &workspace, Providers &providers, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_providers(providers)
{
}

QString ModelMenu::textFor(const ModelInUse &inUse)
{
    if (inUse.provider == u"demo"_s)
        return tr("Demo (offline)");
    return inUse.model.isEmpty() ? tr("Choose a model") : inUse.model;
}

void ModelMenu::fill(QMenu &menu)
{
    const bool isDemo = m_workspace.modelInUse().provider == u"demo"_s;
    if (!isDemo) {
        QAction *placeholder = menu.addAction(tr("Asking the provider for its models…"));
        placeholder->setObjectName(u"modelsPlaceholder"_s);
        placeholder->setEnabled(false);
        if (m_models.isEmpty())
            ask(menu, placeholder);
        else
            addModels(menu, placeholder);
        addTypedId(menu);
        menu.addSeparator();
    }
    QAction *demo = menu.addAction(tr("Demo (offline)"));
    demo->setObjectName(u"model.demo"_s);
    demo->setCheckable(true);
    demo->setChecked(isDemo);
    connect(demo, &QAction::triggered, this, &ModelMenu::demoChosen);
    QAction *settings = menu.addAction(isDemo ? tr("Connect a model…") : tr("Provider and key…"));
    settings->setObjectName(u"modelSettings"_s);
    connect(settings, &QAction::triggered, this, &ModelMenu::settingsRequested);
}

void ModelMenu::ask(QMenu &menu, QAction *placeholder)
{
    whenFinished(m_providers.models(), this,
        [this, menu = QPointer(&menu), placeholder = QPointer(placeholder)](
            const Result<QVector<Llm::ModelInfo>> &models) {
            if (models)
                m_models = *models;
            if (!menu || !placeholder)
                return;
            if (!models)
                placeholder->setText(models.error().message);
            else if (models->isEmpty())
                placeholder->setText(tr("The provider lists no models; type the id"));
            else
                addModels(*menu, placeholder);
        });
}

void ModelMenu::addModels(QMenu &menu, QAction *before)
{
    const QString current = m_workspace.modelInUse().model;
    const QVector<Llm::ModelInfo> listed = m_models.mid(0, kMaxListed);
    for (const Llm::ModelInfo &model : listed) {
        QString name = model.name.isEmpty() ? model.id : model.name;
        auto *action = new QAction(name.replace(u'&', u"&&"_s), &menu);
        action->setObjectName(u"model."_s + model.id);
        action->setToolTip(model.id);
        action->setCheckable(true);
        action->setChecked(model.id == current);
        connect(action, &QAction::triggered, this, [this, id = model.id] { emit modelChosen(id); });
        menu.insertAction(before, action);
    }
    before->setVisible(false);
}

void ModelMenu::addTypedId(QMenu &menu)
{
    auto *field = new QLineEdit(&menu);
    field->setObjectName(u"typedModelId"_s);
    field->setPlaceholderText(tr("Another model: type its id"));
    field->setAccessibleName(tr("Model id"));
    field->setMinimumWidth(240);
    auto *action = new QWidgetAction(&menu);
    action->setDefaultWidget(field);
    menu.addAction(action);
    connect(field, &QLineEdit::returnPressed, this, [this, field, menu = &menu] {
        const QString id = field->text().trimmed();
        if (id.isEmpty())
            return;
        emit modelChosen(id);
        menu->close();
    });
}

} // namespace Meanwhile::Ui
