// SPDX-License-Identifier: MIT
#include "ui/window/titlerow.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/menubutton.h"
#include "ui/widgets/theme.h"
#include "ui/window/folderbutton.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QStyle>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Permissions::Mode;

namespace {

struct ModeWords {
    Mode mode;
    QString name;        ///< on the button
    QString sentence;    ///< beside it
    QString explanation; ///< in the menu
};

QVector<ModeWords> modes()
{
    return {
        {Mode::Box, TitleRow::tr("Box"), TitleRow::tr("Run in the box"),
            TitleRow::tr("Edits in the project and commands in the box run; leaving either needs approval")},
        {Mode::Ask, TitleRow::tr("Ask"), TitleRow::tr("Ask before commands and edits"),
            TitleRow::tr("Reads are allowed; commands and edits need approval")},
        {Mode::Edits, TitleRow::tr("Edits"), TitleRow::tr("Edit files, ask before commands"),
            TitleRow::tr("Edits in the project are allowed; commands need approval")},
        {Mode::Auto, TitleRow::tr("Auto"), TitleRow::tr("Run without asking"),
            TitleRow::tr("Commands run without asking, outside the box too; files elsewhere need approval")},
        {Mode::Plan, TitleRow::tr("Plan"), TitleRow::tr("Read only"),
            TitleRow::tr("Reads run; everything else is refused")}};
}

} // namespace

TitleRow::TitleRow(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_folder(new FolderButton(theme, this))
    , m_modeText(new QLabel(this))
    , m_modeButton(new MenuButton(MenuButton::Opens::Below, this))
    , m_menu(new MenuButton(MenuButton::Opens::Below, this))
{
    setObjectName(u"titleRow"_s);
    setFixedHeight(40);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    m_folder->setObjectName(u"folderButton"_s);
    m_modeText->setObjectName(u"modeText"_s);
    m_modeText->setForegroundRole(QPalette::PlaceholderText);
    m_modeText->setMinimumWidth(0);
    m_modeText->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_modeButton->setObjectName(u"modeButton"_s);
    m_modeButton->setFill([this](QMenu &menu) { fillModes(menu); });
    m_menu->setObjectName(u"menuButton"_s);
    m_menu->setIcon(themedIcon(theme, u"menu"_s));
    m_menu->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_menu->setAccessibleName(tr("Menu"));
    m_menu->setToolTip(tr("Menu (F10)"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 12, 0);
    layout->setSpacing(10);
    layout->addWidget(m_folder);
    layout->addStretch(1);
    layout->addWidget(m_modeText);
    layout->addWidget(m_modeButton);
    layout->addWidget(m_menu);
    setMode(Mode::Box);
}

MenuButton *TitleRow::folderButton() const
{
    return m_folder;
}

void TitleRow::setProject(const QString &folder, const QString &gitBranch)
{
    m_folder->setProject(folder, gitBranch);
}

void TitleRow::setMode(Mode mode)
{
    m_mode = mode;
    const QVector<ModeWords> all = modes();
    for (const ModeWords &words : all) {
        if (words.mode != mode)
            continue;
        m_modeButton->setChoice(words.name);
        m_modeButton->setProperty("warns", mode == Mode::Auto);
        m_modeButton->style()->unpolish(m_modeButton);
        m_modeButton->style()->polish(m_modeButton);
        m_modeText->setText(words.sentence);
        m_modeButton->setAccessibleName(tr("What runs without asking: %1").arg(words.name));
        m_modeButton->setToolTip(words.explanation);
    }
}

void TitleRow::fillModes(QMenu &menu)
{
    auto *group = new QActionGroup(&menu);
    const QVector<ModeWords> all = modes();
    for (const ModeWords &words : all) {
        QAction *action = menu.addAction(words.name + u'\t' + words.explanation);
        action->setObjectName(u"mode."_s + Permissions::nameOf(words.mode));
        action->setCheckable(true);
        action->setChecked(words.mode == m_mode);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, mode = words.mode] {
            setMode(mode);
            emit modeChosen(mode);
        });
    }
}

} // namespace Meanwhile::Ui
