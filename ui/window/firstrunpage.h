// SPDX-License-Identifier: MIT
#pragma once

#include <QScrollArea>
#include <QStringList>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace Meanwhile::Ui {

class Theme;

/// What an empty conversation shows: how to open a folder, the recent ones, which model answers, and requests
/// to try.
class FirstRunPage : public QScrollArea {
    Q_OBJECT

public:
    explicit FirstRunPage(Theme &theme, QWidget *parent = nullptr);

    /// Where the person begins: the button that opens a folder, while there is none.
    void takeFocus();
    /// Empty: no project yet.
    void setProjectName(const QString &name);
    void setRecentFolders(const QStringList &folders);
    /// The demo says so and offers to connect a real model.
    void setIsDemo(bool isDemo);

signals:
    void openFolderRequested();
    void folderChosen(const QString &folder);
    void settingsRequested();
    void exampleChosen(const QString &text);

private:
    QWidget *makeDemoRow(QWidget *parent);
    QWidget *makeExamples(QWidget *parent);

    Theme &m_theme;
    QLabel *m_title = nullptr;
    QLabel *m_explanation = nullptr;
    QWidget *m_open = nullptr;
    QPushButton *m_openButton = nullptr;
    QWidget *m_recent = nullptr;
    QVBoxLayout *m_recentLayout = nullptr;
    QWidget *m_demo = nullptr;
};

} // namespace Meanwhile::Ui
