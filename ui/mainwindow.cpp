// SPDX-License-Identifier: MIT
#include "ui/mainwindow.h"

#include "models/transcriptmodel.h"
#include "permissions/mode.h"
#include "ui/composer/approvalbar.h"
#include "ui/composer/composer.h"
#include "ui/composer/menubutton.h"
#include "ui/dialogs/settingsdialog.h"
#include "ui/projectlink.h"
#include "ui/quitguard.h"
#include "ui/shell/adaptivepanes.h"
#include "ui/shell/droptarget.h"
#include "ui/shell/firstrunpage.h"
#include "ui/shell/hairline.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/modelmenu.h"
#include "ui/shell/statusrow.h"
#include "ui/shell/titlerow.h"
#include "ui/taskpanel/taskpanel.h"
#include "ui/transcript/transcriptview.h"
#include "ui/windowactions.h"

#include <QAbstractButton>
#include <QCloseEvent>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLocale>
#include <QMimeData>
#include <QScreen>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

// What a window manager may put around a window.
static constexpr QSize kRoomForTheFrame(16, 48);

MainWindow::MainWindow(
    Workspace &workspace, Providers &providers, Theme &theme, const StatePaths &paths, QWidget *parent)
    : QMainWindow(parent)
    , m_workspace(workspace)
    , m_providers(providers)
    , m_theme(theme)
    , m_memoryFile(paths.state)
    , m_memory(m_memoryFile.load())
    , m_actions(new WindowActions(*this))
    , m_quitGuard(new QuitGuard(*this))
    , m_modelMenu(new ModelMenu(theme, workspace, providers, this))
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Meanwhile"_s);
    placeParts();
    connectParts();
    restore();
}

MainWindow::~MainWindow() = default;

void MainWindow::placeParts()
{
    auto *centre = new QWidget(this);
    m_title = new TitleRow(m_theme, centre);
    m_panes = new AdaptivePanes(centre);
    m_status = new StatusRow(centre);
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(new Hairline(centre));
    layout->addWidget(m_panes, 1);
    layout->addWidget(new Hairline(centre));
    layout->addWidget(m_status);

    m_message = new MessageBar(m_theme, m_panes);
    m_firstRun = new FirstRunPage(m_theme, m_panes);
    m_transcript = new TranscriptView(m_theme, m_panes);
    m_approvalBar = new ApprovalBar(m_theme, m_panes);
    m_composer = new Composer(m_theme, m_panes);
    m_panes->addAbove(m_message);
    m_panes->addPage(m_firstRun);
    m_panes->addPage(m_transcript);
    m_panes->addBelow(m_approvalBar);
    m_panes->addBelow(new Hairline(m_panes));
    m_panes->addBelow(m_composer);
    m_panel = new TaskPanel(m_theme, {}, m_panes);
    m_panes->setPanel(m_panel);
    setCentralWidget(centre);
    m_composer->takeFocus();
}

void MainWindow::connectParts()
{
    m_title->folderButton()->setFill([this](QMenu &menu) {
        m_actions->fillFolderMenu(menu, m_workspace.settings().recentFolders, projectFolder());
    });
    m_title->menuButton()->setFill([this](QMenu &menu) { m_actions->fillMainMenu(menu, m_theme.choice()); });
    connect(m_actions, &WindowActions::openFolderRequested, this, &MainWindow::chooseFolder);
    connect(m_actions, &WindowActions::folderChosen, this, &MainWindow::openFolder);
    connect(m_actions, &WindowActions::filesChosen, m_composer, &Composer::attach);
    connect(m_actions, &WindowActions::settingsRequested, this, &MainWindow::openSettings);
    connect(m_actions, &WindowActions::themeChosen, this, &MainWindow::chooseTheme);
    connect(m_actions, &WindowActions::panelToggled, this,
        [this] { m_panes->setPanelVisible(!m_panes->isPanelVisible()); });
    m_composer->modelButton()->setFill([this](QMenu &menu) { m_modelMenu->fill(menu); });
    connect(m_title, &TitleRow::modeChosen, this, &MainWindow::chooseMode);
    connect(m_modelMenu, &ModelMenu::changed, this, &MainWindow::refreshModel);
    connect(m_modelMenu, &ModelMenu::settingsRequested, this, &MainWindow::openSettings);
    connect(m_composer, &Composer::submitted, this, &MainWindow::send);
    connect(m_composer, &Composer::pasteRefused, this, [this](qsizetype chars) {
        m_message->tell(tr("The pasted text is too long for a message (%1 characters). Save it as a file and "
                           "attach the file.")
                            .arg(QLocale().toString(chars)));
    });
    connect(m_composer, &Composer::imagesRefused, this, [this](const QString &why) { m_message->tell(why); });
    connect(
        m_composer, &Composer::attachRequested, this, [this] { m_actions->askForFiles(projectFolder()); });
    connect(m_composer, &Composer::draftChanged, this, &MainWindow::rememberDraft);
    connect(m_firstRun, &FirstRunPage::openFolderRequested, this, &MainWindow::chooseFolder);
    connect(m_firstRun, &FirstRunPage::folderChosen, this, &MainWindow::openFolder);
    connect(m_firstRun, &FirstRunPage::settingsRequested, this, &MainWindow::openSettings);
    connect(m_firstRun, &FirstRunPage::exampleChosen, this, [this](const QString &text) {
        m_composer->setText(text);
        m_composer->takeFocus();
    });
    connect(m_panes, &AdaptivePanes::splitterMoved, this, &MainWindow::remember);
    connect(m_panes, &AdaptivePanes::panelVisibilityChanged, this, [this](bool visible) {
        m_actions->setPanelChecked(visible);
        remember();
    });
    connect(m_composer, &Composer::stopRequested, this, &MainWindow::stopTurn);
    connect(
        new QShortcut(Qt::Key_F10, this), &QShortcut::activated, m_title->menuButton(), &MenuButton::open);
    connect(new QShortcut(Qt::CTRL | Qt::Key_M, this), &QShortcut::activated, m_composer->modelButton(),
        &MenuButton::open);
    connectTranscript();
    connectPanel();
    connectDrops();
}

