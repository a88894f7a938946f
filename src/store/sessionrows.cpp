// SPDX-License-Identifier: MIT
#include "store/sessionrows.h"

#include "base/logging.h"
#include "conversation/messagejson.h"
#include "conversation/olderresults.h"
#include "store/rowtime.h"
#include "store/sessionowner.h"
#include "store/taskjson.h"
#include "tasks/processidentity.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QtConcurrentMap>

#include <algorithm>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;
using Tasks::Delivery;

namespace {

constexpr int kExcerptChars = 120;
constexpr int kExcerptBefore = 40;

QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Store", text);
}

QString now()
{
    return rowTime(QDateTime::currentDateTimeUtc());
}

Result<void> readMessages(Database &database, StoredSession &session)
{
    // As bytes: the words of a long session would be turned into UTF-16 and back.
    Result<QSqlQuery> rows = database.run(
        u"SELECT CAST(body AS BLOB), position FROM message WHERE session = ? ORDER BY position"_s,
        {session.id});
    if (!rows)
        return failure(rows.error());
    QVector<QByteArray> bodies;
    while (rows->next()) {
        bodies.append(rows->value(0).toByteArray());
        session.nextPosition = rows->value(1).toLongLong() + 1;
    }
    const auto read = [](const QByteArray &body) { return messageOfRow(body); };
    QVector<Result<Conversation::Message>> messages =
        QtConcurrent::blockingMapped<QVector<Result<Conversation::Message>>>(bodies, read);
    QVector<Conversation::Message> readable;
    for (Result<Conversation::Message> &message : messages) {
        if (message) {
            readable.append(std::move(*message));
        } else {
            ++session.damagedMessages;
            qCWarning(lcStore) << "message" << (&message - messages.data()) << "of" << session.id
                               << "cannot be read:" << message.error().message;
        }
    }
    Conversation::tieOlderResults(readable);
    for (Conversation::Message &message : readable)
        session.history.append(std::move(message));
    return {};
}

Result<void> readTasks(Database &database, StoredSession &session)
{
    Result<QSqlQuery> rows = database.run(
        u"SELECT body, id, command, state, log_path FROM task WHERE session = ? ORDER BY started_at, id"_s,
        {session.id});
    if (!rows)
        return failure(rows.error());
    while (rows->next()) {
        QJsonObject object = QJsonDocument::fromJson(rows->value(0).toString().toUtf8()).object();
        if (object.isEmpty()) { // of the first version, or damaged
            object = {{u"id"_s, rows->value(1).toString()}, {u"command"_s, rows->value(2).toString()},
                {u"state"_s, rows->value(3).toString()}, {u"log"_s, rows->value(4).toString()}};
        }
        session.tasks.append(taskFromJson(object));
    }
    std::stable_sort(session.tasks.begin(), session.tasks.end(),
        [](const Tasks::Task &a, const Tasks::Task &b) { return a.createdAt < b.createdAt; });
    return {};
}

Result<void> readResults(Database &database, StoredSession &session)
{
    Result<QSqlQuery> rows = database.run(
        u"SELECT task, body, wake, failed, message, request, accepted_at, kind, n FROM outbox WHERE session = ?"_s,
        {session.id});
    if (!rows)
        return failure(rows.error());
    while (rows->next()) {
        StoredNews result;
        result.news = {{rows->value(0).toString(), rows->value(7).toString(), rows->value(8).toLongLong()},
            rows->value(1).toString(), wakePolicyFrom(rows->value(2).toString()), rows->value(3).toBool()};
        result.delivery.request = rows->value(5).toLongLong();
        result.delivery.acceptedAt = timeOfRow(rows->value(6).toString());
        result.delivery.state = result.delivery.acceptedAt.isValid() ? Delivery::State::Accepted
                                : rows->value(4).isNull()            ? Delivery::State::Queued
                                                                     : Delivery::State::InRequest;
        session.news.append(result);
    }
    return {};
}

