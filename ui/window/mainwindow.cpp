// SPDX-License-Identifier: MIT
#include "ui/window/mainwindow.h"

#include "permissions/mode.h"
#include "ui/approval/approvalbar.h"
#include "ui/composer/composer.h"
#include "ui/dialogs/settingsdialog.h"
#include "ui/drop/droptarget.h"
#include "ui/modelpicker/modelmenu.h"
#include "ui/sessions/sessionsidebar.h"
#include "ui/taskpanel/taskpanel.h"
#include "ui/transcript/transcriptview.h"
#include "ui/widgets/hairline.h"
#include "ui/widgets/menubutton.h"
#include "ui/widgets/pathtext.h"
#include "ui/window/adaptivepanes.h"
#include "ui/window/firstrunpage.h"
#include "ui/window/foldernotice.h"
#include "ui/window/panefocus.h"
#include "ui/window/quitguard.h"
#include "ui/window/resumebar.h"
#include "ui/window/sessionnavigator.h"
#include "ui/window/sessionpresenter.h"
#include "ui/window/sidebarpanes.h"
#include "ui/window/statusrow.h"
#include "ui/window/titlerow.h"
#include "ui/window/windowactions.h"
#include "ui/window/windowlayout.h"
#include "ui/window/windowtitle.h"

#include <QAbstractButton>
#include <QCloseEvent>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMimeData>
#include <QShortcut>
#include <QVBoxLayout>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

MainWindow::MainWindow(Workspace &workspace, Sessions &sessions, Providers &providers, Theme &theme,
    const StatePaths &paths, QWidget *parent)
    : QMainWindow(parent)
    , m_workspace(workspace)
    , m_sessions(sessions)
    , m_providers(providers)
    , m_theme(theme)
    , m_memoryFile(paths.state)
    , m_memory(m_memoryFile.load())
    , m_drafts(m_memory, m_memoryFile)
    , m_navigator(new SessionNavigator(sessions, *this))
    , m_actions(new WindowActions(*this))
    , m_quitGuard(new QuitGuard(*this, sessions))
    , m_modelMenu(new ModelMenu(theme, workspace, providers, this))
    , m_windowTitle(new WindowTitle(*this, sessions.list()))
{
    setObjectName(u"mainWindow"_s);
    placeParts();
    m_shape =
        new WindowLayout({*this, *m_sidebarPanes, *m_panes, *m_panel, *m_actions}, m_memory, m_memoryFile);
    connectParts();
    m_openFolder = {tr("Open Folder…"), [this] { chooseFolder(); }};
    const auto open = [this](const QString &folder) { openFolder(folder); };
    m_folderNotice = new FolderNotice(*m_message, *m_navigator, m_openFolder, open, this);
    m_composer->setPlaceholder(tr("Open a folder to start"));
    refreshSettings();
}

MainWindow::~MainWindow()
{
    // What they keep things in is a member here, and goes before the children do.
    delete m_shape;
    delete m_presenter;
}

void MainWindow::placeParts()
{
    auto *centre = new QWidget(this);
    m_title = new TitleRow(m_theme, centre);
    m_sidebarPanes = new SidebarPanes(centre);
    m_panes = new AdaptivePanes(m_sidebarPanes->partsParent());
    m_sidebar = new SessionSidebar(m_theme, m_sidebarPanes->partsParent());
    m_sidebarPanes->setParts(m_sidebar, m_panes);
    m_navigator->serve(*m_sidebar);
    m_status = new StatusRow(m_theme, centre);
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(new Hairline(centre));
    layout->addWidget(m_sidebarPanes, 1);
    layout->addWidget(new Hairline(centre));
    layout->addWidget(m_status);
    QWidget *column = m_panes->columnParent();
    m_message = new MessageBar(m_theme, column);
    m_firstRun = new FirstRunPage(m_theme, m_panes->pagesParent());
    m_transcript = new TranscriptView(m_theme, m_panes->pagesParent());
    m_approvalBar = new ApprovalBar(m_theme, column);
    auto *resumeBar = new ResumeBar(m_theme, column);
    m_composer = new Composer(m_theme, column);
    m_panes->addAbove(m_message);
    m_panes->addPage(m_firstRun);
    m_panes->addPage(m_transcript);
    m_panes->addBelow(resumeBar);
    m_panes->addBelow(m_approvalBar);
    m_panes->addBelow(new Hairline(column));
    m_panes->addBelow(m_composer);
    m_panel = new TaskPanel(m_theme, {}, m_panes->panelParent());
    m_panes->setPanel(m_panel);
    m_presenter = new SessionPresenter(
        {*m_composer, *m_approvalBar, *resumeBar, *m_status, *m_panes, *m_actions, *m_transcript, *m_panel},
        m_drafts, this);
    setCentralWidget(centre);
    m_firstRun->takeFocus();
    new PaneFocus(*this);
}