void MainWindow::connectTranscript()
{
    connect(m_transcript, &TranscriptView::settingsRequested, this, &MainWindow::openSettings);
    connect(m_transcript, &TranscriptView::taskActivated, this, [this](const QString &taskId) {
        m_panes->setPanelVisible(true);
        m_panel->showTask(taskId);
    });
    connect(m_transcript, &TranscriptView::retryRequested, this, [this] { m_link->retry(); });
    connect(m_transcript, &TranscriptView::continueInBackgroundRequested, this,
        [this](const QString &taskId) { m_link->continueInBackground(taskId); });
    connect(m_transcript, &TranscriptView::stopTaskRequested, this,
        [this](const QString &taskId) { m_link->stopTask(taskId); });
    connect(m_transcript, &TranscriptView::withdrawRequested, this,
        [this](const QString &queueId) { m_link->withdraw(queueId); });
    connect(m_transcript, &TranscriptView::editQueuedRequested, this,
        [this](const QString &queueId) { m_link->editQueued(queueId); });
}

// A row can only be touched while a project is open, and then there is a link.
void MainWindow::connectPanel()
{
    connect(m_panel->splitter(), &QSplitter::splitterMoved, this, &MainWindow::remember);
    connect(m_panel, &TaskPanel::stopRequested, this,
        [this](const QString &taskId) { m_link->stopTask(taskId); });
    connect(m_panel, &TaskPanel::continueInBackgroundRequested, this,
        [this](const QString &taskId) { m_link->continueInBackground(taskId); });
    connect(m_panel, &TaskPanel::runAgainRequested, this,
        [this](const QString &command) { m_link->runAgain(command); });
}

void MainWindow::connectDrops()
{
    auto *drop = new DropTarget(*this, m_theme);
    connect(drop, &DropTarget::folderDropped, this, &MainWindow::openFolder);
    connect(drop, &DropTarget::filesDropped, m_composer, &Composer::attach);
    connect(drop, &DropTarget::imageDropped, m_composer, &Composer::attachFrom);
    connect(drop, &DropTarget::dropRefused, this, [this](const QString &why) { m_message->tell(why); });
}

void MainWindow::restore()
{
    if (!restoreGeometry(m_memory.geometry))
        resize(QSize(1280, 800).boundedTo(screen()->availableSize() - kRoomForTheFrame));
    m_panes->restoreState(m_memory.splitter);
    m_panel->splitter()->restoreState(m_memory.panelSplitter);
    m_panes->setPanelVisible(m_memory.isPanelVisible);
    m_actions->setPanelChecked(m_memory.isPanelVisible);
    m_composer->setPlaceholder(tr("Open a folder first; Meanwhile works inside it."));
    m_composer->setText(m_memory.drafts.value({}));
    refreshSettings();
}

void MainWindow::remember()
{
    if (!isVisible())
        return;
    m_memory.geometry = saveGeometry();
    m_memory.splitter = m_panes->saveState();
    m_memory.panelSplitter = m_panel->splitter()->saveState();
    if (!m_panes->isNarrow())
        m_memory.isPanelVisible = m_panes->isPanelVisible();
    m_memoryFile.save(m_memory);
}

