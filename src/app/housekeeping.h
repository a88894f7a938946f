// SPDX-License-Identifier: MIT
#pragma once

#include "app/program.h"
#include "store/storedsession.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <chrono>

namespace Meanwhile::App {

/// Work in the background: removes conversations that were deleted a while ago, finds tasks of conversations
/// that the store does not know, and removes old task logs, as the settings say.
///
/// States: idle -> at work -> idle, reported by finished(). Thread: GUI thread; looks and removes on a thread
/// of its own, at the lowest priority. Destroying it ends the work early. The Program must outlive it. Errors
/// are left to the next time.
class Housekeeping : public QObject {
    Q_OBJECT

public:
    /// Younger folders may belong to a program that is about to store them.
    struct Ages {
        std::chrono::seconds unknown{60};
        std::chrono::seconds deleted{24 * 60 * 60};
    };

    explicit Housekeeping(Program &program, Ages ages, QObject *parent = nullptr);
    explicit Housekeeping(Program &program, QObject *parent = nullptr)
        : Housekeeping(program, Ages(), parent)
    {
    }
    ~Housekeeping() override;

    /// Call it once, when the program is up and running.
    void start();

signals:
    void finished();

private:
    void purge(const QStringList &sessions, const QDateTime &deletedBefore);
    void readRecords();
    void find(const Store::TaskRecords &records);
    void prune(const Store::TaskRecords &records);

    Program &m_program;
    const Ages m_ages;
    bool m_started = false;
    std::atomic_bool m_stop = false;
    QThreadPool m_pool; ///< its end waits for what runs in it
};

} // namespace Meanwhile::App
