// SPDX-License-Identifier: MIT
#include "ui/dialogs/presetmenu.h"

#include "llm/providerpreset.h"

#include <utility>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

PresetMenu::PresetMenu(QWidget *parent)
    : QMenu(parent)
{
    setObjectName(u"presetMenu"_s);
    bool wasService = true;
    for (const Llm::ProviderPreset &preset : Llm::providerPresets()) {
        if (std::exchange(wasService, preset.needsKey) && !preset.needsKey)
            addHeading(tr("On this computer"));
        QAction *action = addAction(preset.name);
        action->setObjectName(u"preset."_s + preset.name);
        connect(action, &QAction::triggered, this,
            [this, preset] { emit chosen(preset.name, preset.address, preset.protocol); });
    }
    addSeparator();
    QAction *other = addAction(tr("Custom…"));
    other->setObjectName(u"preset.other"_s);
    connect(other, &QAction::triggered, this, [this] { emit chosen(tr("New provider"), {}, u"openai"_s); });
}

// The style sheet's menus draw no words in a section.
void PresetMenu::addHeading(const QString &words)
{
    addSeparator();
    QAction *heading = addAction(words);
    heading->setObjectName(u"presetHeading"_s);
    heading->setEnabled(false);
}

} // namespace Meanwhile::Ui
