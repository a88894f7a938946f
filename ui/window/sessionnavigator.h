// SPDX-License-Identifier: MIT
#pragma once

#include "ui/ports/foundplace.h"
#include "ui/ports/givenwords.h"
#include "ui/ports/sessions.h"

#include <QObject>

class QWidget;

namespace Meanwhile::Ui {

class SessionSidebar;
class SidebarPanes;
class WindowActions;

/// The ways from one session to another. What was asked for last is what is shown, in whatever order the
/// store answers.
///
/// Thread: GUI thread; nothing in it waits.  Owner: the window.  Not owned, must outlive it: the sessions.
class SessionNavigator : public QObject {
    Q_OBJECT

public:
    SessionNavigator(Sessions &sessions, QWidget &window);

    /// Does what the person asks for in the sidebar.
    void serve(SessionSidebar &sidebar);
    /// The keyboard goes to the sidebar where an action shows it.
    void serve(WindowActions &actions, SessionSidebar &sidebar, SidebarPanes &panes);
    void begin(const QString &folder);
    /// `words` are for it.
    void resume(const QString &sessionId, const GivenWords &words = {}, const FoundPlace &place = {});
    void resumeNewest(const QString &folder, const GivenWords &words = {});
    /// As at the end of the last run: the session of this folder that was used last, or else a new one.
    void reopen(const QString &folder, const GivenWords &words);
    /// Reads again what may have changed of an open session; lookedAt() follows.
    void lookAt(const QString &sessionId);
    /// Asks where the project of this session is now.
    void chooseNewPlace(const QString &sessionId);
    void fork(const QString &sessionId, const QString &rowId);
    /// Asks for a file first.
    void exportSession(const QString &sessionId);
    /// The person went elsewhere: what is still being opened is not shown.
    void forget() { ++m_asked; }

signals:
    void newRequested();
    void lookedAt(const Meanwhile::Ui::OpenSession &session);
    void deleted(const QString &sessionId);
    /// `place`: what the person was looking for in it.
    void opened(const Meanwhile::Ui::OpenSession &session, const Meanwhile::Ui::GivenWords &words,
        const Meanwhile::Ui::FoundPlace &place);
    /// `words` could not get there, and go nowhere else.
    void failed(const QString &why, const Meanwhile::Ui::GivenWords &words);
    void told(const QString &text);
    /// No longer of interest once another session is shown.
    void toldOfSession(const QString &text);
    /// The project of this session stays where it was: the person chose none, or the error says why.
    void newPlaceNotTaken(const QString &sessionId, const QString &why);

private:
    void search(SessionSidebar &sidebar, const QString &text);
    void remove(const QString &sessionId);
    void tellFailure(const QFuture<Result<void>> &change);
    void showWhenOpen(const QFuture<Result<OpenSession>> &opening, const GivenWords &words = {},
        const FoundPlace &place = {});
    void write(const QString &sessionId, const QString &path);
    void keepUnsent(const GivenWords &words);

    Sessions &m_sessions;
    QWidget &m_window;
    int m_asked = 0;
};

} // namespace Meanwhile::Ui
