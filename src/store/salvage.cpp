// SPDX-License-Identifier: MIT
#include "store/salvage.h"

#include "base/logging.h"
#include "base/statepaths.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <optional>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;

namespace {

// Parents before children, so that what lost its session is left out.
struct Table {
    QString name;
    QString columns;
    QString key;
    QString newColumns = {}; ///< which a file of an older version has not
};

const QVector<Table> &tables()
{
    static const QVector<Table> kTables{
        {u"session"_s,
            u"id, project, title, created_at, updated_at, is_named, is_archived, deleted_at, parent"_s,
            u"id"_s, u"mark"_s},
        {u"message"_s, u"session, position, id, body"_s, u"session, position"_s},
        {u"task"_s,
            u"session, id, command, state, exit_code, log_path, started_at, ended_at, boot_id, pid, "
            u"start_ticks, body"_s,
            u"session, id"_s},
        {u"outbox"_s, u"session, task, kind, body, message, request, accepted_at, wake, failed"_s,
            u"session, task, kind"_s, u"n"_s},
        {u"call"_s, u"session, id, state, task, result"_s, u"session, id"_s},
        {u"queued"_s, u"session, id, body"_s, u"session, id"_s},
        {u"words"_s, u"session, position, text"_s, u"session, position"_s},
    };
    return kTables;
}

const QStringList &companions()
{
    // The database last: one without its write-ahead log would look whole, and a new one would remove it.
    static const QStringList kNames{u"-wal"_s, u"-shm"_s, u"-journal"_s, QString()};
    return kNames;
}

// From one end until something cannot be read; a row that does not fit, e.g. twice, is left out.
Result<void> copyRows(Database &from, Database &to, const Table &table, bool backwards)
{
    QString names = table.columns + (table.newColumns.isEmpty() ? QString() : u", "_s + table.newColumns);
    QString key = table.key;
    if (backwards)
        key.replace(u","_s, u" DESC,"_s).append(u" DESC"_s);
    const auto read = [&] {
        return from.run(u"SELECT %1 FROM %2 ORDER BY %3"_s.arg(names, table.name, key));
    };
    Result<QSqlQuery> rows = read();
    if (!rows && names != table.columns) {
        names = table.columns;
        rows = read();
    }
    if (!rows)
        return {};
    const qsizetype columns = names.count(u',') + 1;
    const QString insert = u"INSERT OR IGNORE INTO %1 (%2) VALUES (%3)"_s.arg(
        table.name, names, QStringList(columns, u"?"_s).join(u", "_s));
    while (rows->next()) {
        QVariantList values;
        for (int i = 0; i < columns; ++i)
            values.append(rows->value(i));
        if (const Result<void> done = to.write(insert, values); !done && mayPass(done.error()))
            return done;
    }
    return {};
}

Result<void> copyAll(Database &from, Database &to)
{
    return to.transaction([&]() -> Result<void> {
        for (const Table &table : tables()) {
            for (const bool backwards : {false, true}) {
                if (const Result<void> done = copyRows(from, to, table, backwards); !done)
                    return done;
            }
        }
        return {};
    });
}

// The files in a folder of their own, which gives them back unless they are to be kept there.
class MovedAside {
public:
    explicit MovedAside(const QString &path)
        : m_path(path)
        , m_folder(QFileInfo(path).dir().filePath(
              u"damaged-%1"_s.arg(QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s))))
    {
    }
    ~MovedAside() { giveBack(); }
    MovedAside(const MovedAside &) = delete;
    MovedAside &operator=(const MovedAside &) = delete;

    QString folder() const { return m_folder; }
    QString file(const QString &suffix = {}) const
    {
        return m_folder + u'/' + QFileInfo(m_path).fileName() + suffix;
    }

