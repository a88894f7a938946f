// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "taskfixture.h"
#include "tasks/newsqueue.h"
#include "tasks/processidentity.h"
#include "tworuns.h"

#include <csignal>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

bool hasOrphans(const Task &task)
{
    return task.state == TaskState::Running && task.failure.contains(u"supervisor was ended"_s);
}

} // namespace

/// Commands that live on when their supervisor was killed.
class OrphansTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aCommandThatKilledItsSupervisorRunsUntilItEndsAndIsLost_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("shell") << u"kill -9 $PPID; until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done"_s;
        QTest::newRow("session of its own")
            << u"kill -9 $PPID; setsid bash -c 'until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done' & exit"_s;
        QTest::newRow("without its environment")
            << u"kill -9 $PPID; exec env -i bash -c 'until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done'"_s;
    }

    void aCommandThatKilledItsSupervisorRunsUntilItEndsAndIsLost()
    {
        QFETCH(QString, command);
        TaskFixture f;
        const QString id = f.start(command);
        QTRY_VERIFY(hasOrphans(f.task(id)));
        QCOMPARE(f.manager.liveCount(), 1);
        QVERIFY(QFile(f.work.filePath(u"go"_s)).open(QIODevice::WriteOnly));
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"lost"_s);
        QVERIFY2(f.task(id).failure.startsWith(u"Its supervisor was ended from outside"_s),
            qPrintable(f.task(id).failure));
        QCOMPARE(f.endedCount(id), 1);
    }

    void aCommandThatEndsWithItsSupervisorIsLost()
    {
        TaskFixture f;
        const QString id = f.start(u"kill -9 $PPID; kill -9 $$"_s);
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"lost"_s);
        QCOMPARE(f.endedCount(id), 1);
    }

    void anOrphanCanBeStopped()
    {
        TaskFixture f;
        const QString id = f.start(u"setsid sleep 1000 & sleep 1000 & kill -9 $PPID; exec sleep 1000"_s);
        QTRY_VERIFY(hasOrphans(f.task(id)));
        const QFuture<StopReport> stop = f.manager.stop(id, StoppedBy::Person);
        QTRY_VERIFY_WITH_TIMEOUT(stop.isFinished(), 20'000);
        QCOMPARE(stop.result(), (StopReport{3, {}}));
        QCOMPARE(describeState(f.task(id)), u"stopped by the person"_s);
        QVERIFY(f.task(id).failure.contains(u"exit code is not known"_s));
        QCOMPARE(f.endedCount(id), 1);
    }

    void whatWatchesOrphansMayBeKilledItself()
    {
        TaskFixture f;
        const QString id = f.start(u"kill -9 $PPID; echo $$ > shell; exec sleep 1000"_s);
        QTRY_VERIFY(hasOrphans(f.task(id)));
        for (const QString &pid : QDir(u"/proc"_s).entryList({u"[1-9]*"_s}, QDir::Dirs)) {
            QFile words(u"/proc/%1/cmdline"_s.arg(pid));
            if (words.open(QIODevice::ReadOnly) && words.readAll().endsWith(id.toLatin1() + '\0'))
                ::kill(pid.toInt(), SIGKILL);
        }
        const QFuture<StopReport> stop = f.manager.stop(id, StoppedBy::Model);
        QTRY_VERIFY_WITH_TIMEOUT(stop.isFinished(), 20'000);
        QCOMPARE(describeState(f.task(id)), u"stopped by the model"_s);
        QVERIFY(!identityOf(f.read(u"shell"_s).trimmed().toLongLong()));
    }

    void aDaemonWhoseSupervisorWasKilledIsStillThereAndCanBeStopped()
    {
        TaskFixture f;
        const QString id = f.start(u"setsid sleep 1000 >/dev/null 2>&1 & echo x"_s);
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(f.task(id).survivors, 1);
        QVERIFY(f.signalRunner(id, SIGKILL));
        QTRY_VERIFY(!isAlive(f.task(id).supervisor));
        const QFuture<StopReport> stop = f.manager.stop(id, StoppedBy::Person);
        QTRY_VERIFY_WITH_TIMEOUT(stop.isFinished(), 20'000);
        QCOMPARE(stop.result(), (StopReport{1, {}}));
        QTRY_COMPARE(f.manager.liveCount(), 0);
        QCOMPARE(describeState(f.task(id)), u"exited 0"_s);
        QCOMPARE(f.endedCount(id), 1);
    }

    void orphansOfAnEarlierRunAreFoundAndCanBeStopped_data()
    {
        QTest::addColumn<bool>("isLater");
        QTest::addColumn<bool>("isStopped");
        QTest::newRow("killed while nobody watched, ends by itself") << false << false;
        QTest::newRow("killed while nobody watched, is stopped") << false << true;
        QTest::newRow("killed after it was taken over, ends by itself") << true << false;
        QTest::newRow("killed after it was taken over, is stopped") << true << true;
    }

    void orphansOfAnEarlierRunAreFoundAndCanBeStopped()
    {
        QFETCH(bool, isLater);
        QFETCH(bool, isStopped);
        TwoRuns f;
        const QString id = f.startUntil(u"echo x"_s, u"a"_s, u"true"_s);
        QTRY_COMPARE(f.task(id).lastLine, u"x"_s);
        const QVector<Task> stored = f.crash();
        const ProcessIdentity supervisor = stored.first().supervisor;
        QVERIFY(supervisor.pid > 1);
        if (isLater) {
            f.manager->adopt(stored);
            QTRY_VERIFY(f.task(id).state == TaskState::Running);
        }
        QCOMPARE(::kill(pid_t(supervisor.pid), SIGKILL), 0);
        QTRY_VERIFY(!isAlive(supervisor));
        if (!isLater)
            f.manager->adopt(stored);
        QTRY_VERIFY(hasOrphans(f.task(id)));
        if (isStopped) {
            const QFuture<StopReport> stop = f.manager->stop(id, StoppedBy::Model);
            QTRY_VERIFY_WITH_TIMEOUT(stop.isFinished(), 20'000);
            QVERIFY(stop.result().processesEnded >= 1 && stop.result().survivors.isEmpty());
            QCOMPARE(describeState(f.task(id)), u"stopped by the model"_s);
        } else {
            QVERIFY(f.open(u"a"_s));
            QVERIFY(f.waitForEnd(id));
            QCOMPARE(describeState(f.task(id)), u"lost"_s);
            QVERIFY(f.task(id).failure.startsWith(u"Its supervisor was ended from outside, so"_s));
        }
        QCOMPARE(f.task(id).digest, u"x"_s);
        QVERIFY(f.task(id).endedAt >= f.task(id).startedAt);
        QCOMPARE(f.ended->size(), 1);
    }
};

MEANWHILE_TEST(OrphansTest)
#include "tst_orphans.moc"