Result<void> readCalls(Database &database, StoredSession &session)
{
    Result<QSqlQuery> rows = database.run(
        u"SELECT id, task, result FROM call WHERE session = ? AND (state = 'started' OR result IS NOT NULL)"_s,
        {session.id});
    if (!rows)
        return failure(rows.error());
    while (rows->next()) {
        StoredCall call{rows->value(0).toString(), rows->value(1).toString(), {}};
        if (const Result<Conversation::Message> kept = messageOfRow(rows->value(2).toByteArray());
            kept && !kept->content.isEmpty()) {
            if (const auto *result = std::get_if<Conversation::ToolResultBlock>(&kept->content.first()))
                call.result = *result;
        }
        session.calls.append(call);
    }
    return {};
}

Result<void> readQueued(Database &database, StoredSession &session)
{
    Result<QSqlQuery> rows =
        database.run(u"SELECT id, body FROM queued WHERE session = ? ORDER BY rowid"_s, {session.id});
    if (!rows)
        return failure(rows.error());
    while (rows->next()) {
        const Result<Conversation::Message> kept = messageOfRow(rows->value(1).toByteArray());
        if (!kept)
            continue;
        QueuedWords words{rows->value(0).toString(), Conversation::plainText(*kept), {}};
        for (const Conversation::ContentBlock &block : kept->content) {
            if (const auto *image = std::get_if<Conversation::ImageBlock>(&block))
                words.images.append(*image);
        }
        session.queued.append(words);
    }
    return {};
}

QString excerptAround(const QString &text, const QString &word)
{
    const QString line = text.simplified();
    const qsizetype at = std::max<qsizetype>(0, line.indexOf(word, 0, Qt::CaseInsensitive));
    const qsizetype from = std::max<qsizetype>(0, at - kExcerptBefore);
    return (from > 0 ? u"…"_s : QString()) + line.mid(from, kExcerptChars) +
           (from + kExcerptChars < line.size() ? u"…"_s : QString());
}

QString likePattern(const QString &word)
{
    QString escaped = word;
    escaped.replace(u"\\"_s, u"\\\\"_s).replace(u"%"_s, u"\\%"_s).replace(u"_"_s, u"\\_"_s);
    return u'%' + escaped + u'%';
}

} // namespace

Result<Conversation::Message> messageOfRow(const QByteArray &body)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (!document.isObject())
        return failure(ErrorKind::Protocol, error.errorString());
    return Conversation::messageFromJson(document.object());
}

Result<StoredSession> readSession(Database &database, const QString &id)
{
    Result<QSqlQuery> row = database.run(
        u"SELECT id, project, title, created_at, mark FROM session WHERE id = ? AND deleted_at IS NULL"_s,
        {id});
    if (!row)
        return failure(row.error());
    if (!row->next())
        return failure(ErrorKind::NotFound,
            tr("There is no session %1; perhaps it was deleted. Choose another one.").arg(id));
    StoredSession session;
    session.id = row->value(0).toString();
    session.project = row->value(1).toString();
    session.title = row->value(2).toString();
    session.createdAt = timeOfRow(row->value(3).toString());
    session.mark = sessionMarkFrom(row->value(4).toString());
    row->finish();
    for (const auto read : {readMessages, readTasks, readResults, readCalls, readQueued}) {
        if (const Result<void> done = read(database, session); !done)
            return failure(done.error());
    }
    return session;
}

Result<QString> newestSession(Database &database, const QString &project)
{
    Result<QSqlQuery> row = database.run(
        u"SELECT id FROM session WHERE project = ? AND deleted_at IS NULL ORDER BY updated_at DESC LIMIT 1"_s,
        {project});
    if (!row)
        return failure(row.error());
    if (!row->next())
        return failure(ErrorKind::NotFound, tr("There is no earlier session to continue. Start one first."));
    return row->value(0).toString();
}

Result<QVector<SessionSummary>> listSessions(Database &database)
{
    Result<QSqlQuery> rows = database.run(
        u"SELECT id, project, title, created_at, updated_at, is_archived, (SELECT count(*) FROM task WHERE "
        u"session = "
        u"s.id AND state IN ('queued', 'starting', 'running')), (SELECT count(*) FROM outbox WHERE session = "
        u"s.id AND "
        u"message IS NULL), mark, owner FROM session s WHERE deleted_at IS NULL ORDER BY updated_at DESC, id"_s);
    if (!rows)
        return failure(rows.error());
    QVector<SessionSummary> all;
    while (rows->next()) {
        SessionMark mark = sessionMarkFrom(rows->value(8).toString());
        if (mark != SessionMark::None && isOpenElsewhere(rows->value(9).toString()))
            mark = SessionMark::None;
        all.append({rows->value(0).toString(), rows->value(1).toString(), rows->value(2).toString(),
            timeOfRow(rows->value(3).toString()), timeOfRow(rows->value(4).toString()),
            rows->value(5).toBool(), rows->value(6).toInt(), rows->value(7).toInt(), mark});
    }
    return all;
}

