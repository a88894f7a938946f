// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "support/patience.h"
#include "support/sealedfiles.h"
#include "taskfixture.h"
#include "tasks/taskmanager.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

namespace Meanwhile::Testing {

/// A program that crashes and starts again over the same folder of tasks. What still runs at the end is
/// stopped.
class TwoRuns {
public:
    explicit TwoRuns(int maxRunning = 64, const Tasks::SealSecret &sealSecret = Tasks::SealSecret::random())
        : secret(sealSecret)
        , m_maxRunning(maxRunning)
    {
        begin();
    }
    ~TwoRuns()
    {
        const QFuture<void> stopped = manager->stopAll(Tasks::StoppedBy::Quit);
        [[maybe_unused]] const bool isStopped =
            Testing::waitFor([&stopped] { return stopped.isFinished(); }, 10'000);
    }

    /// What the store has of its tasks when the program is gone.
    QVector<Tasks::Task> crash()
    {
        QVector<Tasks::Task> stored = manager->tasks();
        begin(); // the old one lets go of its runners; there is none to be stopped here
        return stored;
    }

    void crashAndAdopt()
    {
        const QVector<Tasks::Task> stored = crash();
        manager->adopt(stored);
    }

    QString start(const QString &command)
    {
        Tasks::TaskSpec spec;
        spec.command = command;
        spec.workingDirectory = work.path();
        spec.foreground = true;
        return manager->start(spec);
    }
    /// Starts one that begins to run and then waits for a file.
    QString startUntil(const QString &before, const QString &gate, const QString &after)
    {
        const QString id = start(before + untilThere(gate) + after);
        return Testing::waitFor([&] { return task(id).state == Tasks::TaskState::Running; }, 20'000)
                   ? id
                   : QString();
    }
    static QString untilThere(const QString &gate)
    {
        return QStringLiteral("; until [ -e %1 ] || ! [ -d $PWD ]; do sleep 0.1; done; ").arg(gate);
    }
    bool open(const QString &gate) const { return QFile(work.filePath(gate)).open(QIODevice::WriteOnly); }

    Tasks::Task task(const QString &id) const { return manager->task(id).value_or(Tasks::Task()); }
    QString path(const QString &id, const QString &file = {}) const
    {
        return tasks() + u'/' + id + u'/' + file;
    }
    QString tasks() const { return m_root.path() + QStringLiteral("/session/tasks"); } // made by the manager
    bool write(const QString &id, const QString &file, const QByteArray &bytes) const
    {
        QFile target(path(id, file));
        return QDir().mkpath(path(id)) && target.open(QIODevice::WriteOnly) &&
               target.write(bytes) == bytes.size();
    }
    /// As the supervisor of this very task would.
    bool writeStatus(const QString &id, const QByteArray &text) const
    {
        return write(id, QStringLiteral("status"), sealedStatus(text, keyOf(id)));
    }
    bool writeJob(
        const QString &id, const QByteArray &command, const Tasks::ProcessIdentity &supervisor) const
    {
        return write(id, QStringLiteral("job"), sealedJob(command, supervisor, keyOf(id)));
    }
    Runner::SealKey keyOf(const QString &id) const { return secret.keyFor(tasks() + u'/' + id); }
    bool waitForStatus(const QString &id) const
    {
        return Testing::waitFor(
            [this, &id] { return QFile::exists(path(id, QStringLiteral("status"))); }, 20'000);
    }
    bool waitForEnd(const QString &id) const
    {
        return Testing::waitFor([this, &id] { return task(id).hasEnded(); }, 20'000);
    }

    const Tasks::SealSecret secret; ///< of both runs
    QTemporaryDir work;
    SystemClock clock;
    RandomIds ids;
    std::unique_ptr<Tasks::TaskManager> manager;
    std::unique_ptr<QSignalSpy> added;
    std::unique_ptr<QSignalSpy> ended;

private:
    void begin()
    {
        const Tasks::TaskManagerSettings settings{TaskFixture::runnerPath(), tasks(),
            QProcessEnvironment::systemEnvironment(), m_maxRunning, 16 * 1024 * 1024, nullptr, {}, secret};
        manager = std::make_unique<Tasks::TaskManager>(settings, clock, ids);
        added = std::make_unique<QSignalSpy>(manager.get(), &Tasks::TaskManager::added);
        ended = std::make_unique<QSignalSpy>(manager.get(), &Tasks::TaskManager::ended);
    }

    QTemporaryDir m_root;
    const int m_maxRunning;
};

} // namespace Meanwhile::Testing
