// SPDX-License-Identifier: MIT
#pragma once

#include "runner/loglayout.h"
#include "tasks/processidentity.h"
#include "tasks/task.h"

#include <QCoreApplication>
#include <QFile>

/// What an earlier run of the program may have stored of a task, and what may lie in its folder.
namespace Meanwhile::Testing {

inline const QString kId = QStringLiteral("0a1b2c3d");

inline Tasks::Task storedTask(Tasks::TaskState state)
{
    Tasks::Task task;
    task.id = kId;
    task.spec.command = QStringLiteral("make");
    task.spec.foreground = true;
    task.state = state;
    task.createdAt = QDateTime(QDate(2026, 1, 2), QTime(3, 4), Qt::UTC);
    return task;
}

inline Tasks::Task storedRunning(const Tasks::ProcessIdentity &supervisor)
{
    Tasks::Task task = storedTask(Tasks::TaskState::Running);
    task.startedAt = task.createdAt.addSecs(1);
    task.supervisor = supervisor;
    return task;
}

/// A log with the header that a supervisor gives it, and no output.
inline QByteArray emptyLog(const Tasks::ProcessIdentity &supervisor)
{
    Runner::LogHeader header;
    header.headBytes = header.ringBytes = 1000;
    header.supervisorPid = quint64(supervisor.pid);
    header.supervisorStartTicks = supervisor.startTicks;
    const QString bootId = Tasks::currentBootId().remove(u'-');
    header.bootIdHigh = bootId.first(16).toULongLong(nullptr, 16);
    header.bootIdLow = bootId.last(16).toULongLong(nullptr, 16);
    header.check = headerCheck(header);
    return QByteArray(reinterpret_cast<const char *>(&header), sizeof header);
}

inline Tasks::ProcessIdentity self()
{
    return *Tasks::identityOf(QCoreApplication::applicationPid());
}

/// Somebody else has its pid by now.
inline Tasks::ProcessIdentity reusedPid()
{
    Tasks::ProcessIdentity earlier = self();
    --earlier.startTicks;
    return earlier;
}

inline QByteArray ended(const QByteArray &how)
{
    return "ended " + how + " bytes=0 lines=0 elapsed_ms=1500 survivors=0 log_errno=0 lost_bytes=0\n";
}

inline QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace Meanwhile::Testing
