// SPDX-License-Identifier: MIT
#include "base/sanitizers.h"
#include "run.h"
#include "support/testregistry.h"
#include "tasks/jobfile.h"
#include "tasks/runnerprotocol.h"

#include <QtTest>

#include <csignal>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

class MeanwhileRunTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void refusesAWrongCall_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList();
        QTest::newRow("no command") << QStringList{u"--folder"_s, u"/tmp/x"_s, u"--cwd"_s, u"/"_s, u"--"_s};
        QTest::newRow("no folder") << QStringList{u"--cwd"_s, u"/"_s, u"--"_s, u"true"_s};
        QTest::newRow("unknown option") << QStringList{u"--fast"_s, u"1"_s, u"--"_s, u"true"_s};
        QTest::newRow("bad number") << QStringList{
            u"--folder"_s, u"/tmp/x"_s, u"--cwd"_s, u"/"_s, u"--log-cap"_s, u"-1"_s, u"--"_s, u"true"_s};
        QTest::newRow("secrets where everybody sees them") << QStringList{
            u"--folder"_s, u"/tmp/x"_s, u"--cwd"_s, u"/"_s, u"--token"_s, u"x"_s, u"--"_s, u"true"_s};
        QTest::newRow("more words than told") << QStringList{
            u"--folder"_s, u"/tmp/x"_s, u"--cwd"_s, u"/"_s, u"--words"_s, u"1"_s, u"--"_s, u"true"_s, u"x"_s};
        QTest::newRow("fewer words than told") << QStringList{
            u"--folder"_s, u"/tmp/x"_s, u"--cwd"_s, u"/"_s, u"--words"_s, u"2"_s, u"--"_s, u"true"_s};
    }

    void refusesAWrongCall()
    {
        QFETCH(QStringList, arguments);
        QProcess process;
        process.start(Run::program(), arguments);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().startsWith("usage: meanwhile-run"));
    }

    // No shell in between: whatever is in a word, the program gets it, under its own file's name.
    void runsAnyProgramWithAnyWords()
    {
        Run run;
        run.process.start(Run::program(),
            {u"--folder"_s, run.path({}), u"--cwd"_s, run.folder.path(), u"--"_s, u"/bin/sh"_s, u"-c"_s,
                u"echo $0; printf '[%s]' \"$@\""_s, u"--"_s, u"a b"_s, QString(), u"$x"_s, u"--"_s});
        QVERIFY(run.waitForEnd());
        QCOMPARE(run.output(), QByteArray("--\n[a b][][$x][--]"));
        run.process.start(
            Run::program(), {u"--folder"_s, run.folder.filePath(u"second"_s), u"--cwd"_s, run.folder.path(),
                                u"--"_s, u"/bin/cat"_s, u"/proc/self/cmdline"_s});
        QVERIFY(run.waitForEnd());
        QVERIFY(run.readOf(u"second"_s, u"log"_s).endsWith(QByteArray("cat\0/proc/self/cmdline\0", 23)));
    }

    void runsNoJobThatDoesNotTellHowManyWordsItHas()
    {
        Run run;
        QByteArray job = run.job(u"true"_s);
        QVERIFY(job.contains("--words"));
        run.standBy(job.replace(Run::asWords({u"--words"_s, u"4"_s}), QByteArray()));
        QVERIFY(run.waitForEnd());
        QVERIFY(!QFile::exists(run.path({})));
    }

    void standsByUntilItIsToldWhatToDo()
    {
        Run run;
        const QString command =
            u"read x; echo \"$? [$x]\"; echo '"_s + QString(100'000, u'x') + u"' | wc -c; exit 3"_s;
        run.standBy(run.job(command));
        QVERIFY(run.waitForEnd());
        QVERIFY(run.read(u"status"_s).startsWith("ended exited 3 "));
        QCOMPARE(run.output(), QByteArray("1 []\n100001\n"));
    }

    void aCommandLongerThanTheSystemTakesRunsNoDifferently_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QByteArray>("end");
        QTest::addColumn<QByteArray>("output");
        const QString filler = u": '"_s + QString(131'072, u'x') + u"'\n"_s;
        QTest::newRow("its surroundings")
            << filler +
                   u"echo $0 $# $LINENO; read x; echo $?; readlink /proc/self/fd/0; ls /proc/self/fd | wc -l; exit 7"_s
            << QByteArray("ended exited 7 ") << QByteArray("bash 0 2\n1\n/dev/null\n4\n");
        QTest::newRow("a document in it")
            << u"wc -m <<'E'\n"_s + QString(131'072, QChar(0xd55c)) + u"\nE\necho $LINENO"_s
            << QByteArray("ended exited 0 ") << QByteArray("131073\n4\n");
        QTest::newRow("its options") << filler + u"set -e\nfalse\necho not reached"_s
                                     << QByteArray("ended exited 1 ") << QByteArray();
        QTest::newRow("its traps") << filler + u"trap 'echo bye; cat' EXIT; exit 3"_s
                                   << QByteArray("ended exited 3 ") << QByteArray("bye\n");
        QTest::newRow("its signal") << filler + u"kill -9 $$"_s << QByteArray("ended signaled 9 ")
                                    << QByteArray();
        QTest::newRow("its syntax error") << filler + u"exec 2>/dev/null; echo a\nif ("_s
                                          << QByteArray("ended exited 2 ") << QByteArray("a\n");
    }

    void aCommandLongerThanTheSystemTakesRunsNoDifferently()
    {
        QFETCH(QString, command);
        QFETCH(QByteArray, end);
        QFETCH(QByteArray, output);
        Run run;
        qputenv("LC_ALL", "C.UTF-8");
        run.standBy(run.job(command));
        qunsetenv("LC_ALL");
        QVERIFY(run.waitForEnd());
        QVERIFY2(run.read(u"status"_s).startsWith(end), run.read(u"status"_s));
        QCOMPARE(run.output(), output);
        QVERIFY(run.read(u"job"_s).endsWith(command.toUtf8() + '\0'));
    }

    void tellsWhoAskedForAStopAndBelievesNoCommand()
    {
        Run asked;
        asked.start(u"sleep 1000"_s);
        QTRY_VERIFY(asked.said().contains("started "));
        ::sigqueue(pid_t(asked.process.processId()), SIGTERM, sigval{2});
        QVERIFY(asked.waitForEnd());
        QVERIFY2(asked.said().contains("ended stopped 2 "), asked.said());
        Run forged;
        forged.start(u"/bin/kill -q 2 -TERM $PPID; sleep 1000"_s);
        QVERIFY(forged.waitForEnd());
        QVERIFY2(forged.said().contains("ended stopped 0 "), forged.said());
    }

    void sweepsWhatAKilledSupervisorLeft()
    {
        Run run;
        run.start(u"(setsid sleep 1000 &); touch ready; exec env -i sleep 1000"_s);
        QVERIFY(run.waitForFile(u"ready"_s));
        QTRY_VERIFY(run.said().contains('\n'));
        const QList<QByteArray> started = run.said().left(run.said().indexOf('\n')).split(' ');
        const QString pid = QString::fromLatin1(started.value(started.size() - 2));
        const QString ticks = QString::fromLatin1(started.last());
        run.signal(SIGKILL);
        QVERIFY(run.waitForEnd());
        QProcess watch;
        watch.start(Run::program(), {u"--watch"_s, pid, ticks, run.id});
        watch.write("word", 5);
        QByteArray told; // what ends with the shell, or belongs to a test before, may be counted first
        QTRY_VERIFY((told += watch.readAllStandardOutput()).endsWith("word survivors 2\n"));
        QProcess sweep;
        sweep.start(Run::program(), {u"--sweep"_s, pid, ticks, run.id});
        sweep.write("", 1); // no token
        QVERIFY(sweep.waitForFinished());
        QCOMPARE(sweep.readAllStandardOutput(), QByteArray("swept 2\n"));
        QVERIFY(watch.waitForFinished());
        QVERIFY(watch.readAllStandardOutput().endsWith("word survivors 0\n"));
    }

    void neverRunsAJobThatWasCutShort()
    {
        Run whole;
        const QByteArray job = whole.job(u"true"_s);
        for (qsizetype size = 0; size < job.size(); ++size) {
            whole.standBy(job.first(size));
            QVERIFY(whole.waitForEnd());
            QCOMPARE(whole.process.exitCode(), 0);
            QVERIFY2(!QFile::exists(whole.path({})), QByteArray::number(size));
        }
    }

    void runsOneCommandAfterAnother()
    {
        Run run;
        run.standBy();
        run.process.write(run.job(u"echo first; kill -KILL $$"_s, u"first"_s));
        QTRY_VERIFY(run.said().endsWith("ready\n"));
        QVERIFY(run.readOf(u"first"_s, u"status"_s).startsWith("ended signaled 9 "));
        const QByteArray started = run.said().left(run.said().indexOf('\n') + 1);
        const QByteArray second = run.job(u"echo second; exit 4"_s, u"second"_s);
        for (const char byte : second.first(second.size() - 1)) { // it waits for the last one
            run.process.write(&byte, 1);
            QVERIFY(run.process.waitForBytesWritten());
        }
        QVERIFY(!QFile::exists(run.folder.filePath(u"second"_s)));
        run.process.write("", 1);
        QTRY_COMPARE(run.said().count("ready\n"), 2);
        QCOMPARE(run.said().count(started), 2); // the same process
        QVERIFY(run.readOf(u"second"_s, u"status"_s).startsWith("ended exited 4 bytes=7 lines=1 "));
        QVERIFY(run.readOf(u"second"_s, u"log"_s).endsWith("second\n"));
        QVERIFY(run.readOf(u"first"_s, u"log"_s).endsWith("first\n"));
        run.process.closeWriteChannel();
        QVERIFY(run.waitForEnd());
        QCOMPARE(run.process.exitCode(), 0);
    }

    // What it says begins with the token of each job, and what it keeps is sealed with each job's key.
    void isKnownByWhatCameWithTheJob()
    {
        Run run;
        run.standBy();
        const QByteArray key(32, '7');
        const auto secrets = [&key](const QByteArray &token) {
            return "--token" + QByteArray(1, '\0') + token + '\0' + "--key" + '\0' + key + '\0';
        };
        run.process.write(secrets("first") + run.job(u"cat /proc/$PPID/cmdline; env; exit 3"_s, u"one"_s));
        QTRY_VERIFY(run.said().endsWith("first ready\n"));
        run.process.write(
            secrets("second") + run.job(u"exec >/dev/null 2>&1; sleep 1000 & exit 4"_s, u"two"_s));
        QTRY_VERIFY(run.said().contains("second ended exited 4 "));
        run.signal(SIGTERM);
        QVERIFY(run.waitForEnd());
        const QByteArrayList lines = run.said().trimmed().split('\n');
        QCOMPARE(lines.size(), 7); // started, ended, ready; started, ended, swept, survivors
        for (qsizetype i = 0; i < lines.size(); ++i)
            QVERIFY2(lines.at(i).startsWith(i < 3 ? "first " : "second "), lines.at(i).constData());
        QVERIFY(!run.readOf(u"one"_s, u"log"_s).contains("first") &&
                !run.readOf(u"one"_s, u"log"_s).contains(key));

        Runner::SealKey sealKey;
        QVERIFY(Runner::readKey(key.constData(), sealKey));
        for (const QString &task : {u"one"_s, u"two"_s}) {
            const QString status = run.folder.filePath(task + u"/status"_s);
            QCOMPARE(readStatusFile(status, sealKey).events, readAnyStatusFile(status).events);
            QCOMPARE(readStatusFile(status, sealKey).events.size(), task == u"one"_s ? 1 : 2);
            QVERIFY(readJobFile(run.folder.filePath(task + u"/job"_s), sealKey));
        }
        sealKey.second ^= 1;
        QVERIFY(!readStatusFile(run.folder.filePath(u"one/status"_s), sealKey).hasEnd());
        QVERIFY(!readJobFile(run.folder.filePath(u"one/job"_s), sealKey));
    }

    // Three of the values that its authors give for the key 00 01 … 0f and the messages 00, 00 01, ….
    void sealsAsSipHashIsPublished()
    {
        const Runner::SealKey key{0x0706050403020100ULL, 0x0f0e0d0c0b0a0908ULL, true};
        const auto valueOf = [&key](int size, int piece) {
            Runner::SipHash hash(key);
            QByteArray bytes;
            for (int i = 0; i < size; ++i)
                bytes += char(i);
            for (int i = 0; i < size; i += piece)
                hash.add(bytes.constData() + i, size_t(std::min(piece, size - i)));
            return hash.value();
        };
        QCOMPARE(valueOf(0, 1), 0x726fdb47dd0e0e31ULL);
        QCOMPARE(valueOf(1, 1), 0x74f839c593dc67fdULL);
        QCOMPARE(valueOf(15, 15), 0xa129ca6149be45e5ULL);
        for (int size = 0; size < 64; ++size) {
            for (int piece = 1; piece < 20; ++piece)
                QCOMPARE(valueOf(size, piece), valueOf(size, 64));
        }
    }

    void takesNoOtherCommandAfterAStop()
    {
        Run run;
        run.standBy();
        run.process.write(run.job(u"sleep 1000"_s));
        QTRY_VERIFY(run.said().contains("started "));
        run.signal(SIGTERM);
        QVERIFY(run.waitForEnd());
        QVERIFY(run.said().contains("ended stopped 0 "));
        QVERIFY(!run.said().contains("ready"));
    }

    void aSignalThatCameBeforeACommandIsNotForIt()
    {
        Run run;
        run.standBy();
        run.process.write(run.job(u"true"_s, u"first"_s));
        QTRY_VERIFY(run.said().endsWith("ready\n"));
        run.signal(SIGTERM);
        run.process.write(run.job(u"sleep 0.05; exit 5"_s));
        QTRY_COMPARE(run.said().count("ready\n"), 2);
        QVERIFY(run.said().contains("ended exited 5 "));
    }

    void isReadyWhenTheLastDaemonIsGone()
    {
        Run run;
        run.standBy();
        run.process.write(
            run.job(u"(until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done) >/dev/null 2>&1 &"_s));
        QTRY_VERIFY(run.said().contains("ended exited 0 "));
        QVERIFY(!run.said().contains("ready"));
        QVERIFY(run.touch(u"go"_s));
        QTRY_VERIFY(run.said().endsWith("survivors 0\nready\n"));
    }

    void writesTheTrueEndToStatusBeforeItExits_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("success") << u"true"_s << QByteArray("ended exited 0 bytes=0 lines=0 ");
        QTest::newRow("failure") << u"exit 200"_s << QByteArray("ended exited 200 ");
        QTest::newRow("signal") << u"kill -SEGV $$"_s << QByteArray("ended signaled 11 ");
        QTest::newRow("not found") << u"no-such-program-at-all"_s << QByteArray("ended exited 127 ");
        QTest::newRow("unfinished line")
            << u"printf 'a\\nb'"_s << QByteArray("ended exited 0 bytes=3 lines=2 ");
        QTest::newRow("looks like an option") << u"-x"_s << QByteArray("ended exited 127 ");
        QTest::newRow("syntax error") << u"if"_s << QByteArray("ended exited 2 ");
        QTest::newRow("kills its own group") << u"kill -TERM 0"_s << QByteArray("ended signaled 15 ");
    }

    void writesTheTrueEndToStatusBeforeItExits()
    {
        QFETCH(QString, command);
        QFETCH(QByteArray, end);
        Run run;
        run.start(command);
        QVERIFY(run.waitForEnd());
        QCOMPARE(run.process.exitCode(), 0);
        const QByteArray status = run.read(u"status"_s);
        QVERIFY2(status.startsWith(end), status.constData());
        QVERIFY(run.said().endsWith(status));
        QVERIFY(!QFile::exists(run.path(u"status.part"_s)));
    }

    void reportsWhyItCouldNotStart_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("workingDirectory");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("working directory missing")
            << u"task"_s << u"/nowhere"_s << QByteArray("failed cwd 2\n");
        QTest::newRow("working directory is a file")
            << u"task"_s << u"/etc/passwd"_s << QByteArray("failed cwd 20\n");
        QTest::newRow("folder cannot be made") << u"a/b/c"_s << u"/"_s << QByteArray("failed folder 2\n");
        QTest::newRow("log is a folder") << u"blocked"_s << u"/"_s << QByteArray("failed log 21\n");
    }

    void reportsWhyItCouldNotStart()
    {
        QFETCH(QString, folder);
        QFETCH(QString, workingDirectory);
        QFETCH(QByteArray, said);
        const QTemporaryDir root;
        QVERIFY(QDir(root.path()).mkpath(u"blocked/log"_s));
        QProcess process;
        process.start(Run::program(), {u"--folder"_s, root.filePath(folder), u"--cwd"_s, workingDirectory,
                                          u"--"_s, u"/bin/touch"_s, u"never"_s});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAllStandardOutput(), said);
        QCOMPARE(process.exitCode(), 1);
        QFile status(root.filePath(folder + u"/status"_s));
        QCOMPARE(status.open(QIODevice::ReadOnly), folder != u"a/b/c"_s);
        QVERIFY(!status.isOpen() || status.readAll() == said);
    }

    void givesTheCommandACleanStart()
    {
        Run run;
        // A descriptor and an ignored signal that the caller left behind.
        run.process.start(u"bash"_s,
            {u"-c"_s,
                u"trap '' INT HUP; exec 9</dev/null; exec \"$0\" --folder \"$1\" --cwd / -- /bin/bash -c -- "
                "'for f in /proc/self/fd/*; do [ -e $f ] && echo $(basename $f); done; grep "
                "SigIgn /proc/self/status; "
                "grep SigBlk /proc/self/status; readlink /proc/self/fd/0'"_s,
                Run::program(), run.path({})});
        QVERIFY(run.waitForEnd());
        const QByteArray output = run.output();
        QVERIFY2(output.startsWith("0\n1\n2\n"), output.constData());
        QVERIFY2(!output.contains("\n9\n"), output.constData());
        QVERIFY2(output.contains("SigBlk:\t0000000000000000"), output.constData());
        QVERIFY2(output.contains("SigIgn:\t0000000000000000"), output.constData());
        QVERIFY2(output.endsWith("/dev/null\n"), output.constData());
    }

    void goesOnWhenNobodyReadsOrCaresAnyMore()
    {
        Run run;
        run.start(u"until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done; echo still here"_s);
        QTRY_VERIFY(run.said().contains("started"));
        run.process.closeReadChannel(QProcess::StandardOutput);
        run.signal(SIGHUP);
        run.signal(SIGINT);
        run.signal(SIGPIPE);
        QVERIFY(run.touch(u"go"_s));
        QVERIFY(run.waitForEnd());
        QVERIFY(run.read(u"status"_s).startsWith("ended exited 0 "));
        QCOMPARE(run.output(), "still here\n");
    }

    void tellsThatOnlyTheShellIsGone()
    {
        Run run;
        run.start(u"(until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done; echo late) & exit 3"_s);
        QTRY_VERIFY(run.said().contains("shell exited 3\n"));
        QVERIFY(!run.said().contains("ended"));
        QVERIFY(run.touch(u"go"_s));
        QVERIFY(run.waitForEnd());
        QVERIFY(run.said().contains("ended exited 3 bytes=5 lines=1 "));
    }

    void staysUntilTheLastDaemonIsGone()
    {
        Run run;
        run.start(
            u"for i in 1 2; do (until [ -e go$i ] || ! [ -d $PWD ]; do sleep 0.01; done) >/dev/null 2>&1 & done"_s);
        QTRY_VERIFY(run.said().contains("ended exited 0 "));
        QVERIFY(!run.said().contains("survivors=0"));
        QVERIFY(run.touch(u"go1"_s));
        QVERIFY(run.touch(u"go2"_s));
        QVERIFY(run.waitForEnd());
        QVERIFY(run.said().endsWith("survivors 0\n"));
    }

    void endsAtItsTimeLimitThoughTermIsIgnored()
    {
        Run run;
        run.start(u"trap '' TERM; while :; do sleep 0.01; done"_s, {u"--timeout-ms"_s, u"50"_s});
        QVERIFY(run.waitForEnd());
        QVERIFY(run.read(u"status"_s).startsWith("ended timed_out 0 "));
    }

    void theTimeLimitIsTheCommandsAndNotItsDaemons()
    {
        Run run;
        run.start(
            u"(sleep 0.6; : > later; until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done) >/dev/null 2>&1 & echo x"_s,
            {u"--timeout-ms"_s, u"400"_s});
        QTRY_VERIFY(run.said().contains("ended exited 0 "));
        QVERIFY(run.waitForFile(u"later"_s)); // the daemon has outlived the limit
        QVERIFY(!run.said().contains("swept"));
        QVERIFY(run.touch(u"go"_s));
        QVERIFY(run.waitForEnd());
    }

    void aSecondSignalLeavesTheGraceOut_data()
    {
        QTest::addColumn<QList<int>>("signals_");
        QTest::newRow("TERM twice") << QList<int>{SIGTERM, SIGTERM};
        QTest::newRow("USR1") << QList<int>{SIGUSR1};
    }

    void aSecondSignalLeavesTheGraceOut()
    {
        QFETCH(QList<int>, signals_);
        Run run;
        // Within the grace period it could tidy up.
        run.start(
            u"trap 'touch asked; sleep 0.7; touch tidied' TERM; touch ready; while :; do sleep 0.01; done"_s);
        QVERIFY(run.waitForFile(u"ready"_s));
        run.signal(signals_.first());
        if (signals_.size() > 1) {
            QVERIFY(run.waitForFile(u"asked"_s));
            run.signal(signals_.last());
        }
        QVERIFY(run.waitForEnd());
        QVERIFY(!QFile::exists(run.folder.filePath(u"tidied"_s)));
        QVERIFY(run.read(u"status"_s).startsWith("ended stopped 0 "));
    }

    void keepsTheJobForOneWhoFindsItLater()
    {
        Run run;
        run.start(u"exit\n3"_s, {u"--log-cap"_s, u"5000"_s, u"--timeout-ms"_s, u"60000"_s});
        const qint64 process = run.process.processId();
        QVERIFY(run.waitForEnd());
        QByteArrayList kept = run.read(u"job"_s).split('\0');
        QCOMPARE(kept.mid(0, 2), (QByteArrayList{"--seal", QByteArray(16, '0')})); // it was told no key
        const qsizetype supervisor = kept.indexOf("--supervisor");
        QVERIFY(kept.at(supervisor + 1).contains(QByteArray::number(process)));
        kept.remove(supervisor, 2);
        const QByteArrayList words{"--folder", run.path({}).toUtf8(), "--cwd", run.folder.path().toUtf8(),
            "--log-cap", "5000", "--timeout-ms", "60000", "--words", "4", "--", "/bin/bash", "-c", "--",
            "exit\n3", ""};
        QCOMPARE(kept.mid(2), words);
    }

    void keepsWhatAStopDidBehindTheEnd_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QByteArray>("readyWhenSaid");
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("while it runs")
            << u"sleep 1000"_s << QByteArray("started ") << QByteArray("ended stopped 0 ");
        QTest::newRow("what it left") << u"exec >/dev/null 2>&1; sleep 1000 & exit 4"_s
                                      << QByteArray("ended ") << QByteArray("ended exited 4 ");
    }

    void keepsWhatAStopDidBehindTheEnd()
    {
        QFETCH(QString, command);
        QFETCH(QByteArray, readyWhenSaid);
        QFETCH(QByteArray, end);
        Run run;
        run.start(command);
        QTRY_VERIFY(run.said().contains(readyWhenSaid));
        run.signal(SIGTERM);
        QVERIFY(run.waitForEnd());
        const QByteArrayList lines = run.read(u"status"_s).split('\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY2(lines.at(0).startsWith(end), lines.at(0).constData());
        QVERIFY2(lines.at(1).startsWith("swept ") && lines.at(1) != "swept 0", lines.at(1).constData());
    }

    void keepsReadingWhenTheLogCannotBeWritten()
    {
        Run run;
        QVERIFY(QDir().mkpath(run.path({})));
        QVERIFY(QFile::link(u"/dev/full"_s, run.path(u"log"_s)));
        run.start(u"seq 1000000; exit 4"_s);
        QVERIFY(run.waitForEnd());
        const QByteArray status = run.read(u"status"_s);
        QVERIFY2(status.startsWith("ended exited 4 bytes=6888896 lines=1000000 "), status.constData());
        QVERIFY2(status.contains("log_errno=28 lost_bytes=6888896"), status.constData());
    }
};

MEANWHILE_TEST(MeanwhileRunTest)
#include "tst_meanwhilerun.moc"
