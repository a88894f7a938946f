// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "taskfixture.h"
#include "tasks/jobfile.h"
#include "tasks/plainfile.h"
#include "tasks/runnerprotocol.h"
#include "tasks/tasklog.h"
#include "tasks/taskoutput.h"

#include <QProcess>

#include <csignal>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

/// "1\n2\n…n\n", as seq writes it.
QByteArray sequence(int n)
{
    QByteArray text;
    for (int i = 1; i <= n; ++i)
        text += QByteArray::number(i) + '\n';
    return text;
}

QByteArray readThrough(const TaskLog &log, qint64 pieceBytes, qint64 *skipped)
{
    QByteArray all;
    LogPart part;
    do {
        part = *log.since(part.nextOffset, pieceBytes);
        *skipped += part.skippedBytes;
        all += part.bytes;
    } while (!part.atEnd);
    return all;
}

} // namespace

class TaskLogTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void keepsHeadAndTailAroundTheCap_data()
    {
        QTest::addColumn<int>("cap");
        QTest::addColumn<int>("last");
        QTest::newRow("empty") << 1000 << 0;
        QTest::newRow("inside the head") << 1000 << 50;
        QTest::newRow("inside the ring") << 1000 << 200;
        QTest::newRow("wrapped a little") << 1000 << 300;
        QTest::newRow("wrapped often") << 1000 << 100'000;
        QTest::newRow("odd cap") << 4097 << 50'000;
        QTest::newRow("smallest cap") << 2 << 100;
    }

    void keepsHeadAndTailAroundTheCap()
    {
        QFETCH(int, cap);
        QFETCH(int, last);
        TaskFixture f(64, cap);
        const QString id = f.start(u"seq %1"_s.arg(last));
        QVERIFY(f.waitForEnd(id));
        const QByteArray all = sequence(last);
        const Result<TaskLog> log = TaskLog::open(f.task(id).logPath);
        QVERIFY(log);
        const LogSummary summary = *log->summary();
        QCOMPARE(summary.totalBytes, all.size());
        QCOMPARE(summary.totalLines, last);
        // What is dropped ends with a block; the head has only whole ones.
        const qint64 block = (cap + 255) / 256;
        const qint64 head = cap / 2 / block * block;
        const qint64 tail = (all.size() - (cap - head) + block - 1) / block * block;
        QCOMPARE(summary.droppedBytes(), all.size() > cap ? tail - head : 0);
        for (const qint64 piece : {1LL, 7LL, 100'000LL}) {
            if (piece == 1 && cap > 2000)
                continue;
            qint64 skipped = 0;
            const QByteArray kept = readThrough(*log, piece, &skipped);
            QCOMPARE(skipped, summary.droppedBytes());
            QCOMPARE(kept.first(summary.gapStart), all.first(summary.gapStart));
            QCOMPARE(kept.sliced(summary.gapStart), all.sliced(summary.gapEnd));
        }
    }

    void marksTheDroppedMiddleInTheText()
    {
        TaskFixture f(64, 20);
        const QString id = f.start(u"printf 'aaaaaaaaa\\n'; printf '%01000d\\n' 7; printf 'zzzzzzzzz\\n'"_s);
        QVERIFY(f.waitForEnd(id));
        const Result<TaskLog> log = TaskLog::open(f.task(id).logPath);
        QCOMPARE(*log->text(1'000'000), u"aaaaaaaaa\n[… 1,001 bytes left out …]\nzzzzzzzzz"_s);
        QCOMPARE(*log->text(10), u"aaaaa\n[… 1,011 bytes left out …]\nzzzz"_s);
    }

    void givesTheLastLinesAndNoMore()
    {
        TaskFixture f(64, 10'000);
        const QString id = f.start(u"seq 100000; printf unfinished"_s);
        QVERIFY(f.waitForEnd(id));
        const Result<TaskLog> log = TaskLog::open(f.task(id).logPath);
        QCOMPARE(*log->lastLines(3, 1000), u"99999\n100000\nunfinished"_s);
        QVERIFY(log->lastLines(1000, 100)->startsWith(u"[… 588,"_s));
        QVERIFY(log->lastLines(100'000, 1'000'000)->contains(u"bytes left out …]\n"_s));
    }

    void findsLinesWithTheirNumbers()
    {
        TaskFixture f(64, 1000);
        const QString id = f.start(u"seq 5000"_s);
        QVERIFY(f.waitForEnd(id));
        const Result<TaskLog> log = TaskLog::open(f.task(id).logPath);
        const Result<LogText> all = log->allLines();
        const QByteArrayList lines = all->text.split('\n');
        QVERIFY(all->linesLeftOut > 0);
        for (const QByteArray &line : {"7"_qba, "4990"_qba, "5000"_qba})
            QCOMPARE(all->numberOf(lines.indexOf(line) + 1), line.toLongLong());
        QCOMPARE(lines.last(), QByteArray());
    }

    void followsALogThatIsStillWritten()
    {
        TaskFixture f;
        const QString id =
            f.start(u"echo one; until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done; echo two"_s);
        QTRY_COMPARE(f.task(id).outputBytes, 4);
        const Result<TaskLog> log = TaskLog::open(f.task(id).logPath);
        LogPart part = *log->since(0, 1000);
        QCOMPARE(part, (LogPart{"one\n", 4, 0, true}));
        QVERIFY(log->since(part.nextOffset, 1000)->bytes.isEmpty());
        QVERIFY(QFile(f.work.filePath(u"go"_s)).open(QIODevice::WriteOnly));
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(*log->since(part.nextOffset, 1000), (LogPart{"two\n", 8, 0, true}));
    }

    // The ring is overwritten while it is read: what comes out must still be one piece of the sequence.
    void neverMixesOldAndNewBytesOfTheRing()
    {
        TaskFixture f(64, 64 * 1024);
        const QString id = f.start(u"seq 1000000 9000000"_s);
        QTRY_VERIFY(TaskLog::open(f.task(id).logPath).has_value());
        const Result<TaskLog> log = TaskLog::open(f.task(id).logPath);
        int pieces = 0;
        while (!f.hasEnded(id)) {
            const LogSummary summary = *log->summary();
            const LogPart part = *log->since(summary.gapEnd, 64 * 1024);
            const QList<QByteArray> lines = part.bytes.split('\n');
            for (qsizetype i = 2; i + 1 < lines.size(); ++i)
                QCOMPARE(lines.at(i).toInt(), lines.at(i - 1).toInt() + 1);
            ++pieces;
            QCoreApplication::processEvents();
        }
        QVERIFY(pieces > 0);
    }

    void isReadableAfterItsWriterWasKilled()
    {
        TaskFixture f;
        const QString id = f.start(u"echo kept; until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done"_s);
        QTRY_COMPARE(f.task(id).outputBytes, 5);
        QVERIFY(f.signalRunner(id, SIGKILL));
        QVERIFY(QFile(f.work.filePath(u"go"_s)).open(QIODevice::WriteOnly));
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"lost"_s);
        QCOMPARE(f.task(id).digest, u"kept"_s);
        QCOMPARE(*TaskLog::open(f.task(id).logPath)->text(1000), u"kept"_s);
    }

    void keepsHeadAndTailOfWhatAFullDiskHolds()
    {
        const QTemporaryDir folder;
        QProcess runner; // the limit on file sizes stands for a disk that is full after 64 KiB
        runner.start(u"bash"_s,
            {u"-c"_s, u"ulimit -f 64; exec \"$0\" --folder \"$1\" --cwd / -- /usr/bin/seq 100000"_s,
                TaskFixture::runnerPath(), folder.path()});
        QTRY_COMPARE(runner.state(), QProcess::NotRunning);
        const QByteArray status = runner.readAllStandardOutput();
        QVERIFY2(status.contains("ended exited 0 bytes=588895 lines=100000"), status.constData());
        QVERIFY2(status.contains("log_errno=27 lost_bytes=0"), status.constData());
        const Result<TaskLog> log = TaskLog::open(folder.filePath(u"log"_s));
        QVERIFY(log->text(100)->startsWith(u"1\n2\n3\n"_s));
        QCOMPARE(*log->lastLines(2, 100), u"99999\n100000"_s);
        QVERIFY(log->summary()->droppedBytes() > 0);
    }

    // Opened as if the look at it had come before somebody put it there.
    void onlyFilesAreOpened_data()
    {
        QTest::addColumn<QString>("made");
        QTest::newRow("a pipe") << u"mkfifo x"_s;
        QTest::newRow("a folder") << u"mkdir x"_s;
        QTest::newRow("a link") << u"echo words > y; ln -s y x"_s;
        QTest::newRow("a device") << u"ln -s /dev/zero x"_s;
    }

    void onlyFilesAreOpened()
    {
        QFETCH(QString, made);
        const QTemporaryDir folder;
        QProcess shell;
        shell.setWorkingDirectory(folder.path());
        shell.start(u"sh"_s, {u"-c"_s, made});
        QVERIFY(shell.waitForFinished());
        const QString path = folder.filePath(u"x"_s);
        QVERIFY(QFileInfo(path).exists());
        QVERIFY(openPlainFile(path).error().kind == ErrorKind::Protocol);
        QVERIFY(TaskLog::open(path).error().kind == ErrorKind::Protocol);
        QVERIFY(!readJobFile(path, {}));
        QVERIFY(!readAnyStatusFile(path).hasEnd());
    }

    void saysThatThereIsNoLog()
    {
        const QTemporaryDir folder;
        const Result<TaskLog> missing = TaskLog::open(folder.filePath(u"log"_s));
        QVERIFY(!missing);
        QVERIFY(missing.error().kind == ErrorKind::NotFound);
        QVERIFY(QFile(folder.filePath(u"empty"_s)).open(QIODevice::WriteOnly));
        QCOMPARE(*TaskLog::open(folder.filePath(u"empty"_s))->text(10), QString());
        const Result<TaskLog> damaged = TaskLog::open(QCoreApplication::applicationFilePath());
        QVERIFY(damaged->summary().error().kind == ErrorKind::Protocol);
        QCOMPARE(finalOutputOf(u"/nowhere/log"_s, 0, {}).digest, QString());
    }
};

MEANWHILE_TEST(TaskLogTest)
#include "tst_tasklog.moc"
