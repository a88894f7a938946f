// SPDX-License-Identifier: MIT
#pragma once

#include "store/database.h"

#include <QMutex>
#include <QObject>

#include <optional>
#include <vector>

namespace Meanwhile::Store {

/// The one connection that writes, and the thread it lives on. Opens the file with the first thing to do.
///
/// A newer program's file is opened for reading; a damaged one is moved aside, what can be read of it is
/// taken over (salvage.h), and work goes on in a new one. Either is told once by failed().
class StoreWriter final : public QObject {
    Q_OBJECT

public:
    using Work = std::function<Result<void>(Database &)>;

    /// `gatherer` lives on the thread that adds, and outlives this.
    StoreWriter(QString path, QObject *gatherer);
    ~StoreWriter() override;

    /// On the gatherer's thread. What is added within a millisecond, or while the disk is busy, is written
    /// together, and after what made it: that has a command to start or a request to send, which somebody
    /// waits for.
    /// `done`: called on that thread once it is on disk, or cannot be.
    void add(Work work, std::function<void()> done = {});
    /// Later, on the gatherer's thread.
    void callBack(std::function<void()> call);

    // From here on: on the writer's thread only.

    void writeWaiting();
    /// Behind everything that was added before. Once more where the file turns out to be damaged.
    template <typename T>
    Result<T> read(const std::function<Result<T>(Database &)> &work)
    {
        writeWaiting();
        if (!ready())
            return failure(*m_openError);
        Result<T> outcome = work(*m_database);
        if (!outcome && isDamage(outcome.error()) && recover(outcome.error()))
            outcome = work(*m_database);
        return outcome;
    }
    /// All of `work` or nothing of it.
    Result<void> writeNow(const Work &work);
    /// Why nothing is written though the file is open.
    const std::optional<Error> &readOnlyReason() const { return m_readOnly; }

signals:
    void failed(const Meanwhile::Error &error);

private:
    Result<void> write(const std::vector<Work> &all);
    void writeAll(const std::vector<Work> &all);
    bool ready();
    bool recover(const Error &damage);
    void report(const Result<void> &done);

    QMutex m_mutex;
    std::vector<Work> m_waiting;               // guarded by m_mutex
    std::vector<std::function<void()>> m_done; // guarded by m_mutex: for when these are written
    QString m_path;
    QObject *const m_gatherer;
    std::optional<Database> m_database;
    std::optional<Error> m_openError;
    std::optional<Error> m_readOnly; // why nothing is written
    Error m_reported;
};

} // namespace Meanwhile::Store
