// SPDX-License-Identifier: MIT
#include "store/rowtime.h"
#include "store/sessionrows.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;

/// "Fix the parser (2)": the first number from 2 on that no session of its project has.
static Result<QString> titleOfFork(Database &database, const QString &id)
{
    Result<QSqlQuery> rows = database.run(
        u"SELECT other.title, own.title FROM session own JOIN session other ON other.project = own.project "
        u"WHERE own.id = ?"_s,
        {id});
    if (!rows)
        return failure(rows.error());
    QSet<QString> taken;
    QString title;
    while (rows->next()) {
        taken += rows->value(0).toString();
        title = rows->value(1).toString();
    }
    if (title.isEmpty())
        return title;
    static const QRegularExpression number(u" \\(\\d{1,2}\\)$"_s);
    title.remove(number);
    int n = 2;
    const auto numbered = [&] { return u"%1 (%2)"_s.arg(title, QString::number(n)); };
    while (taken.contains(numbered()))
        ++n;
    return numbered();
}

Result<void> forkSession(
    Database &database, const QString &id, const QString &throughMessage, const QString &newId)
{
    Result<QSqlQuery> rows =
        database.run(u"SELECT id, position, body FROM message WHERE session = ? ORDER BY position"_s, {id});
    if (!rows)
        return failure(rows.error());
    qint64 last = -1;
    QVector<NewsId> told;
    while (last < 0 && rows->next()) {
        if (const Result<Conversation::Message> message = messageOfRow(rows->value(2).toByteArray())) {
            for (const Conversation::ContentBlock &block : message->content)
                told += Conversation::newsToldBy(block);
        }
        if (rows->value(0).toString() == throughMessage)
            last = rows->value(1).toLongLong();
    }
    rows->finish();
    if (last < 0)
        return failure(ErrorKind::NotFound,
            QCoreApplication::translate("Meanwhile::Store", "That message is not in the session any more."));
    const Result<QString> title = titleOfFork(database, id);
    if (!title)
        return failure(title.error());
    const QString at = rowTime(QDateTime::currentDateTimeUtc());
    Result<void> done = database.write(u"INSERT INTO session (id, project, title, created_at, updated_at, "
                                       u"parent) SELECT ?, project, ?, ?, ?, id "
                                       u"FROM session WHERE id = ?"_s,
        {newId, *title, at, at, id});
    for (const QString &copy : {u"INSERT INTO message (session, position, id, body) SELECT ?, position, id, "
                                u"body FROM message WHERE session "
                                u"= ? AND position <= ?"_s,
             u"INSERT INTO words (session, position, text) SELECT ?, position, text FROM words WHERE session "
             u"= ? AND "
             u"position <= ?"_s}) {
        if (done)
            done = database.write(copy, {newId, id, last});
    }
    for (const QString &task : tasksOf(told)) {
        if (done) {
            done = database.write(
                u"INSERT OR IGNORE INTO task (session, id, command, state, exit_code, log_path, started_at, "
                u"ended_at, "
                u"boot_id, pid, start_ticks, body) SELECT ?, id, command, state, exit_code, log_path, "
                u"started_at, "
                u"ended_at, boot_id, pid, start_ticks, body FROM task WHERE session = ? AND id = ? AND ended_at <> ''"_s,
                {newId, id, task});
        }
    }
    return done;
}

} // namespace Meanwhile::Store
