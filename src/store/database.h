// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <functional>

namespace Meanwhile::Store {

/// One SQLite connection: WAL, synchronous FULL, foreign keys on, migrated to the newest schema.
///
/// Thread: the one that opened it, and only that one.
/// Errors: NotFound (no SQLite driver), PermissionDenied or Io (the file), Conflict (a newer program's
/// database).
class Database {
public:
    static Result<Database> open(const QString &path);
    ~Database();
    Database(Database &&other) noexcept;
    Database &operator=(Database &&) = delete;

    /// Runs one statement with its values.
    Result<QSqlQuery> run(const QString &sql, const QVariantList &values = {});
    /// All of `work` or nothing of it. BEGIN IMMEDIATE, so that two programs never deadlock.
    Result<void> transaction(const std::function<Result<void>()> &work);

private:
    explicit Database(QString connection)
        : m_connection(std::move(connection))
    {
    }

    QString m_connection;
};

} // namespace Meanwhile::Store
