// SPDX-License-Identifier: MIT
#pragma once

#include "ui/widgets/theme.h"

#include <QObject>
#include <QStringList>

class QAction;
class QMainWindow;
class QMenu;

namespace Meanwhile::Ui {

/// What a person can do in the window by a key or in the two menus of the title row.
///
/// Owner: the window, whose actions these are; full screen, About and Quit are done here.
class WindowActions : public QObject {
    Q_OBJECT

public:
    explicit WindowActions(QMainWindow &window);

    void setSidebarChecked(bool visible);
    void setPanelChecked(bool visible);
    /// Whether there is a conversation to continue in a new session, or to export.
    void setHasConversation(bool has);
    /// Why the conversation cannot be summarised now, short and in the menu; empty: it can.
    void setWhyNoSummary(const QString &reason);
    void fillMainMenu(QMenu &menu, Theme::Choice theme);
    void fillFolderMenu(QMenu &menu, const QStringList &recentFolders, const QString &current);

    /// Ends in folderChosen() or filesChosen(), or in nothing.
    void askForFolder(const QString &start);
    void askForFiles(const QString &start);

signals:
    void newSessionRequested();
    void forkRequested();
    void exportRequested();
    void openFolderRequested();
    void folderChosen(const QString &folder);
    void filesChosen(const QStringList &files);
    void settingsRequested();
    void summaryRequested();
    void sidebarToggled();
    void searchRequested();
    void panelToggled();
    void themeChosen(Meanwhile::Ui::Theme::Choice choice);

private:
    QAction *add(const QString &text, const QString &objectName, const QKeySequence &key);
    void openAbout();

    QMainWindow &m_window;
    QAction *m_newSession = nullptr;
    QAction *m_fork = nullptr;
    QAction *m_export = nullptr;
    QAction *m_openFolder = nullptr;
    QAction *m_settings = nullptr;
    QAction *m_summarise = nullptr;
    QAction *m_sidebar = nullptr;
    QAction *m_search = nullptr;
    QAction *m_panel = nullptr;
    QAction *m_fullScreen = nullptr;
    QAction *m_about = nullptr;
    QAction *m_quit = nullptr;
};

} // namespace Meanwhile::Ui
