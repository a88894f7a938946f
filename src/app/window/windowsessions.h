// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/opensessions.h"
#include "app/window/sessionlisting.h"
#include "ui/ports/sessions.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace Meanwhile::App {

/// The sessions behind the window: opens stored ones, begins new ones, and hands them over to be shown.
///
/// Thread: GUI thread; the store is asked on its own. The Program must outlive it, and so must every client.
class WindowSessions final : public QObject, public Ui::Sessions {
    Q_OBJECT

public:
    explicit WindowSessions(Program &program, QObject *parent = nullptr);
    ~WindowSessions() override;

    OpenSessions &opened() { return m_open; }

    Result<Ui::OpenSession> open(const QString &folder) override;
    Result<Ui::OpenSession> begin(const QString &folder) override;
    QFuture<Result<Ui::OpenSession>> resume(const QString &sessionId) override;
    QFuture<Result<Ui::OpenSession>> resumeNewest(const QString &folder) override;
    QFuture<Result<Ui::OpenSession>> moveTo(const QString &sessionId, const QString &folder) override;
    QFuture<Result<Ui::OpenSession>> fork(const QString &sessionId, const QString &rowId) override;
    QVector<Tasks::TaskManager *> openTasks() const override { return m_open.tasks(); }
    Models::SessionListModel &list() override { return m_listing.model(); }
    void noteShown(const QString &sessionId) override;
    QFuture<Result<QVector<Store::SessionHit>>> search(const QString &text) override;
    QFuture<Result<void>> rename(const QString &sessionId, const QString &title) override;
    QFuture<Result<void>> setArchived(const QString &sessionId, bool archived) override;
    QFuture<Result<void>> exportTo(const QString &sessionId, const QString &path) override;
    QFuture<Result<void>> setDeleted(const QString &sessionId, bool deleted) override;

    /// Reads the list and reopens every session whose tasks outlived an earlier run. To be called once the
    /// window is up, and whenever the list may have changed.
    void refreshAndAdopt();

signals:
    /// The window shows it.
    void shown(const QString &sessionId);
    /// Both once the store has done it.
    void deleted(const QString &sessionId);
    void undeleted(const QString &sessionId);
    /// Once each time that the folder of an open session is found to be gone.
    void folderLost(const Ui::OpenSession &session);
    void projectMoved(const QString &before, const QString &now);

private:
    using Opened = Result<Ui::OpenSession>;

    /// For the window to show.
    Ui::OpenSession handOver(LoadedSession &open);
    QString noticeOf(LoadedSession &open, bool isThere);
    void takeUpUnfinished(const QVector<Store::SessionSummary> &sessions);
    QFuture<Result<void>> refreshedAfter(const QFuture<Result<void>> &change);
    QFuture<Opened> takeUpWhenLoaded(const QFuture<Result<Store::StoredSession>> &loading);
    Opened takeUp(const Store::StoredSession &stored);

    Program &m_program;
    OpenSessions m_open;
    SessionListing m_listing;
    QHash<QString, QString> m_lastOf;  ///< session by folder
    QSet<QString> m_deleted;           ///< of those that are open
    QHash<QString, QString> m_notices; ///< of private places, by folder: asking touches the disk, so once
    bool m_looksAround = false;
};

} // namespace Meanwhile::App
