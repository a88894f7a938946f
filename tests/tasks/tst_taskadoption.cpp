// SPDX-License-Identifier: MIT
#include "base/sanitizers.h"
#include "escapingtree.h"
#include "recoveredfiles.h"
#include "support/testregistry.h"
#include "tasks/processidentity.h"
#include "tasks/runnerprotocol.h"
#include "tasks/tasklog.h"
#include "tworuns.h"

#include <QProcess>

#include <csignal>
#include <sys/stat.h>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

#ifdef MEANWHILE_IS_SANITIZED
constexpr int kFolders = 100; // each starts a program, which takes many times longer there
#else
constexpr int kFolders = 1000;
#endif

} // namespace

class TaskAdoptionTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aRunningTaskTicksOnAndArrivesWithItsExitCode()
    {
        TwoRuns f;
        const QString id = f.startUntil(
            u"echo one"_s, u"a"_s, u"echo two"_s + TwoRuns::untilThere(u"b"_s) + u"echo three; exit 7"_s);
        const Task before = f.task(id);
        f.crashAndAdopt();
        QVERIFY(f.task(id).state == TaskState::Starting); // until it is known
        QTRY_VERIFY(f.task(id).state == TaskState::Running);
        QCOMPARE(f.task(id).supervisor, before.supervisor);
        QVERIFY(!f.task(id).spec.foreground);
        QCOMPARE(f.task(id).startedMonotonic, before.startedMonotonic);
        QCOMPARE(f.manager->liveCount(), 1);
        QTRY_COMPARE(f.task(id).lastLine, u"one"_s);
        QVERIFY(f.open(u"a"_s));
        QTRY_COMPARE(f.task(id).lastLine, u"two"_s);
        QVERIFY(f.task(id).state == TaskState::Running);
        QVERIFY(f.open(u"b"_s));
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"exited 7"_s);
        QCOMPARE(f.task(id).digest, u"one\ntwo\nthree"_s);
        QCOMPARE(f.task(id).outputLines, 3);
        QCOMPARE(f.ended->size(), 1);
        QVERIFY(f.added->isEmpty());
        QCOMPARE(f.manager->liveCount(), 0);
    }

    void whatIsKnownOfItsBoxStays()
    {
        TwoRuns f;
        const QString id = f.startUntil(u"true"_s, u"a"_s, u"true"_s);
        QVector<Task> stored = f.crash();
        stored.first().spec.outside = true;
        stored.first().boxed = Boxed::Reduced;
        f.manager->adopt(stored);
        QTRY_VERIFY(f.task(id).state == TaskState::Running);
        QVERIFY(f.task(id).spec.outside);
        QVERIFY(f.open(u"a"_s));
        QVERIFY(f.waitForEnd(id));
        QVERIFY(f.task(id).spec.outside);
        QCOMPARE(f.task(id).boxed, Boxed::Reduced);
    }

    void whatEndedMeanwhileHasItsOwnExitCodeAndTime()
    {
        TwoRuns f;
        const QString id = f.startUntil(u"true"_s, u"a"_s, u"echo done; exit 7"_s);
        const QVector<Task> stored = f.crash();
        QVERIFY(f.open(u"a"_s));
        QVERIFY(f.waitForStatus(id));
        QTRY_VERIFY(!isAlive(stored.first().supervisor));
        const QDateTime restart = QDateTime::currentDateTimeUtc();
        QTRY_VERIFY(QDateTime::currentDateTimeUtc() > restart);
        f.manager->adopt(stored);
        QVERIFY(f.waitForEnd(id));
        const Task task = f.task(id);
        const auto end = std::get<CommandEnded>(*readStatusFile(f.path(id, u"status"_s), f.keyOf(id)).end());
        QCOMPARE(describeState(task), u"exited 7"_s);
        QCOMPARE(task.digest, u"done"_s);
        QCOMPARE(task.elapsed.count(), end.elapsedMs);
        QCOMPARE(task.endedAt.toMSecsSinceEpoch(), end.endedAtMs);
        QVERIFY(task.endedAt <= restart && task.endedAt >= task.startedAt);
        QCOMPARE(f.ended->size(), 1);
    }

    void anEndWithoutATimeIsReckonedFromTheStart()
    {
        TwoRuns f;
        QVERIFY(f.writeStatus(kId, ended("exited 3")));
        const Task stored = storedRunning(reusedPid());
        f.manager->adopt({stored});
        QVERIFY(f.waitForEnd(kId));
        QCOMPARE(describeState(f.task(kId)), u"exited 3"_s);
        QCOMPARE(f.task(kId).endedAt, stored.startedAt.addMSecs(1500));
    }

    void anEndInAnotherBootIsAsOldAsItsFile()
    {
        TwoRuns f;
        QVERIFY(f.writeStatus(kId, ended("signaled 9")));
        const QDateTime written = QFileInfo(f.path(kId, u"status"_s)).lastModified();
        f.manager->adopt({storedRunning({u"another-boot"_s, 1, 1})});
        QVERIFY(f.waitForEnd(kId));
        QCOMPARE(describeState(f.task(kId)), u"signaled 9"_s);
        QCOMPARE(f.task(kId).endedAt, written);
    }

    void aTaskOfAnotherBootIsLost()
    {
        TwoRuns f;
        const QString id = f.startUntil(u"echo x"_s, u"a"_s, u"true"_s);
        QTRY_COMPARE(f.task(id).lastLine, u"x"_s);
        QVector<Task> stored = f.crash();
        const ProcessIdentity supervisor = stored.first().supervisor;
        stored.first().supervisor.bootId = u"another-boot"_s;
        QFile::remove(f.path(id, u"job"_s)); // which knows better
        f.manager->adopt(stored);
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"lost"_s);
        QCOMPARE(f.task(id).failure, u"The computer was restarted while it ran."_s);
        QCOMPARE(f.task(id).digest, u"x"_s);
        QVERIFY(isAlive(supervisor)); // whoever that is, it is not this task's
        QVERIFY(f.open(u"a"_s));
        QTRY_VERIFY(!isAlive(supervisor));
        QCOMPARE(f.ended->size(), 1);
    }

    void aReusedPidIsNotTheSupervisor()
    {
        TwoRuns f;
        QVERIFY(f.write(kId, u"log"_s, emptyLog(reusedPid())));
        const Task stored = storedRunning(reusedPid());
        f.manager->adopt({stored});
        QVERIFY(f.waitForEnd(kId));
        QCOMPARE(describeState(f.task(kId)), u"lost"_s);
        QVERIFY(f.task(kId).failure.startsWith(u"Its supervisor was ended from outside, so"_s));
        QCOMPARE(
            f.task(kId).endedAt, QFileInfo(f.path(kId, u"log"_s)).lastModified()); // its last sign of life
    }

    void stopsTheWholeTreeOfAnAdoptedTask_data()
    {
        QTest::addColumn<bool>("isAtOnce");
        QTest::newRow("running") << false;
        QTest::newRow("before it is known what became of it") << true;
    }

    void stopsTheWholeTreeOfAnAdoptedTask()
    {
        QFETCH(bool, isAtOnce);
        TwoRuns f;
        const QString token = u"%1000%2"_s.arg(QCoreApplication::applicationPid()).arg(isAtOnce ? 1 : 2);
        const QString id = f.start(escapingTree(token));
        QVERIFY(Testing::waitFor([&token] { return stands(token); }, 60'000));
        f.crashAndAdopt();
        if (!isAtOnce)
            QTRY_VERIFY(f.task(id).state == TaskState::Running);
        const QFuture<StopReport> stop = f.manager->stop(id, StoppedBy::Model);
        QTRY_VERIFY_WITH_TIMEOUT(stop.isFinished(), 30'000);
        QCOMPARE(stop.result().survivors, QStringList());
        QVERIFY2(
            stop.result().processesEnded >= 9, qPrintable(QString::number(stop.result().processesEnded)));
        QTRY_COMPARE(processesWith(token), QStringList());
        QCOMPARE(describeState(f.task(id)), u"stopped by the model"_s);
        QCOMPARE(f.ended->size(), 1);
    }

    void anAdoptedTaskEndsThoughADaemonOfItsLivesOn()
    {
        TwoRuns f;
        const QString id =
            f.startUntil(u"setsid sleep 1000 >/dev/null 2>&1 & true"_s, u"a"_s, u"echo x; exit 3"_s);
        f.crashAndAdopt();
        QTRY_VERIFY(f.task(id).state == TaskState::Running);
        QVERIFY(f.open(u"a"_s));
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"exited 3"_s);
        QCOMPARE(f.task(id).survivors, 1);
        QCOMPARE(f.manager->liveCount(), 1);
        const QFuture<StopReport> stop = f.manager->stop(id, StoppedBy::Person);
        QTRY_VERIFY(stop.isFinished());
        QCOMPARE(stop.result(), (StopReport{1, {}}));
        QTRY_COMPARE(f.manager->liveCount(), 0);
        QCOMPARE(f.ended->size(), 1);
    }

    void anEndedTaskIsKeptAndWhatItLeftBehindCanBeStopped()
    {
        TwoRuns f;
        const QString id = f.start(u"setsid sleep 1000 >/dev/null 2>&1 & echo x"_s);
        QVERIFY(f.waitForEnd(id));
        const QVector<Task> stored = f.crash();
        QCOMPARE(stored.first().survivors, 1);
        f.manager->adopt(stored);
        QCOMPARE(f.task(id).digest, u"x"_s);
        QCOMPARE(f.manager->liveCount(), 1);
        const QFuture<StopReport> stop = f.manager->stop(id, StoppedBy::Person);
        QTRY_VERIFY(stop.isFinished());
        QCOMPARE(stop.result(), (StopReport{1, {}}));
        QTRY_COMPARE(f.manager->liveCount(), 0);
        QVERIFY(f.ended->isEmpty());
        QVERIFY(!isAlive(stored.first().supervisor));
    }

    void anEndedTaskIsKeptAsItWas()
    {
        TwoRuns f;
        Task stored = storedRunning(reusedPid());
        stored.state = TaskState::Exited;
        stored.exitCode = 4;
        stored.digest = u"as it was"_s;
        stored.logPath = f.path(kId, u"log"_s);
        Task withDaemon = stored;
        withDaemon.id = u"11111111"_s;
        withDaemon.survivors = 2;
        f.manager->adopt({stored, withDaemon});
        stored.spec.foreground = false;
        QCOMPARE(f.manager->tasks().size(), 2);
        QCOMPARE(f.task(kId), stored);
        QTRY_COMPARE(f.task(withDaemon.id).survivors, 0); // gone meanwhile
        QVERIFY(f.manager->stop(withDaemon.id, StoppedBy::Person).isFinished());
        QCOMPARE(f.task(kId), stored);
        QVERIFY(f.ended->isEmpty());
    }

    void whatWasNotStartedSaysSo_data()
    {
        QTest::addColumn<TaskState>("state");
        QTest::newRow("queued") << TaskState::Queued;
        QTest::newRow("starting") << TaskState::Starting;
    }

    void whatWasNotStartedSaysSo()
    {
        QFETCH(TaskState, state);
        TwoRuns f;
        f.manager->adopt({storedTask(state)});
        QVERIFY(f.waitForEnd(kId));
        QVERIFY(f.task(kId).state == TaskState::FailedToStart);
        QCOMPARE(f.task(kId).failure, u"The program ended before this command was started."_s);
        QVERIFY(!f.task(kId).startedAt.isValid());
        QCOMPARE(f.task(kId).endedAt, f.task(kId).createdAt);
        QCOMPARE(f.ended->size(), 1);
    }

    // The runner had its job already, and was slower than the next start of the program.
    void whatIsJustBeingStartedIsFound()
    {
        TwoRuns f;
        QVERIFY(QDir().mkpath(f.tasks()));
        f.manager->adopt({storedTask(TaskState::Queued)});
        QProcess runner;
        runner.start(TaskFixture::runnerPath(), {u"--standby"_s});
        QByteArray job;
        for (const QByteArray &word : {QByteArray("--folder"), f.path(kId).chopped(1).toUtf8(),
                 QByteArray("--cwd"), f.work.path().toUtf8(), QByteArray("--key"),
                 SealSecret::digitsOf(f.keyOf(kId)), QByteArray("--words"), QByteArray("2"), QByteArray("--"),
                 QByteArray("/bin/sleep"), QByteArray("1000")})
            job += word + '\0';
        runner.write(job);
        QTRY_VERIFY(f.task(kId).state == TaskState::Running);
        QCOMPARE(f.task(kId).supervisor.pid, runner.processId());
        const QFuture<StopReport> stop = f.manager->stop(kId, StoppedBy::Person);
        QTRY_VERIFY(stop.isFinished());
        QCOMPARE(describeState(f.task(kId)), u"stopped by the person"_s);
        QTRY_COMPARE(runner.state(), QProcess::NotRunning);
    }

    void sixtyFourAtOnceTakeTheirPlaces()
    {
        TwoRuns f;
        // Each sleeps until it gets a line of its own: 64 that look for a file keep the machine busy.
        QFile gate(f.work.filePath(u"gate"_s));
        QCOMPARE(::mkfifo(qPrintable(gate.fileName()), 0600), 0);
        QStringList ids;
        for (int i = 0; i < 64; ++i)
            ids.append(f.start(u"read -r -t 600 <>gate; echo %1; exit %1"_s.arg(i)));
        const auto running = [&f] {
            const QVector<Task> tasks = f.manager->tasks();
            return std::count_if(tasks.begin(), tasks.end(),
                [](const Task &task) { return task.state == TaskState::Running; });
        };
        QTRY_COMPARE_WITH_TIMEOUT(running(), 64, 120'000);
        f.crashAndAdopt();
        QTRY_COMPARE_WITH_TIMEOUT(running(), 64, 120'000);
        const QString further = f.start(u"echo further"_s);
        QVERIFY(f.task(further).state == TaskState::Queued);
        QVERIFY(gate.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        QCOMPARE(gate.write(QByteArray(64, '\n')), 64);
        QTRY_COMPARE_WITH_TIMEOUT(f.ended->size(), 65, 60'000);
        for (int i = 0; i < 64; ++i) {
            QCOMPARE(describeState(f.task(ids.at(i))), u"exited %1"_s.arg(i));
            QCOMPARE(f.task(ids.at(i)).digest, QString::number(i));
        }
        QCOMPARE(f.task(further).digest, u"further"_s);
        QCOMPARE(f.manager->tasks().last().id, further);
    }

    void aKilledProgramsTaskIsFoundByItsFolderAlone()
    {
        const QTemporaryDir state;
        TwoRuns f(64, SealSecret::inFolder(state.path()));
        QVERIFY(QDir().mkpath(f.tasks()));
        const QString command =
            u"echo 'a  b'"_s + TwoRuns::untilThere(u"a"_s) + u"echo \"\u00fc\n\"; exit 5"_s;
        QProcess owner;
        owner.start(qEnvironmentVariable("MEANWHILE_TEST_HELPERS") + u"/helper_taskowner"_s,
            {TaskFixture::runnerPath(), f.tasks(), f.work.path(), command, state.path()});
        QTRY_VERIFY(owner.canReadLine());
        const QString id = QString::fromLatin1(owner.readLine().trimmed());
        QTRY_VERIFY(QFile::exists(f.path(id, u"job"_s)));
        owner.kill();
        QTRY_COMPARE(owner.state(), QProcess::NotRunning);
        QCOMPARE(owner.exitStatus(), QProcess::CrashExit);
        f.manager->adopt({});
        QTRY_COMPARE(f.added->size(), 1);
        const auto task = f.added->first().first().value<Task>();
        QCOMPARE(task.id, id);
        QCOMPARE(task.spec.command, command);
        QCOMPARE(task.spec.workingDirectory, f.work.path());
        QVERIFY(!task.spec.foreground);
        QTRY_VERIFY(f.task(id).state == TaskState::Running);
        QVERIFY(qAbs(f.task(id).startedAt.secsTo(QDateTime::currentDateTimeUtc())) < 60);
        QVERIFY(isAlive(f.task(id).supervisor));
        QVERIFY(f.open(u"a"_s));
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"exited 5"_s);
        QCOMPARE(f.task(id).digest, u"a  b\n\u00fc\n"_s);
        QCOMPARE(f.ended->size(), 1);
    }

    void anUnknownFolderWhoseCommandEndedIsATask()
    {
        TwoRuns f;
        const QString id = f.start(u"echo x; exit 9"_s);
        QVERIFY(f.waitForEnd(id));
        f.crash();
        f.manager->adopt({});
        QTRY_COMPARE(f.ended->size(), 1);
        QCOMPARE(f.added->size(), 1);
        QCOMPARE(describeState(f.task(id)), u"exited 9"_s);
        QCOMPARE(f.task(id).spec.command, u"echo x; exit 9"_s);
        QCOMPARE(f.task(id).digest, u"x"_s);
        QVERIFY(f.task(id).createdAt.isValid() && f.task(id).endedAt.isValid());
    }

    // Its runner had its job before the program was killed, and is slower than the first look of the next
    // run.
    void anUnknownFolderThatIsMadeLateIsATask()
    {
        TwoRuns f;
        const QString first = f.start(u"exit 9"_s);
        QVERIFY(f.waitForEnd(first));
        f.crash();
        bool isMade = false;
        connect(f.manager.get(), &TaskManager::added, this, [&] {
            if (std::exchange(isMade, true))
                return;
            f.writeJob(kId, "make", reusedPid());
            f.writeStatus(kId, ended("exited 6"));
        });
        const QSignalSpy searched(f.manager.get(), &TaskManager::searched);
        f.manager->adopt({});
        QVERIFY(f.manager->isSearching());
        QTRY_COMPARE(searched.size(), 1);
        QVERIFY(!f.manager->isSearching());
        QTRY_COMPARE(f.ended->size(), 2);
        QCOMPARE(describeState(f.task(kId)), u"exited 6"_s);
        QCOMPARE(f.task(kId).spec.command, u"make"_s);
    }

    void damagedFilesAreNoEnd_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("bytes"); // none: it is a folder
        const QStringList files{u"status"_s, u"log"_s, u"job"_s};
        for (const QString &file : files) {
            QTest::addRow("%s a folder", qPrintable(file)) << file << QByteArray();
            QTest::addRow("%s zeros", qPrintable(file)) << file << QByteArray(5000, '\0');
            QTest::addRow("%s words", qPrintable(file)) << file << QByteArray("hello there\n");
        }
        QTest::newRow("status cut short") << u"status"_s << QByteArray("ended exited 0 bytes=0");
        QTest::newRow("status without a number") << u"status"_s << QByteArray("ended exited\n");
        QTest::newRow("job cut short") << u"job"_s << QByteArray("--folder\0/x\0--cwd\0/\0--\0rm -rf bu", 32);
    }

    void damagedFilesAreNoEnd()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, bytes);
        TwoRuns f;
        const QString other = u"99999999"_s; // known by its folder alone
        for (const QString &id : {kId, other}) {
            QVERIFY(f.write(id, u"status.part"_s, QByteArray(512, ' ')));
            QVERIFY(f.write(id, u"log"_s, emptyLog(reusedPid())));
            QVERIFY(f.writeJob(id, "make", reusedPid()));
            QFile::remove(f.path(id, file));
            QVERIFY(bytes.isEmpty() ? QDir().mkpath(f.path(id, file)) : f.write(id, file, bytes));
        }
        const QSignalSpy searched(f.manager.get(), &TaskManager::searched);
        f.manager->adopt({storedRunning(reusedPid())});
        QVERIFY(f.waitForEnd(kId));
        QCOMPARE(describeState(f.task(kId)), u"lost"_s);
        if (file == u"job"_s) { // what has no job is no task
            QTRY_COMPARE(searched.size(), 1);
            QVERIFY(f.added->isEmpty());
            return;
        }
        QVERIFY(f.waitForEnd(other));
        QCOMPARE(describeState(f.task(other)), u"lost"_s);
        QCOMPARE(f.task(other).spec.command, u"make"_s);
        QVERIFY(QFile::exists(f.path(other, file)));
    }

    void onlyAFolderWithNothingInItIsRemoved()
    {
        TwoRuns f;
        const QString empty = u"00000001"_s;
        const QString begun = u"00000002"_s;
        const QString withNote = u"00000003"_s;
        QVERIFY(QDir().mkpath(f.path(empty)));
        for (const QString &id : {begun, withNote, u"notatask"_s}) {
            QVERIFY(f.write(id, u"status.part"_s, QByteArray(512, ' ')));
            QVERIFY(f.write(id, u"log"_s, emptyLog({})));
        }
        QVERIFY(f.write(withNote, u"note"_s, "mine"));
        QVERIFY(f.write(u".."_s, kId, "a file where a folder should be"));
        f.manager->adopt({storedTask(TaskState::Running)});
        QTRY_VERIFY(!QFile::exists(f.path(empty)) && !QFile::exists(f.path(begun)));
        QVERIFY(f.waitForEnd(kId));
        QCOMPARE(describeState(f.task(kId)), u"lost"_s);
        QVERIFY(QFile::exists(f.path(withNote, u"note"_s)));
        QVERIFY(QFile::exists(f.path(u"notatask"_s, u"log"_s)));
        QVERIFY(f.added->isEmpty());
        QCOMPARE(f.manager->tasks().size(), 1);
    }

    void aTaskStartedMeanwhileIsNotTakenForARecoveredOne()
    {
        TwoRuns f;
        QVERIFY(QDir().mkpath(f.tasks()));
        f.manager->adopt({storedTask(TaskState::Queued)}); // its end is that of the search
        const QString id = f.start(u"echo new; exit 2"_s);
        QVERIFY(f.waitForEnd(id) && f.waitForEnd(kId));
        QCOMPARE(f.added->size(), 1);
        QCOMPARE(f.ended->size(), 2);
        QCOMPARE(describeState(f.task(id)), u"exited 2"_s);
    }

    void manyFoldersAreReadElsewhere_data()
    {
        QTest::addColumn<bool>("isStored");
        QTest::newRow("half of them stored as ended") << true;
        QTest::newRow("known by their folders alone") << false;
    }

    void manyFoldersAreReadElsewhere()
    {
        QFETCH(bool, isStored);
        TwoRuns f;
        QVector<Task> stored;
        for (int i = 0; i < kFolders; ++i) {
            Task task = storedRunning(reusedPid());
            task.id = u"%1"_s.arg(i, 8, 16, QChar(u'0'));
            task.state = i % 2 == 0 ? TaskState::Exited : TaskState::Running;
            QVERIFY(f.writeStatus(task.id, ended("exited 1")) && f.writeJob(task.id, "true", reusedPid()));
            stored.append(task);
        }
        int turns = 0;
        QTimer turn;
        QObject::connect(&turn, &QTimer::timeout, &turn, [&turns] { ++turns; });
        turn.start(0);
        f.manager->adopt(isStored ? stored : QVector<Task>());
        QCOMPARE(f.ended->size(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(f.ended->size(), isStored ? kFolders / 2 : kFolders, 30'000);
        // Read in the loop's own turns there would be one, or one for each folder's end.
        QVERIFY2(turns > 1, qPrintable(QString::number(turns)));
    }
};

MEANWHILE_TEST(TaskAdoptionTest)
#include "tst_taskadoption.moc"
