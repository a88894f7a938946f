// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "taskfixture.h"
#include "tasks/newsqueue.h"
#include "tasks/processidentity.h"
#include "tworuns.h"

#include <QElapsedTimer>

#include <csignal>
#include <sys/ptrace.h>
#include <sys/wait.h>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

/// As if it hung: no signal but KILL reaches it any more.
bool makeStuck(pid_t pid)
{
    return ::ptrace(PTRACE_SEIZE, pid, nullptr, nullptr) == 0 &&
           ::ptrace(PTRACE_INTERRUPT, pid, nullptr, nullptr) == 0 && Testing::waitFor([pid] {
               QFile stat(u"/proc/%1/stat"_s.arg(pid));
               return stat.open(QIODevice::ReadOnly) && stat.readAll().contains(") t ");
           });
}

} // namespace

/// Stops of commands whose supervisor does not answer, and stops that nobody here asked for.
class UnansweredStopsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aSuspendedSupervisorIsWokenAndEndsItsCommand()
    {
        TaskFixture f;
        const QString id = f.start(u"kill -STOP $PPID; touch ready; sleep 1000"_s);
        QVERIFY(f.waitForFile(u"ready"_s));
        const QFuture<StopReport> stop = f.manager.stop(id, StoppedBy::Person);
        QTRY_VERIFY_WITH_TIMEOUT(stop.isFinished(), 20'000);
        QCOMPARE(describeState(f.task(id)), u"stopped by the person"_s);
        QVERIFY2(f.task(id).failure.isEmpty(), qPrintable(f.task(id).failure)); // by the supervisor itself
    }

    void aCommandThatSuspendedItsSupervisorEndsAllTheSame()
    {
        TaskFixture f;
        const QString id = f.start(u"kill -STOP $PPID; exit 6"_s);
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"exited 6"_s);
    }

    void aStuckSupervisorIsEndedWithItsTree()
    {
        TaskFixture f;
        const QString id =
            f.start(u"trap '' TERM; (setsid env -i sleep 1000 &) ; touch ready; while :; do sleep 1; done"_s);
        QVERIFY(f.waitForFile(u"ready"_s));
        const pid_t runner = f.runnerOf(id);
        if (!makeStuck(runner))
            QSKIP("this user may not trace a process that cannot be dumped");
        QElapsedTimer timer;
        timer.start();
        const QFuture<StopReport> stop = f.manager.stop(id, StoppedBy::Person);
        QTRY_VERIFY_WITH_TIMEOUT(stop.isFinished(), 30'000);
        QVERIFY(timer.elapsed() >= 2900);
        QVERIFY(stop.result().processesEnded >= 2);
        QCOMPARE(stop.result().survivors, QStringList());
        QCOMPARE(describeState(f.task(id)), u"stopped by the person"_s);
        QVERIFY(f.task(id).failure.startsWith(u"Its supervisor did not answer"_s));
        QVERIFY(!isAlive(f.task(id).supervisor));
        QCOMPARE(f.endedCount(id), 1);
    }

    void aStuckSupervisorOfAnEarlierRunIsEndedWithItsTree()
    {
        TwoRuns f;
        const QString id = f.startUntil(u"echo x"_s, u"a"_s, u"true"_s);
        QVERIFY(!id.isEmpty());
        f.crashAndAdopt();
        QTRY_VERIFY(f.task(id).state == TaskState::Running);
        const auto runner = pid_t(f.task(id).supervisor.pid);
        if (!makeStuck(runner))
            QSKIP("this user may not trace a process that cannot be dumped");
        const QFuture<StopReport> stop = f.manager->stop(id, StoppedBy::Model);
        QTRY_VERIFY_WITH_TIMEOUT(stop.isFinished(), 30'000);
        QVERIFY(stop.result().processesEnded >= 1);
        QCOMPARE(describeState(f.task(id)), u"stopped by the model"_s);
        QVERIFY(f.task(id).failure.startsWith(u"Its supervisor did not answer"_s));
        QCOMPARE(f.ended->size(), 1);
        ::waitpid(runner, nullptr, WNOHANG);
    }

    void allAreEndedAtTheEndOfTheProgramThoughOneIsStuck()
    {
        TaskFixture f;
        const QString stuck = f.start(u"touch ready; sleep 1000"_s);
        const QString other = f.start(u"sleep 1000"_s);
        QVERIFY(f.waitForFile(u"ready"_s));
        if (!makeStuck(f.runnerOf(stuck)))
            QSKIP("this user may not trace a process that cannot be dumped");
        QVERIFY(f.runnerOf(other) > 0);
        const QFuture<void> all = f.manager.stopAll(StoppedBy::Quit);
        QTRY_VERIFY_WITH_TIMEOUT(all.isFinished(), 30'000);
        QCOMPARE(f.manager.liveCount(), 0);
        QCOMPARE(describeState(f.task(other)), u"stopped by the end of the program"_s);
        QVERIFY(f.task(other).failure.isEmpty());
    }

    void aStopThatNobodyAskedForIsFromOutside_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("by the command itself") << u"kill -TERM $PPID; sleep 1000"_s;
        // As if the program had sent it for the person.
        QTest::newRow("with a number") << u"/bin/kill -q 1 -TERM $PPID; sleep 1000"_s;
        QTest::newRow("at once") << u"kill -USR1 $PPID; sleep 1000"_s;
    }

    void aStopThatNobodyAskedForIsFromOutside()
    {
        QFETCH(QString, command);
        TaskFixture f;
        const QString id = f.start(command);
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"ended by a signal from outside"_s);
        const QString told = endNews(f.task(id)).text;
        QVERIFY2(told.contains(u"Start it again if it is still needed"_s), qPrintable(told));
        QVERIFY2(!told.contains(u"Do not start it again"_s), qPrintable(told));
    }

    void whoStoppedItIsKnownToTheNextRunAsWell_data()
    {
        QTest::addColumn<std::optional<StoppedBy>>("by");
        QTest::addColumn<QString>("state");
        QTest::newRow("person") << std::optional(StoppedBy::Person) << u"stopped by the person"_s;
        QTest::newRow("model") << std::optional(StoppedBy::Model) << u"stopped by the model"_s;
        QTest::newRow("program") << std::optional(StoppedBy::Quit) << u"stopped by the end of the program"_s;
        QTest::newRow("outside") << std::optional<StoppedBy>() << u"ended by a signal from outside"_s;
    }

    void whoStoppedItIsKnownToTheNextRunAsWell()
    {
        QFETCH(std::optional<StoppedBy>, by);
        QFETCH(QString, state);
        TwoRuns f;
        const QString id = f.startUntil(u"echo x"_s, u"a"_s, u"true"_s);
        QVERIFY(!id.isEmpty());
        const QVector<Task> stored = f.manager->tasks(); // still running
        if (by)
            f.manager->stop(id, *by);
        else
            ::kill(pid_t(stored.first().supervisor.pid), SIGTERM);
        f.crash();
        QVERIFY(f.waitForStatus(id));
        f.manager->adopt(stored);
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), state);
    }
};

MEANWHILE_TEST(UnansweredStopsTest)
#include "tst_unansweredstops.moc"
