// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "taskfixture.h"

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TaskManagerTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void tellsHowACommandEndedAndWhatItWrote()
    {
        TaskFixture f;
        const QString id = f.start(u"echo out; echo err >&2; exit 3"_s);
        QVERIFY(f.waitForEnd(id));
        const Task task = f.task(id);
        QCOMPARE(describeState(task), u"exited 3"_s);
        QCOMPARE(task.digest, u"out\nerr"_s);
        QCOMPARE(task.lastLine, u"err"_s);
        QCOMPARE(task.outputBytes, 8);
        QCOMPARE(task.outputLines, 2);
        QVERIFY(!task.isSuccess());
        QCOMPARE(f.ended.size(), 1);
    }

    void goesThroughItsStatesInOrder()
    {
        TaskFixture f;
        QSignalSpy added(&f.manager, &TaskManager::added);
        QSignalSpy changed(&f.manager, &TaskManager::changed);
        const QString id = f.start(u"true"_s);
        QCOMPARE(added.size(), 1);
        QVERIFY(added.first().first().value<Task>().state == TaskState::Queued);
        QVERIFY(f.waitForEnd(id));
        QVERIFY(changed.at(0).first().value<Task>().state == TaskState::Starting);
        QVERIFY(changed.at(1).first().value<Task>().state == TaskState::Running);
        QVERIFY(f.ended.first().first().value<Task>().state == TaskState::Exited);
    }

    void readsFromStandardInputEndAtOnce()
    {
        TaskFixture f;
        const QString id = f.start(u"read x; echo \"$? [$x]\"; cat; wc -c"_s);
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(f.task(id).digest, u"1 []\n0"_s);
    }

    void keepsWhatAGrandchildWritesAfterItsParentEnded()
    {
        TaskFixture f;
        const QString id =
            f.start(u"(until [ -e go ]; do sleep 0.01; done; echo late; touch wrote) & echo early; exit 4"_s);
        QTRY_VERIFY(f.task(id).shellExit == 4);
        QVERIFY(f.task(id).state == TaskState::Running);
        QVERIFY(QFile(f.work.filePath(u"go"_s)).open(QIODevice::WriteOnly));
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"exited 4"_s);
        QCOMPARE(f.task(id).digest, u"early\nlate"_s);
    }

    void showsADaemonAsASurvivorAndStillStopsIt()
    {
        TaskFixture f;
        const QString id = f.start(u"setsid sleep 1000 >/dev/null 2>&1 & echo started"_s);
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(f.task(id).survivors, 1);
        QCOMPARE(f.manager.liveCount(), 1);
        const QFuture<StopReport> report = f.manager.stop(id, StoppedBy::Person);
        QTRY_VERIFY(report.isFinished());
        QCOMPARE(report.result(), (StopReport{1, {}}));
        QTRY_COMPARE(f.manager.liveCount(), 0);
        QCOMPARE(describeState(f.task(id)), u"exited 0"_s);
        QCOMPARE(f.ended.size(), 1);
    }

    void stopsTheWholeTreeAndSaysByWhom()
    {
        TaskFixture f;
        const QString id = f.start(u"sleep 1000 & (sleep 1000 & touch ready; sleep 1000)"_s);
        QVERIFY(f.waitForFile(u"ready"_s));
        const QFuture<StopReport> report = f.manager.stop(id, StoppedBy::Model);
        QTRY_VERIFY(report.isFinished());
        QVERIFY(report.result().processesEnded >= 4);
        QCOMPARE(describeState(f.task(id)), u"stopped by the model"_s);
        QCOMPARE(f.endedCount(id), 1);
    }

    void stopsATaskThatIsOnlyStarting()
    {
        TaskFixture f;
        const QString id = f.start(u"sleep 1000"_s);
        const QFuture<StopReport> report = f.manager.stop(id, StoppedBy::Person);
        QTRY_VERIFY(report.isFinished());
        QCOMPARE(describeState(f.task(id)), u"stopped by the person"_s);
    }

    void endsACommandAtItsTimeLimit()
    {
        TaskFixture f;
        const QString id = f.start(u"echo begun; sleep 1000"_s, 50ms);
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"timed out"_s);
        QCOMPARE(f.task(id).digest, u"begun"_s);
    }

    void saysWhyACommandCouldNotStart_data()
    {
        QTest::addColumn<QString>("runner");
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("word");
        QTest::newRow("runner missing") << u"/nowhere/meanwhile-run"_s << u"/"_s << u"No such file"_s;
        QTest::newRow("folder deleted")
            << TaskFixture::runnerPath() << u"/nowhere"_s << u"/nowhere: No such file"_s;
        QTest::newRow("folder is a file")
            << TaskFixture::runnerPath() << u"/etc/passwd"_s << u"Not a directory"_s;
    }

    void saysWhyACommandCouldNotStart()
    {
        QFETCH(QString, runner);
        QFETCH(QString, folder);
        QFETCH(QString, word);
        TaskFixture f;
        TaskManagerSettings settings = f.settings(64, 1'000'000);
        settings.runnerPath = runner;
        TaskManager manager(settings, f.clock, f.ids);
        QSignalSpy ended(&manager, &TaskManager::ended);
        TaskSpec spec;
        spec.command = u"echo never"_s;
        spec.workingDirectory = folder;
        const QString id = manager.start(spec);
        QVERIFY(ended.isEmpty());
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(manager.task(id)->state == TaskState::FailedToStart);
        QVERIFY2(manager.task(id)->failure.contains(word), qPrintable(manager.task(id)->failure));
    }
};

MEANWHILE_TEST(TaskManagerTest)
#include "tst_taskmanager.moc"
