// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/messagebar.h"
#include "ui/workspace.h"

#include <QObject>

namespace Meanwhile::Ui {

class SessionNavigator;

/// Says in the message bar what is to be known of the folder of the session that is shown. Where the folder
/// is gone, it offers to choose the project's new place until one was chosen.
///
/// Thread: GUI thread. Bar and navigator must outlive it.
class FolderNotice : public QObject {
    Q_OBJECT

public:
    FolderNotice(
        MessageBar &bar, SessionNavigator &navigator, MessageBar::Answer openFolder, QObject *parent);

    /// This session is shown from now on.
    void show(const Project &session);
    /// News of the folder of a session, be it shown or not.
    void update(const Project &session);

private:
    void ask(const QString &text);

    MessageBar &m_bar;
    SessionNavigator &m_navigator;
    MessageBar::Answer m_openFolder;
    Project m_session;
};

} // namespace Meanwhile::Ui
