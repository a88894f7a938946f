// SPDX-License-Identifier: MIT
#pragma once

#include "ui/widgets/menubutton.h"

namespace Meanwhile::Ui {

class Theme;

/// The project in the title row: name bold, path and git branch dim, its menu the folders to go to.
class FolderButton : public MenuButton {
    Q_OBJECT

public:
    explicit FolderButton(Theme &theme, QWidget *parent = nullptr);

    /// An empty folder: there is no project yet.
    void setProject(const QString &folder, const QString &gitBranch);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QFont nameFont() const;

    Theme &m_theme;
    QString m_name;
    QString m_details;
};

} // namespace Meanwhile::Ui
