// SPDX-License-Identifier: MIT
#pragma once

#include "ui/ports/opensession.h"
#include "ui/window/messagebar.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <functional>

namespace Meanwhile::Ui {

class SessionNavigator;

/// Says in the message bar what is to be known of the folder of the session that is shown. Where the folder
/// is gone or another, it offers to choose the project's new place until one was chosen, or the folder is
/// back.
///
/// Thread: GUI thread. Bar and navigator must outlive it.
class FolderNotice : public QObject {
    Q_OBJECT

public:
    /// `useFolder` opens a folder as it is now.
    FolderNotice(MessageBar &bar, SessionNavigator &navigator, MessageBar::Answer openFolder,
        std::function<void(const QString &)> useFolder, QObject *parent);

    /// This session is shown from now on.
    void show(const OpenSession &session);
    /// News of the folder of a session, be it shown or not.
    void update(const OpenSession &session);

private:
    void ask(const QString &text);
    void look();
    void watch();

    MessageBar &m_bar;
    SessionNavigator &m_navigator;
    MessageBar::Answer m_openFolder;
    std::function<void(const QString &)> m_useFolder;
    QFileSystemWatcher m_watcher; ///< of the folder that holds the one that is gone
    QTimer m_looking;             ///< much may change there in a row
    OpenSession m_session;
};

} // namespace Meanwhile::Ui