void MainWindow::rememberDraft()
{
    const QString draft = m_composer->text();
    m_draftImages.insert(projectFolder(), m_composer->images());
    if (draft.isEmpty())
        m_memory.drafts.remove(projectFolder());
    else
        m_memory.drafts.insert(projectFolder(), draft);
    m_memoryFile.save(m_memory);
}

QString MainWindow::projectFolder() const
{
    return m_link ? m_link->project().folder : QString();
}

bool MainWindow::openFolder(const QString &folder)
{
    const Result<Project> opened = m_workspace.open(folder);
    if (!opened) {
        m_message->tell(opened.error().message, tr("Open Folder…"), [this] { chooseFolder(); });
        return false;
    }
    m_message->hide();
    // A draft that was begun without a project goes along into the first one.
    const bool carries = !m_link && !m_composer->isEmpty();
    m_panel->setModel(nullptr);
    m_transcript->setModel(nullptr);
    m_link.reset();
    m_link = std::make_unique<ProjectLink>(
        *opened, ProjectLink::Parts{*m_composer, *m_approvalBar, *m_status, *m_panes, *m_actions});
    m_quitGuard->watch(opened->tasks);
    m_panel->setModel(opened->taskTable);
    m_transcript->setModel(opened->transcript);
    if (carries) {
        m_memory.drafts.remove({});
        rememberDraft();
    } else {
        const QVector<Conversation::ImageBlock> images = m_draftImages.value(opened->folder);
        m_composer->setText(m_memory.drafts.value(opened->folder));
        m_composer->setImages(images);
    }

    Settings settings = m_workspace.settings();
    settings.rememberFolder(opened->folder);
    m_workspace.apply(settings);
    m_title->setProject(opened->folder, opened->gitBranch);
    const QString name = QFileInfo(opened->folder).fileName();
    setWindowTitle(tr("%1 · Meanwhile").arg(name));
    m_firstRun->setProjectName(name);
    refreshSettings();
    connect(
        opened->transcript, &QAbstractItemModel::rowsInserted, m_link.get(), [this] { showConversation(); });
    showConversation();
    m_composer->takeFocus();
    return true;
}

void MainWindow::showConversation()
{
    const bool isEmpty = !m_link || m_link->project().transcript->rowCount() == 0;
    m_panes->showPage(isEmpty ? static_cast<QWidget *>(m_firstRun) : m_transcript);
}

void MainWindow::tell(const QString &words)
{
    m_message->tell(words);
}

void MainWindow::send(const QString &text, const QVector<Conversation::ImageBlock> &images)
{
    if (m_link) {
        m_link->submit(text, images);
        return;
    }
    m_composer->setText(text);
    m_composer->addImages(images);
    m_message->tell(
        tr("Open a folder first: Meanwhile reads, writes and runs things inside it. Your message is kept."),
        tr("Open Folder…"), [this] { chooseFolder(); });
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
    m_title->setMode(Permissions::modeFromString(settings.permissionMode).value_or(Permissions::Mode::Ask));
    m_firstRun->setRecentFolders(settings.recentFolders);
    refreshModel();
}

void MainWindow::refreshModel()
{
    const ModelInUse inUse = m_workspace.modelInUse();
    if (m_link)
        m_link->setContextWindow(inUse.facts.contextWindow);
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
    auto *dialog = new SettingsDialog(m_theme, m_providers, m_workspace.settings(), this);
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
    if (m_link)
        m_link->setMode(
            Permissions::modeFromString(settings.permissionMode).value_or(Permissions::Mode::Ask));
}

void MainWindow::chooseMode(Permissions::Mode mode)
{
    Settings settings = m_workspace.settings();
    settings.permissionMode = Permissions::nameOf(mode);
    m_workspace.apply(settings);
    if (m_link)
        m_link->setMode(mode);
}

void MainWindow::chooseTheme(Theme::Choice choice)
{
    Settings settings = m_workspace.settings();
    settings.theme = nameOf(choice);
    m_workspace.apply(settings);
    m_theme.setChoice(choice);
}

void MainWindow::stopTurn()
{
    if (m_link && m_link->state().isWorking())
        m_link->stop();
}

// As a key and not as a shortcut, so that a part which closes something with Escape has it first.
void MainWindow::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    auto *button = qobject_cast<QAbstractButton *>(focusWidget());
    if (event->key() == Qt::Key_Escape)
        stopTurn();
    else if (isEnter && button && !event->isAutoRepeat())
        button->click(); // outside of dialogs Qt leaves it to the space bar
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    remember();
    event->setAccepted(m_quitGuard->allowsClosing());
    m_memoryFile.flush();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    remember();
}

void MainWindow::moveEvent(QMoveEvent *event)
{
    QMainWindow::moveEvent(event);
    remember();
}

} // namespace Meanwhile::Ui
