// SPDX-License-Identifier: MIT
#include "store/migrations.h"

#include "store/database.h"

#include <QCoreApplication>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;

namespace {

constexpr int kNoSuchVersion = 1'000; // what says so is damaged

// mark: what a list shows of a session that is not open. Where the last turn has neither an
// answer nor a record of its end, or words wait to be sent, it waits for the person.
QStringList marks()
{
    return {
        u"ALTER TABLE session ADD COLUMN mark TEXT NOT NULL DEFAULT ''"_s,
        u"UPDATE session SET mark = coalesce((SELECT CASE json_extract(body, '$.content[0].type') "
        u"WHEN 'failure' THEN 'failed' WHEN 'end' THEN '' ELSE CASE WHEN json_extract(body, '$.role') "
        u"= 'user' OR json_extract(body, '$.completeness') = 2 OR EXISTS (SELECT 1 FROM "
        u"json_each(body, '$.content') e WHERE CASE WHEN e.type = 'object' THEN json_extract(e.value, "
        u"'$.type') = 'tool_call' ELSE 0 END) THEN 'waits' ELSE '' END END FROM message m WHERE "
        u"m.session = session.id AND CASE WHEN json_valid(body) THEN coalesce(json_extract(body, "
        u"'$.role') <> 'record' OR json_extract(body, '$.content[0].type') IN ('end', 'failure'), 0) "
        u"ELSE 0 END ORDER BY position DESC LIMIT 1), '')"_s,
        u"UPDATE session SET mark = 'waits' WHERE mark <> 'failed' AND EXISTS (SELECT 1 FROM queued q "
        u"WHERE q.session = session.id)"_s,
    };
}

// A row for each piece of news; those of before are the ends of tasks.
QStringList news()
{
    return {
        u"CREATE TABLE news (session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE, task TEXT NOT "
        u"NULL, kind TEXT NOT NULL, n INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL, message TEXT, request "
        u"INTEGER, accepted_at TEXT, wake TEXT, failed INTEGER, PRIMARY KEY (session, task, kind, n)) "
        u"WITHOUT "
        u"ROWID"_s,
        u"INSERT INTO news (session, task, kind, body, message, request, accepted_at, wake, failed) SELECT "
        u"session, task, kind, body, message, request, accepted_at, wake, failed FROM outbox"_s,
        u"DROP TABLE outbox"_s,
        u"ALTER TABLE news RENAME TO outbox"_s,
    };
}

// Step n makes version n + 1 of version n. A step that has been released never changes.
const QVector<QStringList> &steps()
{
    static const QVector<QStringList> kSteps{
        {
            u"CREATE TABLE session (id TEXT PRIMARY KEY, project TEXT NOT NULL, title TEXT NOT NULL DEFAULT "
            u"'', "
            "created_at TEXT NOT NULL, updated_at TEXT NOT NULL) WITHOUT ROWID"_s,
            u"CREATE INDEX session_by_project ON session (project, updated_at)"_s,
            u"CREATE TABLE message (session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE, "
            u"position INTEGER NOT NULL, "
            "id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (session, position)) WITHOUT ROWID"_s,
            u"CREATE TABLE task (session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE, id TEXT "
            u"NOT NULL, "
            "command TEXT NOT NULL, state TEXT NOT NULL, exit_code INTEGER, log_path TEXT NOT NULL, "
            "started_at TEXT, ended_at TEXT, "
            "boot_id TEXT, pid INTEGER, start_ticks INTEGER, PRIMARY KEY (session, id)) WITHOUT ROWID"_s,
            // One row for each task's end. message: what carries it; accepted_at: when a provider took that
            // message.
            u"CREATE TABLE outbox (session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE, task "
            u"TEXT NOT NULL, "
            "kind TEXT NOT NULL, body TEXT NOT NULL, message TEXT, request INTEGER, accepted_at TEXT, "
            "PRIMARY KEY (session, task, kind)) WITHOUT ROWID"_s,
        },
        {
            // owner: the process that has it open; parent: what it was forked from.
            u"ALTER TABLE session ADD COLUMN is_named INTEGER NOT NULL DEFAULT 0"_s,
            u"ALTER TABLE session ADD COLUMN is_archived INTEGER NOT NULL DEFAULT 0"_s,
            u"ALTER TABLE session ADD COLUMN deleted_at TEXT"_s,
            u"ALTER TABLE session ADD COLUMN owner TEXT"_s,
            u"ALTER TABLE session ADD COLUMN parent TEXT"_s,
            u"ALTER TABLE task ADD COLUMN body TEXT"_s,
            u"ALTER TABLE outbox ADD COLUMN wake TEXT"_s,
            u"ALTER TABLE outbox ADD COLUMN failed INTEGER"_s,
            // Calls that were started; result: of one that has ended and whose result is in no message yet.
            u"CREATE TABLE call (session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE, id TEXT "
            u"NOT "
            "NULL, state TEXT NOT NULL, task TEXT, result TEXT, PRIMARY KEY (session, id)) WITHOUT ROWID"_s,
            // What people and models said, folded for searching.
            u"CREATE TABLE words (session TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL, "
            "PRIMARY KEY (session, position), FOREIGN KEY (session, position) REFERENCES message (session, "
            "position) ON DELETE CASCADE) WITHOUT ROWID"_s,
        },
        {
            // What the person has said while the agent worked, in the order of the rows.
            u"CREATE TABLE queued (session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE, id TEXT "
            u"NOT NULL, "
            u"body TEXT NOT NULL, UNIQUE (session, id))"_s,
        },
        marks(),
        news(),
    };
    return kSteps;
}

Result<int> versionOf(Database &database)
{
    Result<QSqlQuery> query = database.run(u"PRAGMA user_version"_s);
    if (!query)
        return failure(query.error());
    const int version = query->next() ? query->value(0).toInt() : 0;
    query->finish();
    return version;
}

} // namespace

Result<void> migrate(Database &database)
{
    const Result<int> found = versionOf(database);
    if (!found)
        return failure(found.error());
    const int version = *found;
    if (version < 0 || version > kNoSuchVersion) {
        return failure(ErrorKind::Protocol,
            QCoreApplication::translate(
                "Meanwhile::Store", "The file with the saved conversations is damaged."),
            u"schema %1"_s.arg(version));
    }
    if (version > kSchemaVersion) {
        return failure(ErrorKind::Conflict, QCoreApplication::translate("Meanwhile::Store",
                                                "The saved conversations were written by a newer Meanwhile. "
                                                "Update this one, or set MEANWHILE_HOME to another folder."));
    }
    for (int step = version; step < kSchemaVersion; ++step) {
        const Result<void> done = database.transaction([&]() -> Result<void> {
            // Another program may have taken the step since it was looked at.
            const Result<int> now = versionOf(database);
            if (!now || *now > step)
                return now ? Result<void>() : failure(now.error());
            for (const QString &statement : steps().at(step)) {
                if (Result<QSqlQuery> ran = database.run(statement); !ran)
                    return failure(ran.error());
            }
            if (Result<QSqlQuery> set = database.run(u"PRAGMA user_version=%1"_s.arg(step + 1)); !set)
                return failure(set.error());
            return {};
        });
        if (!done)
            return done;
    }
    return {};
}

} // namespace Meanwhile::Store
