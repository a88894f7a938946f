// SPDX-License-Identifier: MIT
#include "store/database.h"

#include "store/migrations.h"

#include <QAtomicInt>
#include <QCoreApplication>
#include <QSqlError>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;

namespace {

Error errorFrom(const QSqlError &error)
{
    const QString code = error.nativeErrorCode();
    // SQLITE_FULL; https://www.sqlite.org/rescode.html
    if (code == u"13"_s) {
        return {ErrorKind::DiskFull,
            QCoreApplication::translate("Meanwhile::Store",
                "The disk is full, so the conversation is not being saved. Free some space."),
            error.text()};
    }
    return {ErrorKind::Io,
        QCoreApplication::translate("Meanwhile::Store", "The conversation could not be saved: %1")
            .arg(error.databaseText()),
        error.text()};
}

} // namespace

Result<Database> Database::open(const QString &path)
{
    static QAtomicInt counter;
    Database database(u"meanwhile-%1"_s.arg(counter.fetchAndAddRelaxed(1)));
    QSqlDatabase connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, database.m_connection);
    if (!connection.isValid()) {
        return failure(ErrorKind::NotFound, QCoreApplication::translate("Meanwhile::Store",
                                                "Qt's SQLite driver is missing, so conversations are not "
                                                "saved. Install the package libqt6sql6-sqlite."));
    }
    connection.setDatabaseName(path);
    connection.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!connection.open())
        return failure(errorFrom(connection.lastError()));
    for (const QString &pragma :
        {u"PRAGMA journal_mode=WAL"_s, u"PRAGMA synchronous=FULL"_s, u"PRAGMA foreign_keys=ON"_s}) {
        if (Result<QSqlQuery> set = database.run(pragma); !set)
            return failure(set.error());
    }
    if (Result<void> migrated = migrate(database); !migrated)
        return failure(migrated.error());
    return database;
}

Database::Database(Database &&other) noexcept
    : m_connection(std::exchange(other.m_connection, {}))
{
}

Database::~Database()
{
    if (m_connection.isEmpty())
        return;
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

Result<void> Database::transaction(const std::function<Result<void>()> &work)
{
    if (Result<QSqlQuery> begun = run(u"BEGIN IMMEDIATE"_s); !begun)
        return failure(begun.error());
    Result<void> done = work();
    if (done) {
        Result<QSqlQuery> committed = run(u"COMMIT"_s);
        if (committed)
            return {};
        done = failure(committed.error());
    }
    run(u"ROLLBACK"_s);
    return done;
}

} // namespace Meanwhile::Store
