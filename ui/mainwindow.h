// SPDX-License-Identifier: MIT
#pragma once

#include "base/statepaths.h"
#include "conversation/contentblock.h"
#include "ui/shell/windowmemory.h"
#include "ui/theme.h"
#include "ui/workspace.h"

#include <QHash>
#include <QMainWindow>
#include <QPointer>

#include <memory>

namespace Meanwhile::Permissions {
enum class Mode;
}

namespace Meanwhile::Ui {

class AdaptivePanes;
class ApprovalBar;
class Composer;
class FirstRunPage;
class MessageBar;
class ModelMenu;
class ProjectLink;
class QuitGuard;
class SettingsDialog;
class StatusRow;
class TaskPanel;
class TitleRow;
class TranscriptView;
class WindowActions;

/// The window: places the parts and passes on what they ask for. One project at a time.
///
/// Thread: GUI thread; nothing in it waits.  Not owned, must outlive it: workspace, providers, theme.
/// Closing it while tasks run asks first (QuitGuard); the window then closes by itself.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(Workspace &workspace, Providers &providers, Theme &theme, const StatePaths &paths,
        QWidget *parent = nullptr);
    ~MainWindow() override;

    /// False when the folder cannot be used; the message bar says why and the project stays as it is.
    bool openFolder(const QString &folder);
    /// As if the person had sent it; kept in the composer while there is no project.
    void send(const QString &text, const QVector<Conversation::ImageBlock> &images = {});
    /// A second start: in front of the other windows.
    void comeForward();
    /// Trouble that did not begin in this window, in the message bar.
    void tell(const QString &words);
    /// Shows which model is in use now; for a change that did not come from this window.
    void refreshModel();
    /// What Workspace::modelInUse() says is another one.

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void placeParts();
    void connectParts();
    void connectTranscript();
    void connectPanel();
    void connectDrops();
    void restore();
    void remember();
    void rememberDraft();
    void showConversation();
    void refreshSettings();
    void stopTurn();
    void chooseFolder();
    void openSettings();
    void takeOver(const Settings &settings);
    void chooseMode(Permissions::Mode mode);
    void chooseTheme(Theme::Choice choice);
    QString projectFolder() const;

    Workspace &m_workspace;
    Providers &m_providers;
    Theme &m_theme;
    WindowMemoryFile m_memoryFile;
    WindowMemory m_memory;
    QHash<QString, QVector<Conversation::ImageBlock>> m_draftImages; ///< by project folder, for this run
    WindowActions *m_actions = nullptr;
    QuitGuard *m_quitGuard = nullptr;
    ModelMenu *m_modelMenu = nullptr;
    TitleRow *m_title = nullptr;
    AdaptivePanes *m_panes = nullptr;
    MessageBar *m_message = nullptr;
    FirstRunPage *m_firstRun = nullptr;
    TranscriptView *m_transcript = nullptr;
    TaskPanel *m_panel = nullptr;
    ApprovalBar *m_approvalBar = nullptr;
    Composer *m_composer = nullptr;
    StatusRow *m_status = nullptr;
    QPointer<SettingsDialog> m_settingsDialog;
    std::unique_ptr<ProjectLink> m_link; ///< null: no project
};

} // namespace Meanwhile::Ui