void MainWindow::connectParts()
{
    m_title->folderButton()->setFill([this](QMenu &menu) {
        m_actions->fillFolderMenu(menu, m_workspace.settings().recentFolders, projectFolder());
    });
    m_title->menuButton()->setFill([this](QMenu &menu) { m_actions->fillMainMenu(menu, m_theme.choice()); });
    connect(m_actions, &WindowActions::newSessionRequested, this, &MainWindow::beginSession);
    connect(m_actions, &WindowActions::openFolderRequested, this, &MainWindow::chooseFolder);
    connect(m_actions, &WindowActions::folderChosen, this, &MainWindow::openFolder);
    connect(m_actions, &WindowActions::filesChosen, m_composer, &Composer::attach);
    connect(m_actions, &WindowActions::settingsRequested, this, &MainWindow::openSettings);
    connect(m_actions, &WindowActions::themeChosen, this, &MainWindow::chooseTheme);
    m_composer->modelButton()->setFill([this](QMenu &menu) { m_modelMenu->fill(menu); });
    connect(m_title, &TitleRow::modeChosen, this, &MainWindow::chooseMode);
    connect(m_modelMenu, &ModelMenu::changed, this, &MainWindow::refreshModel);
    connect(m_modelMenu, &ModelMenu::settingsRequested, this, &MainWindow::openSettings);
    connect(m_composer, &Composer::refused, this, &MainWindow::tell);
    connect(
        m_composer, &Composer::attachRequested, this, [this] { m_actions->askForFiles(projectFolder()); });
    connect(m_firstRun, &FirstRunPage::openFolderRequested, this, &MainWindow::chooseFolder);
    connect(m_firstRun, &FirstRunPage::folderChosen, this, &MainWindow::openFolder);
    connect(m_firstRun, &FirstRunPage::settingsRequested, this, &MainWindow::openSettings);
    connect(m_firstRun, &FirstRunPage::exampleChosen, this, [this](const QString &text) {
        m_composer->setText(text);
        m_composer->takeFocus();
    });
    const auto opens = [](MenuButton *button) { return [button] { button->open(); }; };
    connect(new QShortcut(Qt::Key_F10, this), &QShortcut::activated, this, opens(m_title->menuButton()));
    connect(new QShortcut(u"Ctrl+M"_s, this), &QShortcut::activated, this, opens(m_composer->modelButton()));
    connect(m_presenter, &SessionPresenter::settingsRequested, this, &MainWindow::openSettings);
    connect(m_presenter, &SessionPresenter::sessionNeeded, this, &MainWindow::tellToOpenFolder);
    connect(m_presenter, &SessionPresenter::conversationChanged, this, &MainWindow::showConversation);
    connect(m_presenter, &SessionPresenter::told, m_message, &MessageBar::noteOfSession);
    connectSessions();
    connectDrops();
}

