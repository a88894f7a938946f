// SPDX-License-Identifier: MIT
#include "store/salvage.h"

#include "base/logging.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;

namespace {

// Parents before children, so that what lost its session is left out.
struct Table {
    QString name;
    QString columns;
    QString key;
};

const QVector<Table> &tables()
{
    static const QVector<Table> kTables{
        {u"session"_s,
            u"id, project, title, created_at, updated_at, is_named, is_archived, deleted_at, parent"_s,
            u"id"_s},
        {u"message"_s, u"session, position, id, body"_s, u"session, position"_s},
        {u"task"_s,
            u"session, id, command, state, exit_code, log_path, started_at, ended_at, boot_id, pid, "
            u"start_ticks, body"_s,
            u"session, id"_s},
        {u"outbox"_s, u"session, task, kind, body, message, request, accepted_at, wake, failed"_s,
            u"session, task, kind"_s},
        {u"call"_s, u"session, id, state, task, result"_s, u"session, id"_s},
        {u"words"_s, u"session, position, text"_s, u"session, position"_s},
    };
    return kTables;
}

const QStringList &companions()
{
    static const QStringList kNames{QString(), u"-wal"_s, u"-shm"_s, u"-journal"_s};
    return kNames;
}

// From one end until something cannot be read; a row that does not fit, e.g. twice, is left out.
void copyRows(Database &from, Database &to, const Table &table, bool backwards)
{
    const qsizetype columns = table.columns.count(u',') + 1;
    QString key = table.key;
    if (backwards)
        key.replace(u","_s, u" DESC,"_s).append(u" DESC"_s);
    Result<QSqlQuery> rows = from.run(u"SELECT %1 FROM %2 ORDER BY %3"_s.arg(table.columns, table.name, key));
    if (!rows)
        return;
    const QString insert = u"INSERT OR IGNORE INTO %1 (%2) VALUES (%3)"_s.arg(
        table.name, table.columns, QStringList(columns, u"?"_s).join(u", "_s));
    while (rows->next()) {
        QVariantList values;
        for (int i = 0; i < columns; ++i)
            values.append(rows->value(i));
        static_cast<void>(to.write(insert, values));
    }
}

void copyAll(Database &from, Database &to)
{
    const Result<void> copied = to.transaction([&]() -> Result<void> {
        for (const Table &table : tables()) {
            copyRows(from, to, table, false);
            copyRows(from, to, table, true);
        }
        return {};
    });
    if (!copied)
        qCWarning(lcStore) << "salvaging:" << copied.error().detail;
}

} // namespace

Result<Salvaged> startAnew(const QString &path)
{
    const QFileInfo file(path);
    const QString name =
        u"damaged-%1"_s.arg(QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s));
    QDir folder = file.dir();
    const auto moved = [&]() -> bool {
        if (!folder.mkdir(name))
            return false;
        for (const QString &suffix : companions()) {
            const QString from = path + suffix;
            if (QFile::exists(from) &&
                !QFile::rename(from, folder.filePath(name + u'/' + file.fileName() + suffix)))
                return false;
        }
        return true;
    };
    if (!moved()) {
        return failure(ErrorKind::Io, QCoreApplication::translate("Meanwhile::Store",
                                          "The file with the saved conversations is damaged and cannot be "
                                          "moved aside, so nothing is being "
                                          "saved. Move %1 somewhere else and start again.")
                                          .arg(path));
    }
    const QString kept = folder.filePath(name);
    Result<Database> fresh = Database::open(path);
    if (!fresh)
        return failure(fresh.error());

    // Looking at it may change it (recovery of the write-ahead log), so a copy is looked at.
    const QTemporaryDir scratch(folder.filePath(u"salvage-XXXXXX"_s));
    const QString copy = scratch.filePath(file.fileName());
    for (const QString &suffix : {QString(), u"-wal"_s})
        QFile::copy(kept + u'/' + file.fileName() + suffix, copy + suffix);
    if (Result<Database> damaged = Database::open(copy)) {
        copyAll(*damaged, *fresh);
    } else if (Result<Database> looked = Database::openReadOnly(copy)) {
        copyAll(*looked, *fresh);
    }
    return Salvaged{std::move(*fresh), {ErrorKind::Conflict,
                                           QCoreApplication::translate("Meanwhile::Store",
                                               "The file with the saved conversations was damaged. What "
                                               "could be read was taken over; the damaged "
                                               "file is kept in %1.")
                                               .arg(kept),
                                           {}}};
}

} // namespace Meanwhile::Store
