// SPDX-License-Identifier: MIT
#pragma once

#include "permissions/mode.h"

#include <QWidget>

#include <functional>

class QLabel;
class QMenu;

namespace Meanwhile::Ui {

class FolderButton;
class MenuButton;
class Theme;

/// The project, what runs without asking, and the window's menu, in 40 pixels.
class TitleRow : public QWidget {
    Q_OBJECT

public:
    explicit TitleRow(Theme &theme, QWidget *parent = nullptr);

    void setProject(const QString &folder, const QString &gitBranch);
    void setMode(Permissions::Mode mode);
    MenuButton *folderButton() const;
    MenuButton *menuButton() const { return m_menu; }

signals:
    void modeChosen(Meanwhile::Permissions::Mode mode);

private:
    void fillModes(QMenu &menu);

    FolderButton *m_folder = nullptr;
    QLabel *m_modeText = nullptr;
    MenuButton *m_modeButton = nullptr;
    MenuButton *m_menu = nullptr;
    Permissions::Mode m_mode = Permissions::Mode::Box;
};

} // namespace Meanwhile::Ui