QString foldedForSearch(const QString &text)
{
    return text.normalized(QString::NormalizationForm_KC).toCaseFolded();
}

Result<QVector<SessionHit>> searchSessions(Database &database, const QString &text, int limit)
{
    const QStringList words = foldedForSearch(text).split(u' ', Qt::SkipEmptyParts);
    QVector<SessionHit> hits;
    if (words.isEmpty())
        return hits;
    const QString first = text.simplified().section(u' ', 0, 0);
    QString condition;
    QVariantList patterns;
    for (const QString &word : words) {
        condition += (condition.isEmpty() ? QString() : u" AND "_s) + u"w.text LIKE ? ESCAPE '\\'"_s;
        patterns += likePattern(word);
    }
    // Titles are few and short, and folded here.
    Result<QSqlQuery> titles =
        database.run(u"SELECT id, title FROM session WHERE deleted_at IS NULL ORDER BY updated_at DESC"_s);
    if (!titles)
        return failure(titles.error());
    QSet<QString> found;
    while (titles->next() && hits.size() < limit) {
        const QString folded = foldedForSearch(titles->value(1).toString());
        if (std::all_of(
                words.cbegin(), words.cend(), [&](const QString &word) { return folded.contains(word); })) {
            found.insert(titles->value(0).toString());
            hits.append({titles->value(0).toString(), {}, excerptAround(titles->value(1).toString(), first)});
        }
    }
    Result<QSqlQuery> rows = database.run(u"SELECT w.session, max(w.position) FROM words w JOIN session s ON "
                                          u"s.id = w.session WHERE s.deleted_at IS "
                                          u"NULL AND "_s +
                                              condition + u" GROUP BY w.session ORDER BY s.updated_at DESC"_s,
        patterns);
    if (!rows)
        return failure(rows.error());
    while (rows->next() && hits.size() < limit) {
        const QString session = rows->value(0).toString();
        if (found.contains(session))
            continue;
        Result<QSqlQuery> row = database.run(
            u"SELECT body FROM message WHERE session = ? AND position = ?"_s, {session, rows->value(1)});
        if (!row || !row->next())
            continue;
        if (const Result<Conversation::Message> message = messageOfRow(row->value(0).toByteArray()))
            hits.append({session, message->id, excerptAround(Conversation::plainText(*message), first)});
    }
    return hits;
}

Result<TaskRecords> taskRecords(Database &database)
{
    TaskRecords records;
    for (const auto &[sql, ids] : {std::pair{u"SELECT id FROM session"_s, &records.sessions},
             std::pair{u"SELECT id FROM task WHERE state IN ('queued', 'starting', 'running') UNION "
                       u"SELECT task FROM outbox WHERE message IS NULL"_s,
                 &records.untoldTasks}}) {
        Result<QSqlQuery> rows = database.run(sql);
        if (!rows)
            return failure(rows.error());
        while (rows->next())
            ids->insert(rows->value(0).toString());
    }
    return records;
}

Result<void> storeTask(Database &database, const QString &sessionId, const Tasks::Task &task)
{
    return database.write(
        u"INSERT INTO task (session, id, command, state, exit_code, log_path, started_at, ended_at, boot_id, "
        u"pid, start_ticks, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session, id) DO "
        u"UPDATE SET state = excluded.state, exit_code = excluded.exit_code, started_at = "
        u"excluded.started_at, ended_at = excluded.ended_at, boot_id = excluded.boot_id, pid = excluded.pid, "
        u"start_ticks = excluded.start_ticks, body = excluded.body"_s,
        {sessionId, task.id, task.spec.command, Tasks::nameOf(task.state),
            task.state == Tasks::TaskState::Exited ? QVariant(task.exitCode) : QVariant(), task.logPath,
            rowTime(task.startedAt), rowTime(task.endedAt), task.supervisor.bootId, task.supervisor.pid,
            qint64(task.supervisor.startTicks),
            QString::fromUtf8(QJsonDocument(toJson(task)).toJson(QJsonDocument::Compact))});
}