void MainWindow::connectSessions()
{
    connect(m_navigator, &SessionNavigator::opened, this, &MainWindow::showSession);
    connect(m_navigator, &SessionNavigator::failed, this, &MainWindow::keepUnsent);
    connect(m_navigator, &SessionNavigator::told, this, &MainWindow::tell);
    connect(m_navigator, &SessionNavigator::toldOfSession, m_message, &MessageBar::noteOfSession);
    connect(m_presenter, &SessionPresenter::forkRequested, m_navigator, &SessionNavigator::fork);
    connect(m_actions, &WindowActions::exportRequested, this, [this] {
        if (m_presenter->shown())
            m_navigator->exportSession(m_presenter->shown()->sessionId);
    });
    connect(m_navigator, &SessionNavigator::newRequested, this, &MainWindow::beginSession);
    connect(m_navigator, &SessionNavigator::deleted, this, &MainWindow::forgetSession);
    m_navigator->serve(*m_actions, *m_sidebar, *m_sidebarPanes); // behind what shows or hides it
    connect(m_sidebarPanes, &SidebarPanes::sidebarVisibilityChanged, m_composer, [this](bool visible) {
        if (!visible)
            m_presenter->shown() ? m_composer->takeFocus() : m_firstRun->takeFocus();
    });
}

void MainWindow::connectDrops()
{
    auto *drop = new DropTarget(*this, m_theme);
    connect(drop, &DropTarget::folderDropped, this, &MainWindow::openFolder);
    connect(drop, &DropTarget::filesDropped, m_composer, &Composer::attach);
    connect(drop, &DropTarget::imageDropped, m_composer, &Composer::attachFrom);
    connect(drop, &DropTarget::dropRefused, this, &MainWindow::tell);
}

QString MainWindow::projectFolder() const
{
    return m_presenter->shown() ? m_presenter->shown()->folder : QString();
}

bool MainWindow::openFolder(const QString &folder)
{
    const Result<OpenSession> opened = m_sessions.open(folder);
    if (!opened) {
        m_message->tellOfSession(opened.error().message, m_openFolder);
        return false;
    }
    m_navigator->forget();
    showSession(*opened, {}, {});
    return true;
}

void MainWindow::beginSession()
{
    if (m_presenter->shown())
        m_navigator->begin(projectFolder());
    else
        chooseFolder();
}

void MainWindow::forgetSession(const QString &sessionId)
{
    if (m_presenter->shown() && m_presenter->shown()->sessionId == sessionId)
        beginSession();
    if (m_presenter->shown() && m_presenter->shown()->sessionId != sessionId)
        m_presenter->remove(sessionId);
}

void MainWindow::resume(const QString &sessionId, const GivenWords &words, const FoundPlace &place)
{
    m_navigator->resume(sessionId, words, place);
}

void MainWindow::resumeNewest(const QString &folder, const GivenWords &words)
{
    if (openFolder(folder)) // where there is none, a new one can begin
        m_navigator->resumeNewest(m_presenter->shown()->folder, words);
    else
        m_composer->putBefore(words.text);
}

void MainWindow::reopen(const GivenWords &words)
{
    const QString last = existingFolders(m_workspace.settings().recentFolders).value(0);
    return last.isEmpty() ? take(words) : m_navigator->reopen(last, {words.text, false});
}

void MainWindow::take(const GivenWords &words)
{
    if (words.isEmpty())
        return;
    if (words.mayBeSent)
        return send(words.text);
    m_composer->putBefore(words.text);
    m_composer->takeFocus();
}

void MainWindow::showSession(const OpenSession &session, const GivenWords &words, const FoundPlace &place)
{
    // What is being read into the composer belongs to the session that it was begun for.
    if (m_composer->isPreparing()) {
        const auto show = [this, session, words, place] { showSession(session, words, place); };
        const auto once = Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection);
        connect(m_composer, &Composer::draftChanged, this, show, once);
        return;
    }
    m_message->forgetSession();
    m_presenter->show(session, place);
    m_sessions.noteShown(session.sessionId);
    m_sidebarPanes->closeAbove();
    Settings settings = m_workspace.settings();
    settings.rememberFolder(session.folder);
    m_workspace.apply(settings);
    m_title->setProject(session.folder, session.gitBranch);
    m_windowTitle->setFolder(session.folder);
    m_firstRun->setProjectName(QFileInfo(session.folder).fileName());
    refreshSettings();
    m_folderNotice->show(session);
    take(words);
}

