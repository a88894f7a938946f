// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "taskfixture.h"

#include <QDir>

#include <csignal>
#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

/// The runners that are this process's children and still alive.
QList<pid_t> runners()
{
    QList<pid_t> found;
    const QStringList pids = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
    for (const QString &pid : pids) {
        QFile file(u"/proc/%1/stat"_s.arg(pid));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray stat = file.readAll();
        const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
        if (stat.contains("(meanwhile-run)") && fields.value(0) != "Z" &&
            fields.value(1).toInt() == ::getpid())
            found.append(pid.toInt());
    }
    return found;
}

} // namespace

/// Which runner serves which command.
class RunnerReuseTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        QTRY_COMPARE(runners().size(), 0); // those of the test before are on their way out
    }

    void givesTheNextCommandToTheRunnerThatStandsBy()
    {
        TaskFixture f;
        const QString first = f.start(u"until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done"_s);
        QVERIFY(f.runnerOf(first) > 0);
        QTRY_COMPARE(runners().size(), 2); // one for a command that comes meanwhile
        QVERIFY(QFile(f.work.filePath(u"go"_s)).open(QIODevice::WriteOnly));
        QVERIFY(f.waitForEnd(first));
        QTRY_COMPARE(runners().size(), 1);
        const QList<pid_t> waiting = runners();
        QVERIFY(waiting.first() != f.runnerOf(first));
        const QString second = f.start(u"echo again"_s);
        QCOMPARE(f.runnerOf(second), waiting.first());
        QVERIFY(f.waitForEnd(second));
        QCOMPARE(f.task(second).digest, u"again"_s);
    }

    void runsFromACopyThatNobodyCanRead()
    {
        TaskFixture f;
        const QString id = f.start(u"sleep 1000"_s);
        const QString image = QFile::symLinkTarget(u"/proc/%1/exe"_s.arg(f.runnerOf(id)));
        if (image.isEmpty())
            QSKIP("this user may not look into a process that is closed");
        QVERIFY2(image.startsWith(u"/memfd:meanwhile-run"_s), qPrintable(image));
    }

    void oneRunnerServesAllThatIsWaitedFor()
    {
        TaskFixture f;
        QList<pid_t> served;
        for (int i = 0; i < 3; ++i) {
            const QString id = f.startWaitedFor(u"echo %1"_s.arg(i));
            QVERIFY(f.waitForEnd(id));
            QCOMPARE(f.task(id).digest, QString::number(i));
            served += f.runnerOf(id);
            QTRY_VERIFY(f.executions->isPrepared());
            QTRY_COMPARE(runners().size(), 1);
        }
        QCOMPARE(served, QList<pid_t>(3, served.first()));
        // After a stop it is not what it was.
        const QString stopped = f.startWaitedFor(u"sleep 1000"_s);
        QCOMPARE(f.runnerOf(stopped), served.first());
        f.manager.stop(stopped, StoppedBy::Person);
        QVERIFY(f.waitForEnd(stopped));
        const QString next = f.startWaitedFor(u"echo next"_s);
        QVERIFY(f.waitForEnd(next));
        QVERIFY(f.runnerOf(next) != served.first());
        QCOMPARE(f.task(next).digest, u"next"_s);
    }

    void startsOneMoreForWhatIsNoLongerWaitedFor()
    {
        TaskFixture f;
        const QString id = f.startWaitedFor(u"sleep 1000"_s);
        QVERIFY(f.runnerOf(id) > 0);
        QTRY_COMPARE(runners().size(), 1);
        f.manager.sendToBackground(id);
        QTRY_COMPARE(runners().size(), 2);
    }

    void runsACommandOnceWhenTheRunnerThatStoodByIsGone()
    {
        TaskFixture f;
        f.executions->prepare();
        // A child is known by its program's name only once it has become that program.
        QTRY_COMPARE(runners().size(), 1);
        const QList<pid_t> waiting = runners();
        QCOMPARE(::kill(waiting.first(), SIGKILL), 0);
        const QString id = f.start(u"echo x >> ran"_s); // before its end can be known here
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"exited 0"_s);
        QCOMPARE(f.read(u"ran"_s), QByteArray("x\n"));
        QCOMPARE(f.endedCount(id), 1);
    }

    void startsTheNextCommandWithTheNewEnvironment()
    {
        TaskFixture f;
        const QString busy = f.startWaitedFor(u"until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done"_s);
        QVERIFY(f.runnerOf(busy) > 0);
        f.executions->prepare();
        QProcessEnvironment changed = QProcessEnvironment::systemEnvironment();
        changed.insert(u"MEANWHILE_TEST_WORD"_s, u"new"_s);
        f.manager.setEnvironment(changed);
        QVERIFY(QFile(f.work.filePath(u"go"_s)).open(QIODevice::WriteOnly));
        QVERIFY(f.waitForEnd(busy)); // its runner still has the old one
        QTRY_COMPARE(runners().size(), 0);
        const QString id = f.startWaitedFor(u"echo $MEANWHILE_TEST_WORD"_s);
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(f.task(id).digest, u"new"_s);
    }

    void leavesNoRunnerStandingByBehind()
    {
        {
            TaskFixture f;
            QVERIFY(f.waitForEnd(f.startWaitedFor(u"true"_s)));
            QTRY_COMPARE(runners().size(), 1);
        }
        QTRY_COMPARE(runners().size(), 0);
    }
};

MEANWHILE_TEST(RunnerReuseTest)
#include "tst_runnerreuse.moc"
