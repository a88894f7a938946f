// SPDX-License-Identifier: MIT
#include "recoveredfiles.h"
#include "support/testregistry.h"
#include "taskfixture.h"
#include "tasks/tasklog.h"
#include "tworuns.h"

#include <QProcess>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

/// What commands of the same person have put where the program looks for its own.
class TaskForgeryTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    // A command that knows all of it but the secret.
    void whatOtherProgramsHaveWrittenIsNoTask_data()
    {
        QTest::addColumn<QByteArray>("job");
        QTest::addColumn<QByteArray>("status");
        const QString source = u"/x/tasks/11111111"_s;
        const Runner::SealKey guessed = SealSecret::random().keyFor(source);
        QTest::newRow("without a seal") << QByteArray("--cwd\0/\0--\0make\0", 16) << ended("exited 0");
        QTest::newRow("sealed with another key")
            << sealedJob("make", self(), guessed) << sealedStatus(ended("exited 0"), guessed);
        QTest::newRow("copied from another task") << QByteArray("copy") << QByteArray("copy");
        QTest::newRow("an end alone") << QByteArray() << ended("exited 0");
    }

    void whatOtherProgramsHaveWrittenIsNoTask()
    {
        QFETCH(QByteArray, job);
        QFETCH(QByteArray, status);
        TwoRuns f;
        const QString own = f.start(u"echo x; exit 9"_s);
        QVERIFY(f.waitForEnd(own));
        if (job == "copy") {
            job = read(f.path(own, u"job"_s));
            status = read(f.path(own, u"status"_s));
            QVERIFY(job.contains("exit 9") && status.startsWith("ended exited 9 "));
        }
        QVERIFY(job.isEmpty() || f.write(kId, u"job"_s, job));
        QVERIFY(f.write(kId, u"status"_s, status));
        QVERIFY(f.write(kId, u"log"_s, emptyLog(self())));
        const QVector<Task> stored = f.crash();
        const QSignalSpy searched(f.manager.get(), &TaskManager::searched);
        f.manager->adopt(stored);
        QTRY_COMPARE(searched.size(), 1);
        QCOMPARE(f.manager->tasks().size(), 1);
        QVERIFY(f.added->isEmpty() && f.ended->isEmpty());
        QVERIFY(QFile::exists(f.path(kId, u"status"_s))); // it is not this program's to remove
    }

    // A log's header names any process of the person's: it must never get the signal of a stop.
    void aForgedSupervisorIsNeverSignalled_data()
    {
        QTest::addColumn<bool>("isNamedInItsRow");
        QTest::newRow("in the log's header") << false;
        QTest::newRow("in the stored row") << true;
    }

    void aForgedSupervisorIsNeverSignalled()
    {
        QFETCH(bool, isNamedInItsRow);
        TwoRuns f;
        QProcess victim;
        victim.start(u"sleep"_s, {u"1000"_s});
        QVERIFY(victim.waitForStarted());
        const ProcessIdentity named = *identityOf(victim.processId());
        QVERIFY(f.write(kId, u"log"_s, emptyLog(named)));
        QVERIFY(f.write(kId, u"job"_s, QByteArray("--cwd\0/\0--\0make\0", 16)));
        Task stored = storedTask(TaskState::Running);
        if (isNamedInItsRow)
            stored.supervisor = named;
        f.manager->adopt({stored});
        const QFuture<StopReport> stop = f.manager->stop(kId, StoppedBy::Person);
        QVERIFY(f.waitForEnd(kId));
        QTRY_VERIFY(stop.isFinished());
        QCOMPARE(describeState(f.task(kId)), u"lost"_s);
        QCOMPARE(victim.state(), QProcess::Running);
        QVERIFY(isAlive(named));
        victim.kill();
        QVERIFY(victim.waitForFinished());
    }

    void aRewrittenEndIsNoEnd_data()
    {
        QTest::addColumn<bool>("isSealedElsewhere");
        QTest::newRow("by hand") << false;
        QTest::newRow("by that of another task") << true;
    }

    void aRewrittenEndIsNoEnd()
    {
        QFETCH(bool, isSealedElsewhere);
        TwoRuns f;
        const QString good = f.start(u"echo good"_s);
        const QString bad = f.startUntil(u"true"_s, u"a"_s, u"echo bad; exit 9"_s);
        QVERIFY(f.waitForEnd(good));
        const QVector<Task> stored = f.crash();
        QVERIFY(f.open(u"a"_s));
        QVERIFY(f.waitForStatus(bad));
        QByteArray status = read(f.path(isSealedElsewhere ? good : bad, u"status"_s));
        QVERIFY(f.write(bad, u"status"_s, status.replace("exited 9", "exited 0")));
        f.manager->adopt(stored);
        QVERIFY(f.waitForEnd(bad));
        QCOMPARE(describeState(f.task(bad)), u"lost"_s);
        QVERIFY2(f.task(bad).failure.contains(u"was not written by its supervisor"_s),
            qPrintable(f.task(bad).failure));
    }

    // Whoever can write to the store can write an end into it.
    void aStoredEndCountsAsItsFolderTells_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("state");
        QTest::newRow("it has ended in another way") << u"ended"_s << u"exited 9"_s;
        QTest::newRow("it runs") << u"running"_s << u"running"_s;
        QTest::newRow("its folder is gone") << u"gone"_s << u"lost"_s;
        QTest::newRow("no end is sealed") << u"unsealed"_s << u"lost"_s;
        QTest::newRow("the folder of another task is named") << u"other"_s << u"exited 9"_s;
    }

    void aStoredEndCountsAsItsFolderTells()
    {
        QFETCH(QString, folder);
        QFETCH(QString, state);
        TwoRuns f;
        const QString good = f.start(u"echo good"_s);
        const QString id = f.startUntil(u"echo begun"_s, u"a"_s, u"echo real words; exit 9"_s);
        QVERIFY(f.waitForEnd(good));
        QVector<Task> stored = f.crash();
        Task &row = stored.first().id == id ? stored.first() : stored.last();
        row.state = TaskState::Exited;
        row.exitCode = 0;
        row.digest = row.lastLine = u"ALL TESTS PASSED"_s;
        row.spec.command = u"make security-audit"_s;
        row.endedAt = row.startedAt;
        if (folder == u"other"_s)
            row.logPath = f.path(good, u"log"_s);
        if (folder != u"running"_s) {
            QVERIFY(f.open(u"a"_s));
            QVERIFY(f.waitForStatus(id));
            QTRY_VERIFY(!isAlive(row.supervisor));
        }
        if (folder == u"unsealed"_s)
            QVERIFY(f.write(id, u"status"_s, ended("exited 0")));
        if (folder == u"gone"_s)
            QVERIFY(QDir(f.path(id)).removeRecursively());
        f.manager->adopt(stored, {id});
        QVERIFY(!f.task(id).hasEnded());
        QTRY_COMPARE(describeState(f.task(id)), state);
        QVERIFY(!f.task(id).digest.contains(u"PASSED"_s) && !f.task(id).lastLine.contains(u"PASSED"_s));
        QCOMPARE(f.ended->size(), folder == u"running"_s ? 0 : 1);
        QCOMPARE(f.task(id).failure.startsWith(u"Its end is not on record"_s), state == u"lost"_s);
        if (folder != u"gone"_s)
            QVERIFY(f.task(id).spec.command.contains(u"exit 9"_s));
        if (state == u"exited 9"_s)
            QCOMPARE(f.task(id).digest, u"begun\nreal words"_s);
        QCOMPARE(f.task(good).digest, u"good"_s); // a message tells it
    }

    void aRowWithoutATasksNameIsNone()
    {
        TwoRuns f;
        const QString good = f.start(u"echo good"_s);
        QVERIFY(f.waitForEnd(good));
        QVector<Task> stored = f.crash();
        Task row = stored.first();
        row.id = u"../tasks/"_s + good;
        f.manager->adopt({stored.first(), row}, {row.id});
        QCOMPARE(f.manager->tasks().size(), 1);
    }

    void aRewrittenLogIsWithheld_data()
    {
        QTest::addColumn<qint64>("position");
        QTest::newRow("the first byte") << qint64(0);
        QTest::newRow("in the head") << qint64(900);
        QTest::newRow("in the tail") << qint64(7'000);
    }

    void aRewrittenLogIsWithheld()
    {
        QFETCH(qint64, position);
        TaskFixture f(64, 10'000);
        const QString gate = u"; touch said; until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done; exit 3"_s;
        const QString id = f.start(u"seq 20000"_s + gate);
        QVERIFY(f.waitForFile(u"said"_s));
        QTRY_VERIFY(f.task(id).outputLines == 20'000);
        QFile log(f.task(id).logPath);
        QVERIFY(log.open(QIODevice::ReadWrite) && log.seek(4096 + position));
        QVERIFY(log.write("#") == 1);
        log.close();
        QVERIFY(QFile(f.work.filePath(u"go"_s)).open(QIODevice::WriteOnly));
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"exited 3"_s);
        QCOMPARE(f.task(id).digest, QString());
        QVERIFY2(
            f.task(id).failure.contains(u"changed by another process"_s), qPrintable(f.task(id).failure));
    }

    void aRewrittenLogIsNamedBesideAnotherTrouble()
    {
        TaskFixture f;
        QVERIFY(f.waitForEnd(f.start(u"true"_s)));
        QVERIFY(QDir(f.folder.path()).removeRecursively());
        const QString id = f.start(u"echo x"_s + TwoRuns::untilThere(u"go"_s));
        QTRY_VERIFY(f.task(id).outputLines == 1);
        QFile log(f.task(id).logPath);
        QVERIFY(log.open(QIODevice::ReadWrite) && log.seek(4096) && log.write("#") == 1);
        log.close();
        QVERIFY(QFile(f.work.filePath(u"go"_s)).open(QIODevice::WriteOnly));
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(f.task(id).digest, QString());
        for (const QString &words : {u"had been removed"_s, u"changed by another process"_s})
            QVERIFY2(f.task(id).failure.contains(words), qPrintable(f.task(id).failure));
    }

    // Of every length around blocks and rings what was written is believed, also while it is being written.
    void anUntouchedLogIsBelieved_data()
    {
        QTest::addColumn<qint64>("cap");
        for (const qint64 cap : {2, 3, 255, 256, 257, 1'000, 4'099, 100'000, 1'000'000})
            QTest::addRow("%lld bytes", cap) << cap;
    }

    void anUntouchedLogIsBelieved()
    {
        QFETCH(qint64, cap);
        TaskFixture f(64, cap);
        const qint64 block = (cap + 255) / 256;
        for (const qint64 bytes : {cap / 2 / block * block, cap, cap + 1, cap + block, 3 * cap + 7}) {
            const QString id = f.startWaitedFor(
                u"head -c %1 /dev/zero | tr '\\0' x | head -c %2; head -c %3 /dev/zero"_s.arg(bytes)
                    .arg(bytes / 2)
                    .arg(bytes - bytes / 2));
            QVERIFY(f.waitForEnd(id));
            QCOMPARE(f.task(id).failure, QString());
            QCOMPARE(f.task(id).outputBytes, bytes);
            QVERIFY(TaskLog::open(f.task(id).logPath)->copyAsWritten(f.manager.sealKey(id)));
        }
    }

    // The header says anything, and the file is as long as it says; nothing of it is read.
    void aLogThatClaimsMoreThanAnyIsWithheldAtOnce_data()
    {
        QTest::addColumn<quint64>("stored");
        QTest::addColumn<quint64>("lost");
        QTest::newRow("a terabyte") << (quint64(1) << 40) << quint64(0);
        QTest::newRow("a sum below zero") << (quint64(1) << 40) << ~quint64(0) - (quint64(1) << 41);
        QTest::newRow("more than there can be") << ~quint64(0) << quint64(0);
    }

    void aLogThatClaimsMoreThanAnyIsWithheldAtOnce()
    {
        QFETCH(quint64, stored);
        QFETCH(quint64, lost);
        TaskFixture f;
        const QString id = f.start(u"echo x"_s + TwoRuns::untilThere(u"go"_s));
        QTRY_VERIFY(f.task(id).outputLines == 1);
        QFile log(f.task(id).logPath);
        QVERIFY(log.open(QIODevice::ReadWrite));
        Runner::LogHeader header;
        QVERIFY(log.read(reinterpret_cast<char *>(&header), sizeof header) == sizeof header);
        header.headBytes = header.storedBytes = stored;
        header.lostBytes = lost;
        header.check = headerCheck(header);
        QVERIFY(log.seek(0) && log.write(reinterpret_cast<const char *>(&header), sizeof header) > 0);
        QVERIFY(log.resize(qint64(1) << 40));
        log.close();
        const Result<TaskLog> opened = TaskLog::open(f.task(id).logPath);
        QVERIFY(opened->copyAsWritten(f.manager.sealKey(id)).error() == LogDoubt::Changed);
        QVERIFY(f.signalRunner(id, SIGKILL)); // so that no header follows
        QVERIFY(QFile(f.work.filePath(u"go"_s)).open(QIODevice::WriteOnly));
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(f.task(id).digest, QString());
        QVERIFY2(f.task(id).failure.contains(stored == quint64(1) << 40 && lost == 0
                                                 ? u"changed by another process"_s
                                                 : u"output was not kept"_s),
            qPrintable(f.task(id).failure));
    }

    // The ring goes round all the time, which is no reason to doubt it or to believe all of it.
    void aLogThatIsBeingWrittenIsBelievedUnlessItIsChanged_data()
    {
        QTest::addColumn<qint64>("cap");
        QTest::newRow("a small one") << qint64(100'000);
        QTest::newRow("one of the usual size") << qint64(16 * 1024 * 1024);
    }

    void aLogThatIsBeingWrittenIsBelievedUnlessItIsChanged()
    {
        QFETCH(qint64, cap);
        TaskFixture f(64, cap);
        const QString id = f.start(u"yes"_s);
        QTRY_VERIFY(f.task(id).outputBytes > 2 * cap);
        const Runner::SealKey key = f.manager.sealKey(id);
        const Result<TaskLog> log = TaskLog::open(f.task(id).logPath);
        int copies = 0;
        for (int i = 0; i < 10; ++i) {
            const auto copy = log->copyAsWritten(key);
            QVERIFY(copy || copy.error() == LogDoubt::Overtaken);
            if (!copy)
                continue;
            ++copies;
            const LogSummary kept = *copy->summary();
            QCOMPARE(copy->since(0, cap)->bytes.size(), kept.gapStart);
            QCOMPARE(copy->since(kept.gapEnd, cap)->bytes.size(), kept.endOffset - kept.gapEnd);
        }
        QVERIFY(copies > 0);
        QFile forged(f.task(id).logPath);
        QVERIFY(forged.open(QIODevice::ReadWrite) && forged.seek(4096) && forged.write("#") == 1);
        forged.close();
        for (int i = 0; i < 10; ++i)
            QVERIFY(!log->copyAsWritten(key)); // however often its header has been sealed since
    }

    void anOlderLogOfTheSameTaskIsWithheld()
    {
        TaskFixture f;
        const QString id =
            f.start(u"echo one; touch said; until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done; "
                    "echo two; touch more; until [ -e end ] || ! [ -d $PWD ]; do sleep 0.01; done"_s);
        QTRY_VERIFY(f.task(id).outputLines == 1);
        const QString path = f.task(id).logPath;
        const QByteArray earlier = read(path);
        QVERIFY(QFile(f.work.filePath(u"go"_s)).open(QIODevice::WriteOnly));
        QTRY_VERIFY(f.task(id).outputLines == 2);
        QFile log(path);
        QVERIFY(log.open(QIODevice::WriteOnly) && log.write(earlier) == earlier.size());
        log.close();
        QVERIFY(QFile(f.work.filePath(u"end"_s)).open(QIODevice::WriteOnly));
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(f.task(id).digest, QString());
        QVERIFY2(
            f.task(id).failure.contains(u"changed by another process"_s), qPrintable(f.task(id).failure));
    }

    // What is stored can be written to; only a supervisor's seal, or this run itself, vouches for a command.
    void aStoredCommandIsVouchedForByItsSeal()
    {
        TwoRuns f;
        const QString id = f.start(u"echo x"_s);
        QVERIFY(f.waitForEnd(id));
        QVERIFY(f.manager->isOwnCommand(id, u"echo x"_s).result());
        QVERIFY(!f.manager->isOwnCommand(id, u"echo y"_s).result());
        QVector<Task> stored = f.crash();
        f.manager->adopt(stored);
        QVERIFY(f.manager->isOwnCommand(id, u"echo x"_s).result());
        QVERIFY(!f.manager->isOwnCommand(id, u"echo y"_s).result());
        QVERIFY(f.write(id, u"job"_s, QByteArray("--cwd\0/\0--\0echo x\0", 18)));
        QVERIFY(!f.manager->isOwnCommand(id, u"echo x"_s).result());
        QVERIFY(!f.manager->isOwnCommand(u"99999999"_s, u"echo x"_s).result());
    }
};

MEANWHILE_TEST(TaskForgeryTest)
#include "tst_taskforgery.moc"
