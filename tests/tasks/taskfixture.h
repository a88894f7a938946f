// SPDX-License-Identifier: MIT
#pragma once

#include "support/fakeclock.h"
#include "support/patience.h"
#include "support/seededids.h"
#include "tasks/executionfactory.h"
#include "tasks/taskmanager.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

namespace Meanwhile::Testing {

/// A TaskManager with a real runner over a folder of its own. What still runs at the end is stopped.
class TaskFixture {
public:
    explicit TaskFixture(int maxRunning = 64, qint64 logCapBytes = 16 * 1024 * 1024)
        : executions(std::make_shared<Tasks::ExecutionFactory>(
              runnerPath(), Tasks::Grant{QProcessEnvironment::systemEnvironment(), logCapBytes}))
        , manager(settings(maxRunning, logCapBytes, executions), clock, ids)
        , ended(&manager, &Tasks::TaskManager::ended)
    {
    }

    ~TaskFixture()
    {
        const QFuture<void> stopped = manager.stopAll(Tasks::StoppedBy::Quit);
        [[maybe_unused]] const bool isStopped =
            Testing::waitFor([&stopped] { return stopped.isFinished(); }, 10'000);
    }

    static QString runnerPath()
    {
        return qEnvironmentVariable("MEANWHILE_BIN_DIR") + QStringLiteral("/meanwhile-run");
    }

    Tasks::TaskManagerSettings settings(int maxRunning, qint64 logCapBytes,
        const std::shared_ptr<Tasks::ExecutionFactory> &how = nullptr) const
    {
        return {runnerPath(), folder.path(), QProcessEnvironment::systemEnvironment(), maxRunning,
            logCapBytes, nullptr, {}, secret, {}, std::chrono::milliseconds(3000), how};
    }

    QString start(const QString &command, std::chrono::milliseconds limit = {})
    {
        return manager.start(spec(command, limit));
    }
    /// In the foreground.
    QString startWaitedFor(const QString &command)
    {
        Tasks::TaskSpec waitedFor = spec(command);
        waitedFor.foreground = true;
        return manager.start(waitedFor);
    }
    Tasks::TaskSpec spec(const QString &command, std::chrono::milliseconds limit = {}) const
    {
        Tasks::TaskSpec spec;
        spec.command = command;
        spec.workingDirectory = work.path();
        spec.timeLimit = limit;
        return spec;
    }

    Tasks::Task task(const QString &id) const { return *manager.task(id); }
    bool hasEnded(const QString &id) const { return task(id).hasEnded(); }
    bool waitForEnd(const QString &id, int timeoutMs = 20'000) const
    {
        return Testing::waitFor([this, &id] { return hasEnded(id); }, timeoutMs);
    }
    /// The supervisor's pid, once it is known; -1 when it does not come. Never 0, which kill(2) takes for all
    /// of us.
    pid_t runnerOf(const QString &id) const
    {
        const bool isKnown = Testing::waitFor([this, &id] { return task(id).supervisor.pid > 0; }, 20'000);
        return isKnown ? pid_t(task(id).supervisor.pid) : -1;
    }
    bool signalRunner(const QString &id, int number) const
    {
        const pid_t pid = runnerOf(id);
        return pid > 1 && ::kill(pid, number) == 0;
    }
    /// For a file a command makes to say how far it is.
    bool waitForFile(const QString &name) const
    {
        return Testing::waitFor([path = work.filePath(name)] { return QFile::exists(path); }, 20'000);
    }
    QByteArray read(const QString &name) const
    {
        QFile file(work.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    int endedCount(const QString &id) const
    {
        return int(std::count_if(ended.begin(), ended.end(),
            [&id](const QList<QVariant> &call) { return call.first().value<Tasks::Task>().id == id; }));
    }

    const Tasks::SealSecret secret = Tasks::SealSecret::random();
    QTemporaryDir folder;
    QTemporaryDir work;
    FakeClock clock;
    /// No two fixtures run at a time with the same: what a task left behind is known by its id.
    const quint64 seed = RandomIds().next64();
    SeededIds ids{seed};
    std::shared_ptr<Tasks::ExecutionFactory> executions; ///< the manager's
    Tasks::TaskManager manager;
    QSignalSpy ended;
};

} // namespace Meanwhile::Testing
