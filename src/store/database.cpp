// SPDX-License-Identifier: MIT
#include "store/database.h"

#include "store/migrations.h"

#include <QAtomicInt>
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFileInfo>
#include <QSqlError>

#include <algorithm>
#include <array>
#include <chrono>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kWaitsForOthers{5'000};

// Primary result codes; https://www.sqlite.org/rescode.html
constexpr int kGeneric = 1; // our statements are correct, so somebody has changed the tables
constexpr int kBusy = 5;
constexpr int kLocked = 6;
constexpr int kCorrupt = 11;
constexpr int kFull = 13;
constexpr int kNotADatabase = 26;
// The statement does not fit the rows: too big, constraint, mismatch, misuse, range.
constexpr std::array kNeverFits{18, 19, 20, 21, 25};

Error damage(const QString &detail)
{
    return {ErrorKind::Protocol,
        QCoreApplication::translate("Meanwhile::Store", "The file with the saved conversations is damaged."),
        detail};
}

Error errorFrom(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    if (code == kFull) {
        return {ErrorKind::DiskFull,
            QCoreApplication::translate("Meanwhile::Store",
                "The disk is full, so the conversation is not being saved. Free some space; it is saved as "
                "soon as there is room."),
            error.text()};
    }
    if (code == kBusy || code == kLocked) {
        return {ErrorKind::Timeout,
            QCoreApplication::translate("Meanwhile::Store",
                "The conversation could not be saved, because another program uses the file of the saved "
                "conversations. It is tried again."),
            error.text()};
    }
    if (code == kGeneric || code == kCorrupt || code == kNotADatabase)
        return damage(error.text());
    if (std::find(kNeverFits.begin(), kNeverFits.end(), code) != kNeverFits.end()) {
        return {ErrorKind::Internal,
            QCoreApplication::translate("Meanwhile::Store", "A part of the conversation could not be saved."),
            error.text()};
    }
    return {ErrorKind::Io,
        QCoreApplication::translate(
            "Meanwhile::Store", "The conversation could not be saved: %1. Check the disk; it is tried again.")
            .arg(error.databaseText()),
        error.text()};
}

Result<QString> connectTo(const QString &path, const QString &options)
{
    if (const QFileInfo there(path); there.exists() && !there.isFile() && !there.isDir()) {
        return failure(ErrorKind::InvalidArgument,
            QCoreApplication::translate("Meanwhile::Store",
                "%1 is no file that conversations could be saved in. Remove it, then start Meanwhile again.")
                .arg(path));
    }
    static QAtomicInt counter;
    const QString name = u"meanwhile-%1"_s.arg(counter.fetchAndAddRelaxed(1));
    QSqlDatabase connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
    if (!connection.isValid()) {
        return failure(ErrorKind::NotFound, QCoreApplication::translate("Meanwhile::Store",
                                                "Qt's SQLite driver is missing, so conversations are not "
                                                "saved. Install the package libqt6sql6-sqlite."));
    }
    connection.setDatabaseName(path);
    connection.setConnectOptions(options);
    if (connection.open())
        return name;
    const Error error = errorFrom(connection.lastError());
    connection = {};
    QSqlDatabase::removeDatabase(name);
    return failure(error);
}

} // namespace

Result<Database> Database::open(const QString &path)
{
    Result<QString> name = connectTo(path, u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!name)
        return failure(name.error());
    Database database(*name);
    // SQLite does not wait for another program where both could wait for each other, as when two make the
    // file at the same moment: it refuses one of them at once. The refused one waits by beginning a
    // transaction.
    const QDeadlineTimer untilGivenUp(kWaitsForOthers);
    Result<void> ready = database.makeReady(path);
    while (!ready && isBusy(ready.error()) && !untilGivenUp.hasExpired()) {
        if (database.run(u"BEGIN IMMEDIATE"_s))
            database.run(u"ROLLBACK"_s);
        ready = database.makeReady(path);
    }
    if (!ready)
        return failure(ready.error());
    return database;
}

Result<void> Database::makeReady(const QString &path)
{
    if (Result<void> whole = check(path); !whole)
        return whole;
    for (const QString &pragma :
        {u"PRAGMA journal_mode=WAL"_s, u"PRAGMA synchronous=FULL"_s, u"PRAGMA foreign_keys=ON"_s}) {
        Result<QSqlQuery> set = run(pragma);
        if (!set)
            return failure(set.error());
        while (set->next()) { // it takes effect once it has run to its end
        }
    }
    return migrate(*this);
}

bool Database::usesLog()
{
    Result<QSqlQuery> mode = run(u"PRAGMA journal_mode"_s);
    return mode && mode->next() && mode->value(0).toString() == u"wal"_s;
}

Result<void> Database::check(const QString &path)
{
    const qint64 bytes = QFileInfo(path).size();
    if (bytes == 0 || bytes > kCheckedBytes)
        return {};
    Result<QSqlQuery> found = run(u"PRAGMA integrity_check(1)"_s);
    if (!found)
        return failure(found.error());
    if (!found->next() || found->value(0).toString() != u"ok"_s)
        return failure(damage(found->value(0).toString()));
    return {};
}

Result<Database> Database::openReadOnly(const QString &path)
{
    Result<QString> name = connectTo(path, u"QSQLITE_BUSY_TIMEOUT=5000;QSQLITE_OPEN_READONLY"_s);
    if (!name)
        return failure(name.error());
    return Database(*name);
}

Database::Database(Database &&other) noexcept
    : m_connection(std::exchange(other.m_connection, {}))
    , m_prepared(std::exchange(other.m_prepared, {}))
{
}

Database::~Database()
{
    if (m_connection.isEmpty())
        return;
    m_prepared.clear();
    QSqlDatabase::database(m_connection, false).close();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<QSqlQuery> Database::run(const QString &sql, const QVariantList &values)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return failure(errorFrom(query.lastError()));
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return failure(errorFrom(query.lastError()));
    return query;
}

Result<void> Database::write(const QString &sql, const QVariantList &values)
{
    auto known = m_prepared.find(sql);
    if (known == m_prepared.end()) {
        QSqlQuery fresh(QSqlDatabase::database(m_connection, false));
        if (!fresh.prepare(sql))
            return failure(errorFrom(fresh.lastError()));
        known = m_prepared.emplace(sql, std::move(fresh)).first;
    }
    QSqlQuery &query = known->second;
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(int(i), values.at(i));
    const bool done = query.exec();
    const QSqlError error = query.lastError();
    query.finish(); // a failed one, too, or it would hold on to its transaction
    return done ? Result<void>() : failure(errorFrom(error));
}

Result<void> Database::transaction(const std::function<Result<void>()> &work)
{
    if (Result<void> begun = write(u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    Result<void> done = work();
    if (done)
        done = write(u"COMMIT"_s);
    if (!done)
        run(u"ROLLBACK"_s);
    return done;
}

} // namespace Meanwhile::Store
