// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QWidget;

namespace Meanwhile::Models {
class SessionListModel;
}

namespace Meanwhile::Ui {

/// The words in the window's frame and in the taskbar: the session that is shown, its project, the program.
///
/// Not owned, must outlive it: the list.
class WindowTitle : public QObject {
    Q_OBJECT

public:
    WindowTitle(QWidget &window, Models::SessionListModel &list);

    /// The session in this folder is the list's current one.
    void setFolder(const QString &folder);

private:
    void refresh();

    QWidget &m_window;
    Models::SessionListModel &m_list;
    QString m_folder;
};

} // namespace Meanwhile::Ui
