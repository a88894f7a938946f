// SPDX-License-Identifier: MIT
#include "boxworld.h"
#include "support/patience.h"
#include "support/testregistry.h"

#include <QtTest>

#include <csignal>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

class BoxedCommandTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_world = std::make_unique<BoxWorld>(::geteuid());
        QVERIFY(m_world->isWhole());
    }

    void cleanupTestCase() { m_world.reset(); }

    void init() { m_world->resetProject(); }

    void itsEndIsTold_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("exit code") << u"exit 7"_s << QByteArray("ended exited 7 ");
        QTest::newRow("signal") << u"kill -SEGV $$"_s << QByteArray("ended signaled 11 ");
        QTest::newRow("kill") << u"kill -9 $$"_s << QByteArray("ended signaled 9 ");
        QTest::newRow("all that it can reach is killed")
            << u"sleep 9 & kill -9 -1; exit 6"_s << QByteArray("ended exited 6 ");
        QTest::newRow("the first process is not")
            << u"kill -9 1; kill -ABRT 1; kill 1; exit 3"_s << QByteArray("ended exited 3 ");
        QTest::newRow("a child that lives on with the output")
            << u"(sleep 0.1; echo late) & exit 4"_s << QByteArray("ended exited 4 bytes=5 ");
    }

    void itsEndIsTold()
    {
        QFETCH(QString, command);
        QFETCH(QByteArray, end);
        const BoxWorld::Ending ending = m_world->run(command, m_world->policy());
        QVERIFY2(ending.status.startsWith(end), ending.status + ending.output);
        QVERIFY2(ending.status.contains(" survivors=0 "), ending.status);
    }

    void itRunsAsItWouldOutside_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("descriptors") << u"ls /proc/self/fd; readlink /proc/self/fd/0"_s;
        QTest::newRow("signals") << u"grep -E '^Sig(Blk|Ign|Cgt)' /proc/self/status"_s;
        QTest::newRow("name, arguments") << u"echo $0 $#; pwd; id"_s;
        QTest::newRow("environment") << u"env | grep -vE '^(MEANWHILE_TASK|T|_)=' | sort"_s;
        QTest::newRow("no terminal") << u"tty; cat </dev/tty"_s;
        QTest::newRow("limits") << u"ulimit -a | grep -v processes"_s;
    }

    void itRunsAsItWouldOutside()
    {
        QFETCH(QString, command);
        const BoxWorld::Ending outside = m_world->run(command, std::nullopt);
        const BoxWorld::Ending inside = m_world->run(command, m_world->policy());
        QCOMPARE(inside.output, outside.output);
        QCOMPARE(inside.exitCode, outside.exitCode);
        QVERIFY(!inside.output.isEmpty());
    }

    void aStepThatFailsIsTold()
    {
        Box::BoxPolicy policy = m_world->policy();
        policy.temporary = "/missing";
        BoxWorld::Ending ending = m_world->run(u"echo ran"_s, policy);
        QCOMPARE(ending.status, QByteArray("failed box 1\n"));
        QVERIFY2(ending.output.contains("temporary"), ending.output);
        ending = m_world->run(u"echo ran"_s, m_world->policy(), {u"--cwd"_s, u"/missing"_s});
        QCOMPARE(ending.status, QByteArray("failed cwd 2\n"));
    }

    void workGoesOn_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("git")
            << u"echo b >> a && git add -A && git commit -qm b && git checkout -q -b x && echo c >> a && git stash -q && git stash pop -q && git checkout -q a && git gc -q && git fsck && git status"_s;
        QTest::newRow("files")
            << u"mkdir d && echo x > d/x && mv d e && rm -r e && echo x > /tmp/x && cat /tmp/x && [ -e /var/tmp/x ]"_s;
        QTest::newRow("loopback")
            << u"python3 -c 'import socket; s=socket.create_server((\"127.0.0.1\",0)); c=socket.create_connection(s.getsockname()); s.accept()'"_s;
        QTest::newRow("multiprocessing")
            << u"python3 -c 'import multiprocessing as m\nwith m.Pool(2) as p: print(p.map(abs,[1,-2]))'"_s;
        QTest::newRow("asyncio")
            << u"python3 -c 'import asyncio\nasync def f():\n p=await asyncio.create_subprocess_exec(\"true\"); await p.wait()\nasyncio.run(f())'"_s;
        QTest::newRow("shared memory")
            << u"python3 -c 'from multiprocessing import shared_memory as s\nm=s.SharedMemory(create=True,size=9); m.close(); m.unlink()'"_s;
        QTest::newRow("a device")
            << u"echo x > /dev/null && head -c 3 /dev/urandom | wc -c && echo x > /dev/full; [ $? = 1 ]"_s;
        QTest::newRow("a terminal of its own") << u"python3 -c 'import pty,os; os.openpty()'"_s;
        QTest::newRow("tracing what it started")
            << u"! command -v strace >/dev/null || strace -o /tmp/s true"_s;
    }

    void workGoesOn()
    {
        QFETCH(QString, command);
        const BoxWorld::Ending ending = m_world->run(command, m_world->policy());
        QVERIFY2(ending.exitCode == 0, ending.output + ending.status);
    }

    void temporaryFilesAreThereForTheNextCommand()
    {
        QCOMPARE(m_world->run(u"echo kept > /tmp/kept"_s, m_world->policy()).exitCode, 0);
        QCOMPARE(m_world->run(u"cat /tmp/kept"_s, m_world->policy()).output, QByteArray("kept\n"));
    }

    // A link in the place of a protected name could lead the builder of the box to what is hidden.
    void aLinkShowsNothingThatIsHidden_data()
    {
        QTest::addColumn<QString>("links");
        QTest::addColumn<QString>("look");
        QTest::newRow("a name") << u"ln -s ../.ssh .husky"_s << u"cat .husky/id_rsa"_s;
        QTest::newRow("a folder above")
            << u"ln -s ../.. .config; mkdir -p ../../fish"_s << u"ls .config/fish/.."_s;
        QTest::newRow("the project") << u"cd ..; mv project p; ln -s .ssh project"_s << u"cat id_rsa"_s;
    }

    void aLinkShowsNothingThatIsHidden()
    {
        QFETCH(QString, links);
        QFETCH(QString, look);
        const Box::BoxPolicy before = m_world->policy();
        m_world->run(links, std::nullopt);
        Box::BoxPolicy policy = m_world->policy();
        policy.project = before.project;
        policy.protectedNames.push_back(before.project + "/.husky");
        const BoxWorld::Ending ending = m_world->run(look, policy);
        QVERIFY2(!ending.output.contains("canary"), ending.output);
        m_world->run(u"cd ..; rm -rf p ../fish; [ -L project ] && rm project"_s, std::nullopt,
            {u"--cwd"_s, m_world->path(u"home"_s)});
    }

    void aStopEndsAllOfIt_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<int>("limitMs");
        QTest::newRow("waits") << u"sleep 100"_s << 2000;
        QTest::newRow("children") << u"sleep 100 & sleep 100 & sleep 100"_s << 2000;
        QTest::newRow("other sessions") << u"setsid sleep 100 & setsid setsid sleep 100 & wait"_s << 2000;
        QTest::newRow("deaf") << u"trap '' TERM INT HUP; while :; do sleep 100; done"_s << 2000;
        QTest::newRow("deaf in another session")
            << u"setsid bash -c 'trap \"\" TERM; while :; do sleep 1; done' & sleep 100"_s << 2000;
        QTest::newRow("stopped") << u"kill -STOP $$"_s << 2000;
        QTest::newRow("forks on") << u"f() { sleep 0.01; f & }; trap '' TERM; f; sleep 100"_s << 2000;
        QTest::newRow("double fork") << u"( (trap '' TERM; sleep 100; sleep 100) & ) ; sleep 100"_s << 2000;
    }

    void aStopEndsAllOfIt()
    {
        QFETCH(QString, command);
        QFETCH(int, limitMs);
        const QString task = m_world->nextTask();
        QProcess process;
        startBoxed(process, task, u"echo ready > up; "_s + command);
        QVERIFY(waitFor([this] { return QFile::exists(m_world->project() + u"/up"_s); }));
        QElapsedTimer clock;
        clock.start();
        ::kill(pid_t(process.processId()), SIGTERM);
        QVERIFY(waitFor([&process] { return process.state() == QProcess::NotRunning; }));
        QVERIFY2(clock.elapsed() < limitMs, QByteArray::number(clock.elapsed()));
        const QByteArray status = read(task + u"/status"_s);
        QVERIFY2(status.startsWith("ended stopped 0 "), status);
        QVERIFY2(status.contains("swept "), status);
        QCOMPARE(processesOf(task), 0);
    }

    void whatLivesOnIsASurvivorUntilItEnds()
    {
        const QString task = m_world->nextTask();
        QProcess process;
        startBoxed(process, task, u"setsid sleep 100 >/dev/null 2>&1 & echo done"_s);
        QVERIFY(waitFor([&] { return read(task + u"/status"_s).contains("survivors=1 "); }));
        QCOMPARE(process.state(), QProcess::Running);
        ::kill(pid_t(process.processId()), SIGTERM);
        QVERIFY(waitFor([&process] { return process.state() == QProcess::NotRunning; }));
        const QByteArray status = read(task + u"/status"_s);
        QVERIFY2(status.startsWith("ended exited 0 ") && status.endsWith("swept 1\n"), status);
    }

    void aKilledSupervisorLeavesTheCommandAsItWas()
    {
        const QString task = m_world->nextTask();
        QProcess process;
        startBoxed(process, task, u"echo ready > up; sleep 1000"_s);
        QVERIFY(waitFor([this] { return QFile::exists(m_world->project() + u"/up"_s); }));
        QVERIFY(processesOf(task) > 0);
        const QString pid = QString::number(process.processId());
        const QByteArray stat = read(u"/proc/"_s + pid + u"/stat"_s);
        const QString ticks = QString::fromLatin1(stat.mid(stat.lastIndexOf(')') + 2).split(' ').value(19));
        process.kill();
        QVERIFY(process.waitForFinished());
        QVERIFY(processesOf(task) > 0);
        // Neither bubblewrap nor the first process of the box is the command's.
        QCOMPARE(kept(u"--watch"_s, pid, ticks, task), QByteArray("token survivors 1\n"));
        QCOMPARE(kept(u"--sweep"_s, pid, ticks, task), QByteArray("token swept 1\n"));
        QVERIFY(waitFor([&] { return processesOf(task) == 0; }));
    }