Result<void> storeQueued(Database &database, const QString &session, const QueuedWords &words)
{
    Conversation::Message message;
    for (const Conversation::ImageBlock &image : words.images)
        message.content.append(image);
    if (!words.text.isEmpty())
        message.content.append(Conversation::TextBlock{words.text});
    const QByteArray body = QJsonDocument(Conversation::toJson(message)).toJson(QJsonDocument::Compact);
    return database.write(u"INSERT OR REPLACE INTO queued (session, id, body) VALUES (?, ?, ?)"_s,
        {session, words.id, QString::fromUtf8(body)});
}

Result<void> storeRest(Database &database, const StoredSession &session)
{
    Result<void> done;
    for (const Tasks::Task &task : session.tasks) {
        if (done)
            done = storeTask(database, session.id, task);
    }
    for (const StoredNews &result : session.news) {
        const Tasks::News &news = result.news;
        const bool isCarried = result.delivery.state >= Delivery::State::InRequest;
        const bool isAccepted = result.delivery.state == Delivery::State::Accepted;
        if (done) {
            done = database.write(u"INSERT INTO outbox (session, task, kind, n, body, wake, failed, message, "
                                  u"request, accepted_at) "
                                  u"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                {session.id, news.id.taskId, news.id.kind, news.id.number, news.text, nameOf(news.wake),
                    news.failed, isCarried ? QVariant(u""_s) : QVariant(),
                    isCarried ? QVariant(result.delivery.request) : QVariant(),
                    isAccepted ? QVariant(rowTime(result.delivery.acceptedAt)) : QVariant()});
        }
    }
    for (const StoredCall &call : session.calls) {
        if (done) {
            done =
                database.write(u"INSERT INTO call (session, id, state, task) VALUES (?, ?, 'started', ?)"_s,
                    {session.id, call.id, call.taskId.isEmpty() ? QVariant() : QVariant(call.taskId)});
        }
    }
    for (const QueuedWords &words : session.queued) {
        if (done)
            done = storeQueued(database, session.id, words);
    }
    return done;
}

Result<void> addFound(Database &database, const StoredSession &session)
{
    Result<QSqlQuery> known = database.run(u"SELECT 1 FROM session WHERE id = ?"_s, {session.id});
    if (!known)
        return failure(known.error());
    if (known->next())
        return {};
    known->finish();
    const QString at = rowTime(session.createdAt);
    Result<void> done = database.write(
        u"INSERT INTO session (id, project, title, created_at, updated_at) VALUES (?, ?, ?, ?, ?)"_s,
        {session.id, session.project, session.title, at, at});
    for (const Tasks::Task &task : session.tasks) {
        if (done)
            done = storeTask(database, session.id, task);
    }
    return done;
}

Result<void> renameSession(Database &database, const QString &id, const QString &title)
{
    return database.write(
        u"UPDATE session SET title = ?, is_named = 1 WHERE id = ?"_s, {title.simplified().left(200), id});
}

Result<void> moveProject(Database &database, const QString &id, const QString &folder)
{
    return database.write(
        u"UPDATE session SET project = ? WHERE project = (SELECT project FROM session WHERE id = ?)"_s,
        {folder, id});
}

Result<void> setArchived(Database &database, const QString &id, bool archived)
{
    return database.write(u"UPDATE session SET is_archived = ? WHERE id = ?"_s, {archived, id});
}

Result<void> setDeleted(Database &database, const QString &id, bool deleted)
{
    return database.write(
        u"UPDATE session SET deleted_at = ? WHERE id = ?"_s, {deleted ? QVariant(now()) : QVariant(), id});
}

Result<QStringList> deletedSessions(Database &database, const QDateTime &before)
{
    Result<QSqlQuery> rows =
        database.run(u"SELECT id FROM session WHERE deleted_at < ?"_s, {rowTime(before)});
    if (!rows)
        return failure(rows.error());
    QStringList ids;
    while (rows->next())
        ids += rows->value(0).toString();
    return ids;
}

Result<void> purgeDeleted(Database &database, const QDateTime &deletedBefore)
{
    return database.write(u"DELETE FROM session WHERE deleted_at < ?"_s, {rowTime(deletedBefore)});
}

} // namespace Meanwhile::Store
