// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "store/sessionjournal.h"
#include "store/storedsession.h"

#include <QFuture>
#include <QObject>
#include <QThread>

#include <functional>
#include <memory>
#include <vector>

namespace Meanwhile::Store {

class Database;
class StoreWriter;
class SqliteJournal;

/// All sessions in one SQLite file, written by one thread in the order of the calls; calls that came while
/// the disk was busy are committed together.
///
/// A session belongs to the process that loaded or began it, while that process lives; another one is refused
/// it. A newer program's file is only read; a damaged one is moved aside and what can be read is taken over.
///
/// Thread: GUI thread; no call blocks, except the destructor, which waits until everything asked for is on
/// disk. Errors: failed() once for each kind of trouble; the program continues without saving.
class SessionStore final : public QObject {
    Q_OBJECT

public:
    /// Opens the file on the writer thread; the folder must exist.
    explicit SessionStore(const QString &path, QObject *parent = nullptr);
    ~SessionStore() override;

    /// The journal of a session. Its first message creates the session. The store must outlive
    /// it.
    std::unique_ptr<SessionJournal> journalFor(
        const QString &sessionId, const QString &project, qint64 nextPosition = 0);

    /// Tries for some seconds until everything so far is on disk; the last trouble where it is not.
    QFuture<Result<void>> save();

    /// NotFound; Conflict when another process has it open.
    QFuture<Result<StoredSession>> load(const QString &sessionId);
    /// The session of this project that was used last. NotFound when there is none.
    QFuture<Result<StoredSession>> loadNewest(const QString &project);

    /// Newest first, archived ones included, without the deleted ones.
    QFuture<Result<QVector<SessionSummary>>> list();
    /// At most 50 sessions whose title or words hold all the words of `text`; newest first.
    QFuture<Result<QVector<SessionHit>>> search(const QString &text);
    QFuture<Result<TaskRecords>> taskRecords();
    /// Adds a session that is known only from its tasks' folders: id, project, title, time and tasks. Does
    /// nothing if it is known by now.
    QFuture<Result<void>> addFound(const StoredSession &session);
    QFuture<Result<void>> rename(const QString &sessionId, const QString &title);
    /// Its project, and that of all sessions with the same one, is this folder from now on.
    QFuture<Result<void>> moveProject(const QString &sessionId, const QString &folder);
    QFuture<Result<void>> setArchived(const QString &sessionId, bool archived);
    /// Gone from lists; setDeleted(id, false) brings it back until purge().
    QFuture<Result<void>> setDeleted(const QString &sessionId, bool deleted);
    /// The ids of those that purge() with the same time would remove.
    QFuture<Result<QStringList>> deletedSessions(const QDateTime &before);
    /// For good what was deleted before then.
    QFuture<Result<void>> purge(const QDateTime &deletedBefore);
    /// A new session with the messages up to and including `throughMessage`; its id.
    QFuture<Result<QString>> fork(
        const QString &sessionId, const QString &throughMessage, const QString &newId);

signals:
    void failed(const Meanwhile::Error &error);

private:
    template <typename T>
    QFuture<Result<T>> later(std::function<Result<T>(StoreWriter &)> work);
    QFuture<Result<void>> change(std::function<Result<void>(Database &)> work);

    QThread m_thread;
    StoreWriter *m_writer; // lives on m_thread
    std::shared_ptr<std::vector<SqliteJournal *>> m_journals;
};

} // namespace Meanwhile::Store
