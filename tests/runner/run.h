// SPDX-License-Identifier: MIT
#pragma once

#include "support/patience.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <QUuid>

#include <csignal>

namespace Meanwhile::Testing {

/// One meanwhile-run and its task folder. Nothing of it is left behind.
class Run {
public:
    Run() = default;
    Run(const Run &) = delete;
    Run &operator=(const Run &) = delete;
    ~Run()
    {
        if (process.state() != QProcess::NotRunning) {
            process.closeWriteChannel();
            signal(SIGUSR1);
            process.waitForFinished();
        }
    }

    static QString program()
    {
        return qEnvironmentVariable("MEANWHILE_BIN_DIR") + QStringLiteral("/meanwhile-run");
    }
    QString path(const QString &name) const { return folder.filePath(id + u'/' + name); }
    QByteArray read(const QString &name) const { return readOf(id, name); }
    QByteArray readOf(const QString &task, const QString &name) const
    {
        QFile file(folder.filePath(task + u'/' + name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// The output as the log holds it, for output that is shorter than the log's head.
    QByteArray output() const { return read(QStringLiteral("log")).mid(4096); }
    static QStringList shell(const QString &command)
    {
        return {QStringLiteral("/bin/bash"), QStringLiteral("-c"), QStringLiteral("--"), command};
    }
    static QByteArray asWords(const QStringList &words)
    {
        QByteArray bytes;
        for (const QString &word : words)
            bytes += word.toUtf8() + '\0';
        return bytes;
    }
    /// As one that stood by is told what to do.
    QByteArray job(const QString &command) const { return job(command, id); }
    QByteArray job(const QString &command, const QString &name) const
    {
        return asWords(
            QStringList{QStringLiteral("--folder"), folder.filePath(name), QStringLiteral("--cwd"),
                folder.path(), QStringLiteral("--words"), QStringLiteral("4"), QStringLiteral("--")} +
            shell(command));
    }
    void standBy(const QByteArray &input)
    {
        standBy();
        process.write(input);
        process.closeWriteChannel();
    }
    void standBy()
    {
        process.start(program(), {QStringLiteral("--standby")});
        QVERIFY(process.waitForStarted());
    }
    void start(const QString &command, const QStringList &options = {})
    {
        process.start(program(),
            QStringList{QStringLiteral("--folder"), path({}), QStringLiteral("--cwd"), folder.path()} +
                options + QStringList{QStringLiteral("--")} + shell(command));
        QVERIFY(process.waitForStarted());
    }
    bool waitForEnd()
    {
        return Testing::waitFor([this] { return process.state() == QProcess::NotRunning; }, 20'000);
    }
    bool waitForFile(const QString &name) const
    {
        return Testing::waitFor([this, &name] { return QFile::exists(folder.filePath(name)); }, 20'000);
    }
    bool touch(const QString &name) const { return QFile(folder.filePath(name)).open(QIODevice::WriteOnly); }
    void signal(int number)
    {
        if (process.processId() > 0) // 0 would be this test's own group
            ::kill(pid_t(process.processId()), number);
    }
    QByteArray said()
    {
        m_said += process.readAllStandardOutput();
        return m_said;
    }

    QTemporaryDir folder;
    /// No other test's, since what a killed supervisor left is found by it.
    const QString id = QUuid::createUuid().toString(QUuid::Id128).left(8);
    QProcess process;

private:
    QByteArray m_said;
};

} // namespace Meanwhile::Testing
