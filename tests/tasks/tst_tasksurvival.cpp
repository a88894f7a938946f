// SPDX-License-Identifier: MIT
#include "support/sealedfiles.h"
#include "support/testregistry.h"
#include "taskfixture.h"
#include "tasks/processidentity.h"
#include "tasks/runnerprotocol.h"
#include "tasks/tasklog.h"

#include <QProcess>

#include <csignal>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

std::optional<CommandEnded> endedOf(const QString &folder)
{
    const std::optional<RunnerEvent> status = readAnyStatusFile(folder + u"/status"_s).end();
    return status && std::holds_alternative<CommandEnded>(*status)
               ? std::optional(std::get<CommandEnded>(*status))
               : std::nullopt;
}

struct ParsedLine {
    std::optional<RunnerEvent> event;
};

bool letGo(const QString &path)
{
    return QFile(path).open(QIODevice::WriteOnly);
}

} // namespace

class TaskSurvivalTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aCommandOutlivesTheKilledApplication()
    {
        const QTemporaryDir work;
        const QTemporaryDir tasks;
        const QTemporaryDir state;
        QProcess owner;
        owner.start(qEnvironmentVariable("MEANWHILE_TEST_HELPERS") + u"/helper_taskowner"_s,
            {TaskFixture::runnerPath(), tasks.path(), work.path(),
                u"echo before; until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done; echo after; seq 50000; exit 5"_s,
                state.path()});
        QTRY_VERIFY(owner.canReadLine());
        const QString folder = tasks.filePath(QString::fromLatin1(owner.readLine().trimmed()));
        owner.kill();
        QTRY_COMPARE(owner.state(), QProcess::NotRunning);
        QCOMPARE(owner.exitStatus(), QProcess::CrashExit);
        QVERIFY(!endedOf(folder));
        QVERIFY(letGo(work.filePath(u"go"_s)));
        QTRY_VERIFY(endedOf(folder));
        QVERIFY(endedOf(folder)->state == TaskState::Exited);
        QCOMPARE(endedOf(folder)->number, 5);
        QVERIFY(TaskLog::open(folder + u"/log"_s)->text(20)->startsWith(u"before\naft"_s));
    }

    void aCommandOutlivesItsManager()
    {
        TaskFixture f;
        auto manager = std::make_unique<TaskManager>(f.settings(64, 10'000), f.clock, f.ids);
        TaskSpec spec;
        spec.command = u"until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done; echo done; exit 6"_s;
        spec.workingDirectory = f.work.path();
        const QString id = manager->start(spec);
        QTRY_VERIFY(manager->task(id)->state == TaskState::Running);
        const ProcessIdentity supervisor = manager->task(id)->supervisor;
        manager.reset();
        QVERIFY(isAlive(supervisor));
        QVERIFY(letGo(f.work.filePath(u"go"_s)));
        const QString folder = f.folder.filePath(id);
        QTRY_VERIFY(endedOf(folder));
        QCOMPARE(endedOf(folder)->number, 6);
        QTRY_VERIFY(!isAlive(supervisor));
    }

    void theSupervisorsIdentityIsThatOfTheRunner()
    {
        TaskFixture f;
        const QString id = f.start(u"sleep 1000"_s);
        QTRY_VERIFY(f.task(id).state == TaskState::Running);
        QVERIFY(isAlive(f.task(id).supervisor));
        QCOMPARE(identityOf(f.task(id).supervisor.pid), f.task(id).supervisor);
    }

    void aStatusWrittenBeforeTheRunnerDiedCounts()
    {
        TaskFixture f;
        const QString id = f.start(u"touch ready; until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done"_s);
        QVERIFY(f.waitForFile(u"ready"_s));
        QFile status(f.folder.filePath(id + u"/status"_s));
        QVERIFY(status.open(QIODevice::WriteOnly));
        status.write(sealedStatus(
            "ended exited 42 bytes=0 lines=0 elapsed_ms=7 survivors=0 log_errno=0 lost_bytes=0\n",
            f.secret.keyFor(f.folder.filePath(id))));
        status.close();
        QVERIFY(f.signalRunner(id, SIGKILL));
        QVERIFY(f.waitForEnd(id));
        QVERIFY(letGo(f.work.filePath(u"go"_s)));
        QCOMPARE(describeState(f.task(id)), u"exited 42"_s);
    }

    void aStatusThatACommandWroteDoesNotCount()
    {
        TaskFixture f;
        const QString id = f.start(u"touch ready; until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done"_s);
        QVERIFY(f.waitForFile(u"ready"_s));
        QFile status(f.folder.filePath(id + u"/status"_s));
        QVERIFY(status.open(QIODevice::WriteOnly));
        status.write("ended exited 0 bytes=0 lines=0 elapsed_ms=7 survivors=0 log_errno=0 lost_bytes=0\n");
        status.close();
        QVERIFY(f.signalRunner(id, SIGKILL));
        QVERIFY(letGo(f.work.filePath(u"go"_s))); // it runs on until then
        QVERIFY(f.waitForEnd(id));
        QCOMPARE(describeState(f.task(id)), u"lost"_s);
    }

    void understandsWhatTheRunnerSays_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<ParsedLine>("event");
        const auto row = [](const char *line, const std::optional<RunnerEvent> &event) {
            QTest::newRow(line) << QByteArray(line) << ParsedLine{event};
        };
        row("started 12 345\n", RunnerStarted{12, 345});
        row("shell exited 3\n", ShellEnded{3});
        row("shell signaled 9\n", ShellEnded{137});
        row("survivor 77 a name\n", SurvivorNamed{u"77 a name"_s});
        row("swept 4\n", TreeSwept{4});
        row("survivors 2\n", SurvivorsLeft{2});
        row("failed cwd 2\n", LaunchFailed{u"cwd"_s, 2});
        row("ended signaled 11 bytes=1 lines=2 elapsed_ms=3 survivors=4 log_errno=5 lost_bytes=6 "
            "ended_at_ms=7 new=8\n",
            CommandEnded{TaskState::Signaled, 11, 1, 2, 3, 4, 5, 6, 7});
        row("ended timed_out 0", CommandEnded{TaskState::TimedOut});
        row("ended somehow 0", std::nullopt);
        row("ended exited", std::nullopt);
        row("ended exited x", std::nullopt);
        row("ended", std::nullopt);
        row("", std::nullopt);
        row("ready\n", RunnerReady{});
        row("hello", std::nullopt);
    }

    void understandsWhatTheRunnerSays()
    {
        QFETCH(QByteArray, line);
        QFETCH(ParsedLine, event);
        QVERIFY(parseRunnerLine(line) == event.event);
    }
};

MEANWHILE_TEST(TaskSurvivalTest)
#include "tst_tasksurvival.moc"