void MainWindow::keepUnsent(const QString &why, const GivenWords &words)
{
    m_composer->putBefore(words.text);
    m_message->tellOfSession(why);
}

void MainWindow::tell(const QString &words)
{
    m_message->tell(words);
}

void MainWindow::noteFolder(const OpenSession &session)
{
    m_folderNotice->update(session);
}

void MainWindow::showConversation()
{
    m_actions->setHasConversation(!m_presenter->isEmpty());
    m_panes->showPage(m_presenter->isEmpty() ? static_cast<QWidget *>(m_firstRun) : m_transcript);
}

void MainWindow::send(const QString &text, const QVector<Conversation::ImageBlock> &images)
{
    m_presenter->submit(text, images);
}

void MainWindow::tellToOpenFolder()
{
    m_message->tellOfSession(
        tr("Open a folder first: Meanwhile reads, writes and runs things inside it. Your message is kept."),
        m_openFolder);
}

void MainWindow::comeForward()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::refreshSettings()
{
    const Settings settings = m_workspace.settings();
    m_theme.setChoice(themeChoiceFromString(settings.theme));
    const auto mode = Permissions::modeFromString(settings.permissionMode).value_or(Permissions::Mode::Box);
    m_title->setMode(mode);
    m_status->setMode(mode);
    m_firstRun->setRecentFolders(settings.recentFolders);
    refreshModel();
}

void MainWindow::refreshModel()
{
    const ModelInUse inUse = m_workspace.modelInUse();
    m_presenter->setContextWindow(inUse.facts.contextWindow);
    m_composer->setModelText(ModelMenu::textFor(inUse));
    m_firstRun->setIsDemo(inUse.provider == u"demo"_s);
}

void MainWindow::chooseFolder()
{
    m_actions->askForFolder(projectFolder());
}

void MainWindow::openSettings()
{
    if (m_settingsDialog) {
        m_settingsDialog->raise();
        m_settingsDialog->activateWindow();
        return;
    }
    const OpenSession shown = m_presenter->shown() ? *m_presenter->shown() : OpenSession();
    auto *dialog = new SettingsDialog(m_theme, m_providers, m_workspace.settings(),
        {shown.folder, shown.heldBack, m_workspace.notifier()}, this);
    m_settingsDialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::saved, this, &MainWindow::takeOver);
    dialog->show();
}

void MainWindow::takeOver(const Settings &settings)
{
    m_workspace.apply(settings);
    m_modelMenu->forget();
    refreshSettings();
}

void MainWindow::chooseMode(Permissions::Mode mode)
{
    Settings settings = m_workspace.settings();
    settings.permissionMode = Permissions::nameOf(mode);
    m_workspace.apply(settings);
    m_status->setMode(mode);
}

void MainWindow::chooseTheme(Theme::Choice choice)
{
    Settings settings = m_workspace.settings();
    settings.theme = nameOf(choice);
    m_workspace.apply(settings);
    m_theme.setChoice(choice);
}

// As a key and not as a shortcut, so that a part which closes something with Escape has it first.
void MainWindow::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    auto *button = qobject_cast<QAbstractButton *>(focusWidget());
    if (event->key() == Qt::Key_F2) {
        m_sidebarPanes->setSidebarVisible(true);
        m_sidebar->renameShown();
    } else if (event->key() == Qt::Key_Escape)
        m_presenter->stopTurn();
    else if (isEnter && button && !event->isAutoRepeat())
        button->click(); // outside of dialogs Qt leaves it to the space bar
    else if (!m_composer->takeTyped(*event))
        QMainWindow::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->setAccepted(m_quitGuard->allowsClosing());
    m_memoryFile.flush();
}

} // namespace Meanwhile::Ui
