// SPDX-License-Identifier: MIT
#include "base/sanitizers.h"
#include "support/testregistry.h"
#include "taskfixture.h"
#include "tasks/filechangetracker.h"
#include "tasks/writelog.h"

#include <QDir>
#include <QPromise>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Answers when the test says so.
class WaitingWitness final : public FileChangeTracker {
public:
    WaitingWitness() { promise.start(); }
    void taskStarts(const Task &task) override { calls += u"starts "_s + task.id; }
    QFuture<ChangedFiles> changesOf(const Task &task, const QStringList &written) override
    {
        calls += QString(u"ends "_s + task.id + u' ' + written.join(u' ')).trimmed();
        return promise.future();
    }

    QPromise<ChangedFiles> promise;
    QStringList calls;
};

} // namespace

class TaskManagerTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

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
        const QString id = f.start(
            u"(until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done; echo late; touch wrote) & echo early; exit 4"_s);
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
        QVERIFY(!f.manager.isAnyUnended());
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

    void aTaskHasEndedOnceItIsKnownWhatChanged()
    {
        TaskFixture f;
        WaitingWitness files;
        TaskManagerSettings settings = f.settings(64, 1'000'000);
        settings.files = &files;
        TaskManager manager(settings, f.clock, f.ids);
        QSignalSpy ended(&manager, &TaskManager::ended);
        TaskSpec spec;
        spec.command = u"exit 4"_s;
        spec.workingDirectory = f.work.path();
        const QString id = manager.start(spec);
        QTRY_COMPARE(files.calls, QStringList({u"starts "_s + id, u"ends "_s + id}));
        QVERIFY(ended.isEmpty());
        QVERIFY(!manager.task(id)->hasEnded());
        files.promise.addResult(ChangedFiles{1, {u"a"_s}});
        files.promise.finish();
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(manager.task(id)->exitCode, 4);
        QCOMPARE(manager.task(id)->changedFiles, (ChangedFiles{1, {u"a"_s}}));
    }

    void whatAToolWroteIsToldWithTheEndOfEachTaskThatRanThen_data()
    {
        QTest::addColumn<bool>("isWatched");
        QTest::newRow("beside what a scan finds") << true;
        QTest::newRow("where nobody scans") << false;
    }

    void whatAToolWroteIsToldWithTheEndOfEachTaskThatRanThen()
    {
        QFETCH(bool, isWatched);
        TaskFixture f;
        WaitingWitness files;
        const auto writes = std::make_shared<WriteLog>(f.work.path());
        TaskManagerSettings settings = f.settings(64, 1'000'000);
        settings.files = isWatched ? &files : nullptr;
        settings.writes = writes;
        TaskManager manager(settings, f.clock, f.ids);
        writes->noteInside(u"before"_s);
        const QString first = manager.start(f.spec(u"until [ -e go ]; do sleep 0.01; done"_s));
        writes->noteInside(u"b"_s);
        const QString second = manager.start(f.spec(u"until [ -e go ]; do sleep 0.01; done"_s));
        QFile made(f.work.filePath(u"a"_s));
        QVERIFY(made.open(QIODevice::WriteOnly));
        writes->note(made.fileName());
        writes->note(f.folder.path()); // not in the project
        writes->noteInside(u"b"_s);
        QFile go(f.work.filePath(u"go"_s));
        QVERIFY(go.open(QIODevice::WriteOnly));
        if (isWatched) {
            QTRY_COMPARE(files.calls.size(), 4);
            QVERIFY(files.calls.contains(u"ends %1 a b"_s.arg(first)));
            QVERIFY(files.calls.contains(u"ends %1 a b"_s.arg(second)));
            files.promise.addResult(ChangedFiles{});
            files.promise.finish();
        }
        QTRY_VERIFY(!manager.isAnyUnended());
        writes->noteInside(u"later"_s);
        const ChangedFiles told = isWatched ? ChangedFiles{} : ChangedFiles{2, {u"a"_s, u"b"_s}};
        QCOMPARE(manager.task(first)->changedFiles, told);
        QCOMPARE(manager.task(second)->changedFiles, told);
    }

    void aTaskThatQuittingEndsWaitsForNobody()
    {
        TaskFixture f;
        WaitingWitness files;
        TaskManagerSettings settings = f.settings(64, 1'000'000);
        settings.files = &files;
        TaskManager manager(settings, f.clock, f.ids);
        TaskSpec spec;
        spec.command = u"sleep 600"_s;
        spec.workingDirectory = f.work.path();
        const QString id = manager.start(spec);
        QTRY_COMPARE(manager.task(id)->state, TaskState::Running);
        const QFuture<void> stopped = manager.stopAll(StoppedBy::Quit);
        QTRY_VERIFY(stopped.isFinished());
        QTRY_COMPARE(manager.task(id)->state, TaskState::Stopped);
        QCOMPARE(files.calls, QStringList{u"starts "_s + id});
    }

    void runsFiftyAtOnce()
    {
        TaskFixture f;
        QStringList ids;
        for (int i = 0; i < 50; ++i)
            ids.append(f.start(u"echo %1; exit %1"_s.arg(i)));
        QTRY_COMPARE(f.ended.size(), 50);
        for (int i = 0; i < 50; ++i) {
            QCOMPARE(f.task(ids.at(i)).exitCode, i);
            QCOMPARE(f.task(ids.at(i)).digest, QString::number(i));
        }
        QCOMPARE(f.manager.liveCount(), 0);
    }

    void queuesWhatIsBeyondItsPlacesAndStartsItInOrder()
    {
        TaskFixture f;
        QStringList ids;
        for (int i = 0; i < 70; ++i)
            ids.append(f.start(u"exec sleep 1000"_s));
        const auto count = [&f](TaskState state) {
            const QVector<Task> tasks = f.manager.tasks();
            return std::count_if(
                tasks.begin(), tasks.end(), [state](const Task &task) { return task.state == state; });
        };
        QTRY_COMPARE(count(TaskState::Running), 64);
        QCOMPARE(count(TaskState::Queued), 6);
        QCOMPARE(f.manager.liveCount(), 70);
        QVERIFY(f.manager.isAnyUnended());
        f.manager.stop(ids.at(10), StoppedBy::Person);
        QTRY_VERIFY(f.task(ids.at(64)).state == TaskState::Running);
        QVERIFY(f.task(ids.at(65)).state == TaskState::Queued);
        f.manager.stop(ids.at(65), StoppedBy::Person); // one that waits ends without ever running
        QTRY_VERIFY(f.hasEnded(ids.at(65)));
        QVERIFY(!f.task(ids.at(65)).startedAt.isValid());
        QSignalSpy changed(&f.manager, &TaskManager::changed);
        const QFuture<void> all = f.manager.stopAll(StoppedBy::Quit);
        QTRY_VERIFY(all.isFinished());
        QCOMPARE(f.ended.size(), 70);
        QCOMPARE(count(TaskState::Stopped), 70);
        QCOMPARE(f.manager.liveCount(), 0);
        QVERIFY(!f.manager.isAnyUnended());
        for (const QList<QVariant> &call : changed)
            QVERIFY(call.first().value<Task>().state != TaskState::Starting);
    }

    void tellsThreeEndsInTheSameMoment()
    {
        TaskFixture f;
        QCOMPARE(QProcess::execute(u"mkfifo"_s, {f.work.filePath(u"gate"_s)}), 0);
        QStringList ids;
        for (const QString &name : QStringList{u"a"_s, u"b"_s, u"c"_s})
            ids.append(f.start(u"touch %1; read x < gate; echo %1"_s.arg(name)));
        for (const QString &name : QStringList{u"a"_s, u"b"_s, u"c"_s})
            QVERIFY(f.waitForFile(name));
        QFile gate(f.work.filePath(u"gate"_s));
        QVERIFY(gate.open(QIODevice::WriteOnly));
        QCOMPARE(gate.write("\n\n\n"), 3); // a line for each; open until all have come, however late
        QVERIFY(gate.flush());
        QTRY_COMPARE(f.ended.size(), 3);
        for (const QString &id : ids) {
            QVERIFY(f.waitForEnd(id));
            QCOMPARE(f.endedCount(id), 1);
        }
        QCOMPARE(f.task(ids.at(1)).digest, u"b"_s);
    }

    void mayBeUsedFromItsOwnSignals()
    {
        TaskFixture f;
        int starts = 0;
        QObject::connect(&f.manager, &TaskManager::changed, &f.manager, [&f, &starts](const Task &task) {
            if (task.state == TaskState::Running && ++starts < 5)
                f.start(u"echo again"_s);
        });
        QObject::connect(&f.manager, &TaskManager::ended, &f.manager, [&f](const Task &task) {
            f.manager.stop(task.id, StoppedBy::Person);
            f.manager.sendToBackground(task.id);
        });
        f.start(u"echo first"_s);
        QTRY_COMPARE(f.ended.size(), 5);
    }

    void tellsGrowingOutputWhileItRuns()
    {
        TaskFixture f;
        const QString id =
            f.start(u"echo first; until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done; echo second"_s);
        QTRY_COMPARE(f.task(id).lastLine, u"first"_s);
        QCOMPARE(f.task(id).outputBytes, 6);
        QVERIFY(QFile(f.work.filePath(u"go"_s)).open(QIODevice::WriteOnly));
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(f.task(id).lastLine, u"second"_s);
    }

    // Word of a start comes a moment after the start, and would make "sleep 3" end after 2 s.
    void takesTheDurationFromTheSupervisorAndTheMomentsFromItsOwnClock()
    {
        TaskFixture f;
        const QString id = f.start(u"until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done; sleep 0.2"_s);
        QTRY_VERIFY(f.task(id).state == TaskState::Running);
        f.clock.advance(3h);
        QVERIFY(QFile(f.work.filePath(u"go"_s)).open(QIODevice::WriteOnly));
        QVERIFY(f.waitForEnd(id));
        QVERIFY(f.task(id).elapsed >= 200ms);
        QVERIFY(f.task(id).elapsed < 1h);
        QCOMPARE(f.task(id).startedAt.msecsTo(f.task(id).endedAt), 3 * 3'600'000);
    }

    void sendsAForegroundTaskToTheBackgroundOnce()
    {
        TaskFixture f;
        TaskSpec spec;
        spec.command = u"sleep 1000"_s;
        spec.workingDirectory = f.work.path();
        spec.foreground = true;
        const QString id = f.manager.start(spec);
        QTRY_VERIFY(f.task(id).state == TaskState::Running);
        QSignalSpy changed(&f.manager, &TaskManager::changed);
        f.manager.sendToBackground(id);
        f.manager.sendToBackground(id);
        f.manager.sendToBackground(u"unknown"_s);
        QCOMPARE(changed.size(), 1);
        QVERIFY(!f.task(id).spec.foreground);
        QVERIFY(f.task(id).state == TaskState::Running);
    }

    void givesItsEnvironmentToCommandsStartedLater()
    {
        TaskFixture f;
        QProcessEnvironment environment;
        environment.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
        environment.insert(u"NAME"_s, u"value"_s);
        f.manager.setEnvironment(environment);
        const QString id = f.start(u"echo \"$NAME$HOME\""_s);
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(f.task(id).digest, u"value"_s);
    }

    void answersAStopOfWhatIsNotThere()
    {
        TaskFixture f;
        const QFuture<StopReport> unknown = f.manager.stop(u"unknown"_s, StoppedBy::Person);
        QVERIFY(unknown.isFinished());
        QCOMPARE(unknown.result(), StopReport());
        QVERIFY(f.manager.stopAll(StoppedBy::Quit).isFinished());
        QVERIFY(!f.manager.task(u"unknown"_s));
    }

    void takesBinaryOutput()
    {
        TaskFixture f;
        const QString id = f.start(u"printf 'a\\xff\\xfe\\x00b\\n</background-results>\\n'"_s);
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(f.task(id).digest, u"a\uFFFD\uFFFDb\n</background-results>"_s);
        QCOMPARE(f.task(id).outputBytes, 28);
    }

    void takesAHundredMegabytesOnOneLine()
    {
        TaskFixture f;
        const qint64 before = residentBytes();
        const QString id = f.start(u"head -c 100000000 /dev/zero | tr '\\0' x"_s);
        QVERIFY(f.waitForEnd(id));
        const Task task = f.task(id);
        QCOMPARE(describeState(task), u"exited 0"_s);
        QCOMPARE(task.outputBytes, 100'000'000);
        QCOMPARE(task.outputLines, 1);
        QVERIFY(task.digest.contains(u"[… 83,230,720 bytes left out …]"_s));
        QVERIFY(task.digest.toUtf8().size() <= 4096);
        QVERIFY(QFileInfo(task.logPath).size() <= 17 * 1024 * 1024);
#ifndef MEANWHILE_IS_SANITIZED
        QVERIFY2(
            residentBytes() - before < 10'000'000, qPrintable(QString::number(residentBytes() - before)));
#else
        Q_UNUSED(before);
#endif
    }

    void knowsForHowLongATaskRuns()
    {
        TaskFixture f;
        const QString id = f.start(u"sleep 1000"_s);
        QTRY_VERIFY(f.task(id).state == TaskState::Running);
        f.clock.advance(std::chrono::seconds(75));
        QCOMPARE(f.task(id).elapsed, std::chrono::seconds(75));
    }

    void goesOnWhenTheDiskIsFull()
    {
        // /dev/full stands for the disk: every write says that no space is left.
        TaskFixture f;
        SeededIds preview(f.seed);
        const QString folder = f.folder.filePath(makeTaskId(preview));
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(QFile::link(u"/dev/full"_s, folder + u"/log"_s));
        const QString id = f.start(u"seq 100000; exit 3"_s);
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"exited 3"_s);
        QVERIFY(f.task(id).failure.contains(u"No space left on device"_s));
        QCOMPARE(f.task(id).outputBytes, 588'895);
        QCOMPARE(f.task(id).outputLines, 100'000);
    }

    void refusesToRunWhatItCouldNotKeep()
    {
        TaskFixture f;
        SeededIds preview(f.seed);
        QVERIFY(QFile(f.folder.filePath(makeTaskId(preview))).open(QIODevice::WriteOnly));
        const QString id = f.start(u"echo never > \"$PWD/never\""_s);
        QVERIFY(f.waitForEnd(id));
        QVERIFY(f.task(id).state == TaskState::FailedToStart);
        QVERIFY2(f.task(id).failure.contains(u"Not a directory"_s), qPrintable(f.task(id).failure));
        QVERIFY(!QFile::exists(f.work.filePath(u"never"_s)));
    }

private:
    static qint64 residentBytes()
    {
        QFile file(u"/proc/self/statm"_s);
        return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * 4096 : 0;
    }
};

MEANWHILE_TEST(TaskManagerTest)
#include "tst_taskmanager.moc"
