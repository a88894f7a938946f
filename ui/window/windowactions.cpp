// SPDX-License-Identifier: MIT
#include "ui/window/windowactions.h"

#include "ui/widgets/pathtext.h"

#include <QAbstractButton>
#include <QActionGroup>
#include <QCoreApplication>
#include <QFileDialog>
#include <QMainWindow>
#include <QMenu>
#include <QMessageBox>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

// The keys are named, since QKeySequence's standard ones for settings and full screen are empty on plain X11.
WindowActions::WindowActions(QMainWindow &window)
    : QObject(&window)
    , m_window(window)
    , m_newSession(add(tr("New session"), u"newSessionAction"_s, Qt::CTRL | Qt::Key_N))
    , m_fork(add(tr("New session from this one"), u"forkAction"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_N))
    , m_export(add(tr("Export session…"), u"exportAction"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_E))
    , m_openFolder(add(tr("Open Folder…"), u"openFolderAction"_s, Qt::CTRL | Qt::Key_O))
    , m_settings(add(tr("Settings…"), u"settingsAction"_s, Qt::CTRL | Qt::Key_Comma))
    , m_summarise(add({}, u"summariseAction"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_S))
    , m_sidebar(add(tr("Sessions"), u"sidebarAction"_s, Qt::Key_F9))
    , m_search(add(tr("Search sessions"), u"searchAction"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_F))
    , m_panel(add(tr("Task panel"), u"panelAction"_s, Qt::Key_F8))
    , m_fullScreen(add(tr("Full screen"), u"fullScreenAction"_s, Qt::Key_F11))
    , m_about(add(tr("About Meanwhile"), u"aboutAction"_s, {}))
    , m_quit(add(tr("Quit"), u"quitAction"_s, Qt::CTRL | Qt::Key_Q))
{
    m_sidebar->setCheckable(true);
    m_panel->setCheckable(true);
    setHasConversation(false);
    setWhyNoSummary(tr("open a folder first"));
    connect(m_newSession, &QAction::triggered, this, &WindowActions::newSessionRequested);
    connect(m_fork, &QAction::triggered, this, &WindowActions::forkRequested);
    connect(m_export, &QAction::triggered, this, &WindowActions::exportRequested);
    connect(m_openFolder, &QAction::triggered, this, &WindowActions::openFolderRequested);
    connect(m_settings, &QAction::triggered, this, &WindowActions::settingsRequested);
    connect(m_summarise, &QAction::triggered, this, &WindowActions::summaryRequested);
    connect(m_sidebar, &QAction::triggered, this, &WindowActions::sidebarToggled);
    connect(m_search, &QAction::triggered, this, &WindowActions::searchRequested);
    connect(m_panel, &QAction::triggered, this, &WindowActions::panelToggled);
    connect(m_fullScreen, &QAction::triggered, this,
        [this] { m_window.setWindowState(m_window.windowState() ^ Qt::WindowFullScreen); });
    connect(m_about, &QAction::triggered, this, &WindowActions::openAbout);
    connect(m_quit, &QAction::triggered, &window, &QWidget::close);
}

QAction *WindowActions::add(const QString &text, const QString &objectName, const QKeySequence &key)
{
    auto *action = new QAction(text, this);
    action->setObjectName(objectName);
    action->setShortcut(key);
    m_window.addAction(action);
    return action;
}

void WindowActions::setSidebarChecked(bool visible)
{
    m_sidebar->setChecked(visible);
}

void WindowActions::setPanelChecked(bool visible)
{
    m_panel->setChecked(visible);
}

void WindowActions::setHasConversation(bool has)
{
    m_fork->setEnabled(has);
    m_export->setEnabled(has);
}

// The reason stands in the menu itself: a tooltip on what cannot be chosen is found by no keyboard.
void WindowActions::setWhyNoSummary(const QString &reason)
{
    m_summarise->setEnabled(reason.isEmpty());
    m_summarise->setText(
        reason.isEmpty() ? tr("Summarise conversation") : tr("Summarise conversation (%1)").arg(reason));
}

void WindowActions::fillMainMenu(QMenu &menu, Theme::Choice theme)
{
    menu.addAction(m_newSession);
    menu.addAction(m_fork);
    menu.addAction(m_export);
    menu.addAction(m_summarise);
    menu.addSeparator();
    menu.addAction(m_openFolder);
    menu.addAction(m_settings);
    menu.addSeparator();
    menu.addAction(m_sidebar);
    menu.addAction(m_search);
    menu.addAction(m_panel);
    menu.addAction(m_fullScreen);
    QMenu *themes = menu.addMenu(tr("Theme"));
    auto *group = new QActionGroup(themes);
    const QPair<Theme::Choice, QString> choices[] = {{Theme::Choice::System, tr("System")},
        {Theme::Choice::Light, tr("Light")}, {Theme::Choice::Dark, tr("Dark")}};
    for (const auto &[choice, text] : choices) {
        QAction *action = themes->addAction(text);
        action->setObjectName(u"theme."_s + nameOf(choice));
        action->setCheckable(true);
        action->setChecked(choice == theme);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, picked = choice] { emit themeChosen(picked); });
    }
    menu.addSeparator();
    menu.addAction(m_about);
    menu.addAction(m_quit);
}

void WindowActions::fillFolderMenu(QMenu &menu, const QStringList &recent, const QString &current)
{
    QStringList recentFolders = existingFolders(recent);
    if (!recentFolders.contains(current) && recent.contains(current)) // it is open, though it is gone
        recentFolders.prepend(current);
    menu.addAction(m_openFolder);
    if (!recentFolders.isEmpty())
        menu.addSeparator();
    for (const QString &folder : recentFolders) {
        QString text = folderForPeople(folder);
        QAction *action = menu.addAction(text.replace(u'&', u"&&"_s));
        action->setObjectName(u"recent."_s + folder);
        action->setCheckable(true);
        action->setChecked(folder == current);
        connect(action, &QAction::triggered, this, [this, folder] { emit folderChosen(folder); });
    }
}

void WindowActions::askForFolder(const QString &start)
{
    auto *dialog = new QFileDialog(&m_window, tr("Open Folder"), start);
    dialog->setObjectName(u"folderDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &WindowActions::folderChosen);
    dialog->open();
}

void WindowActions::askForFiles(const QString &start)
{
    auto *dialog = new QFileDialog(&m_window, tr("Attach images or mention files"), start);
    dialog->setObjectName(u"filesDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &WindowActions::filesChosen);
    dialog->open();
}

void WindowActions::openAbout()
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Meanwhile"),
        tr("Meanwhile %1\nA coding agent that keeps working while its commands run.")
            .arg(QCoreApplication::applicationVersion()),
        QMessageBox::Close, &m_window);
    box->setObjectName(u"aboutBox"_s);
    box->setInformativeText(tr("MIT licence. Icons: Lucide, ISC licence."));
    QAbstractButton *close = box->button(QMessageBox::Close);
    close->setObjectName(u"aboutClose"_s);
    close->setText(tr("Close"));
    box->setIconPixmap(m_window.windowIcon().pixmap(48));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace Meanwhile::Ui
