// SPDX-License-Identifier: MIT
#pragma once

#include "base/filestamp.h"
#include "store/database.h"

#include <QElapsedTimer>
#include <QMutex>
#include <QObject>
#include <QTimer>

#include <optional>
#include <vector>

namespace Meanwhile::Store {

/// The one connection that writes, and the thread it lives on. Opens the file with the first thing to do.
///
/// A newer program's file is opened for reading; a damaged one is moved aside, what can be read of it is
/// taken over (salvage.h), and a new one is used from then on. Either is reported once by failed().
/// What a full or broken disk refuses is kept in order and tried again until it is written; failed() reports
/// the beginning of each such time, and a file that other programs keep locked for long. A row that cannot be
/// stored by itself is left out. Before each use it checks whether the file was removed or replaced, and if
/// so creates a new one; vanished() asks for everything that is known, and until replaceAll() nothing else is
/// written.
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
    /// `done`: called on that thread once it is on disk, or cannot be written for now.
    void add(Work work, std::function<void()> done = {});
    /// The answer to vanished(): everything that is to be in the file. What was added before is part of it.
    void replaceAll(std::vector<Work> all);
    /// Later, on the gatherer's thread.
    void callBack(std::function<void()> call);

    // From here on: on the writer's thread only.

    /// Tries at once, also what failed before.
    void writeWaiting();
    /// Tries for up to kSettlesWithin until everything is written. `settled` is called on this thread, with
    /// the last trouble where it is not, or where something was left out since the file was opened.
    void settle(std::function<void(const Result<void> &)> settled);
    static constexpr std::chrono::seconds kSettlesWithin{10};
    /// Behind everything that was added before. Once more where the file turns out to be damaged.
    template <typename T>
    Result<T> read(const std::function<Result<T>(Database &)> &work)
    {
        writeWaiting();
        Result<T> found = attempt<T>([&] { return work(*m_database); });
        for (int tries = 1; !found && isBusy(found.error()) && tries < kTriesToRead; ++tries)
            found = attempt<T>([&] { return work(*m_database); });
        return found;
    }
    /// All of `work` or nothing of it; nothing while something before it cannot be written.
    Result<void> writeNow(const Work &work);
    /// Why nothing is written though the file is open.
    const std::optional<Error> &readOnlyReason() const { return m_readOnly; }

signals:
    void failed(const Meanwhile::Error &error);
    void vanished();

private:
    void takeWaiting();
    void writeUnwritten();
    Result<void> write(const std::vector<Work> &all);
    Result<void> writeOneByOne();
    template <typename T>
    Result<T> attempt(const std::function<Result<T>()> &work)
    {
        if (!ready())
            return failure(*m_openError);
        Result<T> outcome = work();
        if (outcome || !isDamage(outcome.error()))
            return outcome;
        return recover(outcome.error()) ? work() : failure(*m_openError);
    }
    static constexpr int kTriesToRead = 3;
    static constexpr int kTriesToOpen = 3;

    bool ready();
    /// Repeats if the file is removed or replaced meanwhile, since that one would keep nothing.
    Result<Database> openInPlace();
    void noteOpened(Database &database);
    /// Whether the open file is still the one at its path.
    bool isInPlace();
    void forgetVanished();
    void endSettling();
    bool recover(const Error &damage);
    void report(const Result<void> &done);

    QMutex m_mutex;
    std::vector<Work> m_waiting;               // guarded by m_mutex
    std::vector<std::function<void()>> m_done; // guarded by m_mutex: for when these are written
    bool m_replacesAll = false;                // guarded by m_mutex: m_waiting begins with everything
    std::vector<Work> m_unwritten;             ///< in order, what the disk has not taken yet
    QTimer m_again;                            ///< runs while it does not take it
    QString m_path;
    QObject *const m_gatherer;
    std::optional<Database> m_database;
    std::optional<Error> m_openError;
    std::optional<Error> m_readOnly; // why nothing is written
    std::optional<Error> m_reported; // the trouble that was reported and is not over
    std::optional<Error> m_trouble;  // the last one, reported or not
    std::optional<Error> m_leftOut;  // of what could never be written
    std::optional<QElapsedTimer> m_busySince;
    std::optional<FileStamp> m_file; ///< that is open
    std::optional<FileStamp> m_log;  ///< its write-ahead log
    bool m_usesLog = false;
    bool m_wasOpen = false;
    bool m_awaitsAll = false; ///< after vanished(), until everything has come
    std::vector<std::function<void(const Result<void> &)>> m_settled;
    QElapsedTimer m_settling;
};

} // namespace Meanwhile::Store
