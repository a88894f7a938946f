// SPDX-License-Identifier: MIT
#include "runner/mark.h"
#include "support/testregistry.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/wait.h>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

namespace {

QString program()
{
    return qEnvironmentVariable("MEANWHILE_BIN_DIR") + u"/meanwhile-run"_s;
}

} // namespace

/// What a supervisor makes of processes that are commands, and of those that are none.
class CommandMarkTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        if (Runner::hasCommandMark(::getpid()))
            QSKIP("this test runs in a command itself");
    }

    // The window is closed, and a command of another task asks in the person's name.
    void aStopByACommandOfAnotherTaskIsFromOutside_data()
    {
        QTest::addColumn<rlim_t>("limit");
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("no command") << rlim_t(RLIM_INFINITY) << QByteArray("ended stopped 1 ");
        QTest::newRow("as it was started") << Runner::kCommandMark << QByteArray("ended stopped 0 ");
        QTest::newRow("with a limit that it has lowered") << rlim_t(5) << QByteArray("ended stopped 0 ");
    }

    void aStopByACommandOfAnotherTaskIsFromOutside()
    {
        QFETCH(rlim_t, limit);
        QFETCH(QByteArray, end);
        const QTemporaryDir folder;
        QProcess run;
        run.start(program(), {u"--folder"_s, folder.filePath(u"task"_s), u"--cwd"_s, folder.path(), u"--"_s,
                                 u"/bin/bash"_s, u"-c"_s, u"sleep 1000"_s});
        QTRY_VERIFY(run.canReadLine());
        const auto supervisor = pid_t(run.processId());
        const pid_t other = ::fork();
        if (other == 0) {
            const rlimit lowered{limit, limit};
            ::setrlimit(RLIMIT_LOCKS, &lowered);
            ::sigqueue(supervisor, SIGTERM, sigval{1});
            while (true)
                ::pause();
        }
        QVERIFY(other > 0);
        const bool hasEnded =
            Testing::waitFor([&run] { return run.state() == QProcess::NotRunning; }, 20'000);
        ::kill(other, SIGKILL);
        ::waitpid(other, nullptr, 0);
        QVERIFY(hasEnded);
        const QByteArray said = run.readAllStandardOutput();
        QVERIFY2(said.contains(end), said);
    }

    // Somebody else had the supervisor's pid since, began a session and has ended as well.
    void aSessionThatNoSupervisorBeganIsNotSwept()
    {
        QProcess leader;
        leader.start(u"setsid"_s, {u"sh"_s, u"-c"_s, u"sleep 1000 >/dev/null 2>&1 & echo $$ $!"_s});
        QVERIFY(leader.waitForFinished());
        const QList<QByteArray> pids = leader.readAllStandardOutput().trimmed().split(' ');
        const auto daemon = pid_t(pids.value(1).toInt());
        QVERIFY(daemon > 1);
        QProcess sweep;
        sweep.start(program(), {u"--sweep"_s, QString::fromLatin1(pids.first()), u"0"_s, u"no-such-task"_s});
        sweep.write("", 1); // no token
        const bool hasSwept = sweep.waitForFinished();
        const bool isThere = ::kill(daemon, SIGKILL) == 0;
        QVERIFY(hasSwept && isThere);
        QCOMPARE(sweep.readAllStandardOutput(), QByteArray("swept 0\n"));
    }
};

MEANWHILE_TEST(CommandMarkTest)
#include "tst_commandmark.moc"
