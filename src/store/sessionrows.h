// SPDX-License-Identifier: MIT
#pragma once

#include "store/database.h"
#include "store/storedsession.h"

// What is read of and done to whole sessions. Thread: the database's.

namespace Meanwhile::Store {

/// The message that is stored as `body`.
Result<Conversation::Message> messageOfRow(const QByteArray &body);
/// NotFound where there is none. Messages that cannot be read are left out and counted.
Result<StoredSession> readSession(Database &database, const QString &id);
/// The id of the session of this project that was used last; NotFound.
Result<QString> newestSession(Database &database, const QString &project);

/// Newest first, without the deleted ones.
Result<QVector<SessionSummary>> listSessions(Database &database);
/// In titles and in what people and models said, whatever the case; at most `limit`, newest first, one for
/// each session. All the words must be in the same place.
Result<QVector<SessionHit>> searchSessions(Database &database, const QString &text, int limit);
/// As words are stored and searched for: NFKC, case folded.
QString foldedForSearch(const QString &text);

Result<TaskRecords> taskRecords(Database &database);
/// The row of a task, new or changed.
Result<void> storeTask(Database &database, const QString &sessionId, const Tasks::Task &task);
Result<void> storeQueued(Database &database, const QString &sessionId, const QueuedWords &words);
/// Tasks, results, calls and queued words of a session whose messages are stored.
Result<void> storeRest(Database &database, const StoredSession &session);
/// Adds a session that is known only from its tasks' folders, with these tasks; does nothing if it is known
/// by now.
Result<void> addFound(Database &database, const StoredSession &session);

Result<void> renameSession(Database &database, const QString &id, const QString &title);
/// Of this session and of all others with the same project.
Result<void> moveProject(Database &database, const QString &id, const QString &folder);
Result<void> setArchived(Database &database, const QString &id, bool archived);
/// A deleted session is gone from lists and can be brought back until it is purged.
Result<void> setDeleted(Database &database, const QString &id, bool deleted);
/// For good. The ids, so that their tasks' folders can go as well.
Result<QStringList> deletedSessions(Database &database, const QDateTime &before);
Result<void> purgeDeleted(Database &database, const QDateTime &deletedBefore);
/// A copy with the id `newId` and its title numbered, "Fix the parser (2)", that goes up to and includes
/// message `throughMessage`, with the ended tasks that these messages mention. News that is not delivered
/// yet stays with the original.
Result<void> forkSession(
    Database &database, const QString &id, const QString &throughMessage, const QString &newId);

} // namespace Meanwhile::Store