    bool move()
    {
        if (!makePrivateFolder(m_folder))
            return false;
        for (const QString &suffix : companions()) {
            if (!QFile::exists(m_path + suffix))
                continue;
            if (!QFile::rename(m_path + suffix, file(suffix)))
                return false;
            m_moved.prepend(suffix);
        }
        return true;
    }
    void keep() { m_isKept = true; }
    /// Whether everything is where it was. What was begun in its place is removed.
    bool giveBack()
    {
        if (m_isKept)
            return false;
        m_isKept = true;
        if (!m_moved.isEmpty() &&
            m_moved.first().isEmpty()) { // the database itself goes last and comes first
            for (const QString &suffix : companions())
                QFile::remove(m_path + suffix);
        }
        for (const QString &suffix : std::as_const(m_moved)) {
            if (!QFile::rename(file(suffix), m_path + suffix))
                return false;
        }
        return QDir().rmdir(m_folder);
    }

private:
    QString m_path;
    QString m_folder;
    QStringList m_moved; ///< suffixes, the last one first
    bool m_isKept = false;
};

// The second try is for a call that failed for the moment; a file that is damaged there fails again.
std::optional<Database> openForLooking(const QString &path)
{
    for (int i = 0; i < 2; ++i) {
        Result<Database> looked = Database::openReadOnly(path);
        if (!looked)
            continue;
        if (const Result<QSqlQuery> first = looked->run(u"SELECT id FROM session LIMIT 1"_s);
            first || !mayPass(first.error()) || i > 0)
            return std::move(*looked);
    }
    return std::nullopt;
}

// What can be read of the damaged file, in a new one. Looking at it may change it (recovery of the
// write-ahead log), so a copy is looked at.
Result<Database> takenOver(const QString &path, const MovedAside &aside)
{
    Result<Database> fresh = Database::open(path);
    if (!fresh)
        return fresh;
    const QFileInfo file(path);
    const QTemporaryDir scratch(file.dir().filePath(u"salvage-XXXXXX"_s));
    const QString copy = scratch.filePath(file.fileName());
    for (const QString &suffix : {QString(), u"-wal"_s}) {
        QFile from(aside.file(suffix));
        if (from.exists() && !from.copy(copy + suffix))
            return failure(ErrorKind::DiskFull, {}, from.errorString());
    }
    Result<void> done;
    if (Result<Database> damaged = Database::open(copy))
        done = copyAll(*damaged, *fresh);
    else if (damaged.error().kind == ErrorKind::DiskFull)
        done = failure(damaged.error());
    else if (std::optional<Database> looked = openForLooking(copy))
        done = copyAll(*looked, *fresh);
    if (!done)
        return failure(done.error());
    return fresh;
}

} // namespace

Result<Salvaged> startOver(const QString &path)
{
    MovedAside aside(path);
    if (!aside.move()) {
        return failure(ErrorKind::Io, QCoreApplication::translate("Meanwhile::Store",
                                          "The file with the saved conversations is damaged and cannot be "
                                          "moved aside, so nothing is being "
                                          "saved. Move %1 somewhere else and start again.")
                                          .arg(path));
    }
    Result<Database> fresh = takenOver(path, aside);
    if (!fresh) {
        qCWarning(lcStore) << "salvaging:" << fresh.error().detail;
        const QString where = aside.giveBack() ? path : aside.folder();
        return failure(ErrorKind::DiskFull,
            QCoreApplication::translate("Meanwhile::Store",
                "The file with the saved conversations is damaged, and what can be read of it cannot be "
                "written to a new one, so nothing is being saved. Free some space; it is tried again. The "
                "damaged file is %1.")
                .arg(where));
    }
    aside.keep();
    return Salvaged{std::move(*fresh), {ErrorKind::Conflict,
                                           QCoreApplication::translate("Meanwhile::Store",
                                               "The file with the saved conversations was damaged. What "
                                               "could be read was taken over; the damaged "
                                               "file is kept in %1.")
                                               .arg(aside.folder()),
                                           {}}};
}

} // namespace Meanwhile::Store
