// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <functional>
#include <unordered_map>

namespace Meanwhile::Store {

/// One SQLite connection: WAL, synchronous FULL, foreign keys on, migrated to the newest schema.
///
/// Thread: the one that opened it, and only that one.
/// Errors: NotFound (no SQLite driver), Io (the file), DiskFull, Timeout (see isBusy()), Conflict (a newer
/// program's database), Protocol (the file is damaged, see isDamage()), Internal (a row that does not fit).
class Database {
public:
    static constexpr qint64 kCheckedBytes = 64 * 1024 * 1024;

    /// Looks a file of up to kCheckedBytes through first, a millisecond for a megabyte: nothing is written to
    /// one that is damaged. Waits up to ten seconds for other programs that make or change the same file.
    static Result<Database> open(const QString &path);
    /// For looking only, as it is: not migrated, e.g. one that a newer program has written.
    static Result<Database> openReadOnly(const QString &path);
    /// Whether changes go to a file of their own first ("-wal"): not on disks that cannot share memory.
    bool usesLog();
    ~Database();
    Database(Database &&other) noexcept;
    Database &operator=(Database &&) = delete;

    /// Runs one statement with its values; for reading.
    Result<QSqlQuery> run(const QString &sql, const QVariantList &values = {});
    /// Runs one that gives no rows. It is kept prepared, so `sql` is one of a few constants.
    Result<void> write(const QString &sql, const QVariantList &values = {});
    /// All of `work` or nothing of it. BEGIN IMMEDIATE, so that two programs never deadlock.
    Result<void> transaction(const std::function<Result<void>()> &work);

private:
    explicit Database(QString connection)
        : m_connection(std::move(connection))
    {
    }

    Result<void> makeReady(const QString &path);
    Result<void> check(const QString &path);

    QString m_connection;
    std::unordered_map<QString, QSqlQuery> m_prepared;
};

/// Whether the file itself is damaged, so that another try cannot help.
inline bool isDamage(const Error &error)
{
    return error.kind == ErrorKind::Protocol;
}

/// Whether another program writes to the file just now. A statement has waited five seconds by then.
inline bool isBusy(const Error &error)
{
    return error.kind == ErrorKind::Timeout;
}

/// Whether the same may work later, when there is room, the disk is back or the other program is done.
inline bool mayPass(const Error &error)
{
    return error.kind == ErrorKind::DiskFull || error.kind == ErrorKind::Io || isBusy(error);
}

} // namespace Meanwhile::Store
