// SPDX-License-Identifier: MIT
#pragma once

#include "base/statepaths.h"
#include "conversation/contentblock.h"
#include "ui/ports/foundplace.h"
#include "ui/ports/givenwords.h"
#include "ui/ports/providers.h"
#include "ui/ports/sessions.h"
#include "ui/ports/workspace.h"
#include "ui/widgets/theme.h"
#include "ui/window/drafts.h"
#include "ui/window/messagebar.h"
#include "ui/window/windowstate.h"

#include <QMainWindow>
#include <QPointer>

namespace Meanwhile::Permissions {
enum class Mode;
}

namespace Meanwhile::Ui {

class AdaptivePanes;
class ApprovalBar;
class Composer;
class FirstRunPage;
class FolderNotice;
class ModelMenu;
class QuitGuard;
class SessionNavigator;
class SessionPresenter;
class SessionSidebar;
class SettingsDialog;
class SidebarPanes;
class StatusRow;
class TaskPanel;
class TitleRow;
class TranscriptView;
class WindowActions;
class WindowLayout;
class WindowTitle;

/// The window: places the parts and passes on what they ask for. Shows one session at a time.
///
/// Thread: GUI thread; nothing in it waits.  Not owned, must outlive it: the ports and the theme.
/// Closing it while tasks run asks first (QuitGuard); the window then closes by itself.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(Workspace &workspace, Sessions &sessions, Providers &providers, Theme &theme,
        const StatePaths &paths, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// False when the folder cannot be used; the message bar says why and the project stays as it is.
    bool openFolder(const QString &folder);
    /// Opens a stored session at this place and takes `words` there. If that fails, they go into the
    /// composer.
    void resume(const QString &sessionId, const GivenWords &words = {}, const FoundPlace &place = {});
    /// With the one of this folder that was used last.
    void resumeNewest(const QString &folder, const GivenWords &words = {});
    /// As at the end of the last run, where that can be; `words` wait in the composer.
    void reopen(const GivenWords &words);
    /// Sends these words, or puts them into the composer before what is there, as they say.
    void take(const GivenWords &words);
    /// As if the person had sent it; kept in the composer while there is no project.
    void send(const QString &text, const QVector<Conversation::ImageBlock> &images = {});
    /// A second start: in front of the other windows.
    void comeForward();
    /// Shows a problem that did not begin in this window in the message bar.
    void tell(const QString &words);
    MessageBar &messageBar() { return *m_message; }
    StatusRow &statusRow() { return *m_status; }
    /// The folder of a session, shown or not, is gone or another.
    void noteFolder(const OpenSession &session);
    /// As from the settings dialog.
    void takeOver(const Settings &settings);
    /// Shows which model is in use now; for a change that did not come from this window.
    void refreshModel();

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void placeParts();
    void connectParts();
    void connectSessions();
    void connectDrops();
    void beginSession();
    void forgetSession(const QString &sessionId);
    void showSession(const OpenSession &session, const GivenWords &words, const FoundPlace &place);
    void keepUnsent(const QString &why, const GivenWords &words);
    void showConversation();
    void tellToOpenFolder();
    void refreshSettings();
    void chooseFolder();
    void openSettings();
    void chooseMode(Permissions::Mode mode);
    void chooseTheme(Theme::Choice choice);
    QString projectFolder() const;

    Workspace &m_workspace;
    Sessions &m_sessions;
    Providers &m_providers;
    Theme &m_theme;
    WindowStateFile m_memoryFile;
    WindowState m_memory;
    Drafts m_drafts;
    SessionNavigator *m_navigator = nullptr;
    WindowActions *m_actions = nullptr;
    QuitGuard *m_quitGuard = nullptr;
    ModelMenu *m_modelMenu = nullptr;
    TitleRow *m_title = nullptr;
    SidebarPanes *m_sidebarPanes = nullptr;
    SessionSidebar *m_sidebar = nullptr;
    AdaptivePanes *m_panes = nullptr;
    MessageBar *m_message = nullptr;
    MessageBar::Answer m_openFolder;
    FolderNotice *m_folderNotice = nullptr;
    FirstRunPage *m_firstRun = nullptr;
    TranscriptView *m_transcript = nullptr;
    TaskPanel *m_panel = nullptr;
    ApprovalBar *m_approvalBar = nullptr;
    Composer *m_composer = nullptr;
    StatusRow *m_status = nullptr;
    SessionPresenter *m_presenter = nullptr;
    WindowLayout *m_shape = nullptr;
    WindowTitle *m_windowTitle = nullptr;
    QPointer<SettingsDialog> m_settingsDialog;
};

} // namespace Meanwhile::Ui