private:
    void startBoxed(QProcess &process, const QString &task, const QString &command)
    {
        QFile::remove(m_world->project() + u"/up"_s);
        m_world->start(process, BoxWorld::runner(),
            {u"--folder"_s, task, u"--cwd"_s, m_world->project(), u"--box"_s,
                QFile::decodeName(Box::textOf(m_world->policy()).c_str()), u"--"_s, u"/bin/bash"_s, u"-c"_s,
                u"--"_s, command});
    }

    QByteArray kept(const QString &how, const QString &pid, const QString &ticks, const QString &task)
    {
        QProcess keeper;
        m_world->start(keeper, BoxWorld::runner(), {how, pid, ticks, QFileInfo(task).fileName()});
        keeper.write(QByteArray("token\0", 6));
        QByteArray said;
        const bool isSaid = waitFor([&] {
            said += keeper.readAllStandardOutput();
            return said.endsWith('\n') || keeper.state() == QProcess::NotRunning;
        });
        keeper.closeWriteChannel();
        return isSaid && (keeper.state() == QProcess::NotRunning || keeper.waitForFinished()) ? said
                                                                                              : QByteArray();
    }

    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static int processesOf(const QString &task)
    {
        const QByteArray mark = "MEANWHILE_TASK=" + QFile::encodeName(QFileInfo(task).fileName());
        int count = 0;
        for (const QString &pid : QDir(u"/proc"_s).entryList({u"[1-9]*"_s}, QDir::Dirs))
            count += read(u"/proc/"_s + pid + u"/environ"_s).split('\0').contains(mark);
        return count;
    }

    std::unique_ptr<BoxWorld> m_world;
};

MEANWHILE_TEST(BoxedCommandTest)
#include "tst_boxedcommand.moc"
