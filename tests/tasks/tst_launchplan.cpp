// SPDX-License-Identifier: MIT
#include "support/sealedfiles.h"
#include "support/testregistry.h"
#include "taskfixture.h"
#include "tasks/executionfactory.h"
#include "tasks/jobfile.h"
#include "tasks/processidentity.h"

#include <cerrno>
#include <sys/resource.h>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

/// Puts words before every command's own, in the one place where a command becomes what is executed.
class WrappingFactory final : public ExecutionFactory {
public:
    using ExecutionFactory::ExecutionFactory;

    LaunchPlan plan(const Task &task) const override
    {
        LaunchPlan wrapped = ExecutionFactory::plan(task);
        wrapped.argv = QStringList{u"/usr/bin/nice"_s, u"-n"_s, u"3"_s} + wrapped.argv;
        return wrapped;
    }
};

} // namespace

/// What is executed for a command.
class LaunchPlanTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aCommandIsTheTextOfAShell()
    {
        TaskSpec spec;
        spec.command = u"-x 'a b'"_s;
        spec.workingDirectory = u"/tmp"_s;
        spec.timeLimit = std::chrono::seconds(5);
        Grant grant;
        grant.logCapBytes = 7;
        grant.environment.insert(u"A"_s, u"b"_s);
        const LaunchPlan plan = planFor(spec, grant);
        QCOMPARE(plan.argv, (QStringList{u"/bin/bash"_s, u"-c"_s, u"--"_s, u"-x 'a b'"_s}));
        QCOMPARE(plan.workingDirectory, u"/tmp"_s);
        QCOMPARE(plan.environment, grant.environment);
        QCOMPARE(plan.logCapBytes, 7);
        QVERIFY(plan.timeLimit == spec.timeLimit);
        QVERIFY(plan.confinement == Confinement());
    }

    // Byte for byte what a command was run by before it had a plan.
    void itRunsAsBashMinusC()
    {
        TaskFixture f;
        const QString id = f.start(u"tr '\\0' '|' </proc/$$/cmdline; echo; readlink /proc/$$/exe; echo $0"_s);
        QVERIFY(f.waitForEnd(id));
        const QString shell = QFileInfo(u"/bin/bash"_s).canonicalFilePath();
        QCOMPARE(f.task(id).digest, u"bash|-c|--|%1|\n%2\nbash"_s.arg(f.task(id).spec.command, shell));
    }

    void aWrapperIsPutAroundEveryCommand_data()
    {
        QTest::addColumn<QString>("filler");
        QTest::newRow("short") << QString();
        QTest::newRow("longer than the system takes as one word")
            << u": '"_s + QString(131'072, u'x') + u"'\n"_s;
    }

    void aWrapperIsPutAroundEveryCommand()
    {
        QFETCH(QString, filler);
        TaskFixture f;
        TaskManagerSettings settings = f.settings(64, 1'000'000);
        settings.executions = std::make_shared<WrappingFactory>(
            TaskFixture::runnerPath(), Grant{QProcessEnvironment::systemEnvironment(), 1'000'000});
        TaskManager manager(settings, f.clock, f.ids);
        const QString command = filler + u"nice; cat; readlink /proc/self/fd/0; exit 5"_s;
        const QString id = manager.start(f.spec(command));
        QTRY_VERIFY(manager.task(id)->hasEnded());
        QCOMPARE(describeState(*manager.task(id)), u"exited 5"_s);
        errno = 0;
        const int own = ::getpriority(PRIO_PROCESS, 0);
        QCOMPARE(manager.task(id)->digest, u"%1\n/dev/null"_s.arg(std::min(own + 3, 19)));
        // The next run of the program knows it by its own words.
        const QString job = QFileInfo(manager.task(id)->logPath).path() + u"/job"_s;
        const std::optional<JobFile> kept = readJobFile(job, manager.sealKey(id));
        QVERIFY(kept);
        QCOMPARE(kept->spec.command, command);
        QVERIFY(manager.isOwnCommand(id, command).result());
    }

    // It has one word behind "--", the command, and does not tell how many words there are.
    void theJobOfAnEarlierReleaseIsStillRead()
    {
        const QTemporaryDir folder;
        const Runner::SealKey key{1, 2, true};
        const ProcessIdentity supervisor{currentBootId(), 12, 345};
        const QByteArray words = sealedJob("make -j 'a b'", supervisor, key);
        QVERIFY(!words.contains("--words"));
        QFile file(folder.filePath(u"job"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(words) == words.size());
        file.close();
        const std::optional<JobFile> job = readJobFile(file.fileName(), key);
        QVERIFY(job);
        QCOMPARE(job->spec.command, u"make -j 'a b'"_s);
        QCOMPARE(job->spec.workingDirectory, u"/"_s);
        QCOMPARE(job->supervisor, supervisor);
        QVERIFY(!readJobFile(file.fileName(), Runner::SealKey{1, 3, true}));
    }

    // Another environment than that of the runner that stands by.
    void itRunsInTheEnvironmentOfItsPlan()
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        RunnerPool pool(TaskFixture::runnerPath(), environment);
        pool.keepOne();
        environment.insert(u"MEANWHILE_TEST_WORD"_s, u"other"_s);
        QVERIFY(pool.take(environment)->environment() == environment);
        QVERIFY(pool.isStandingBy());
    }
};

MEANWHILE_TEST(LaunchPlanTest)
#include "tst_launchplan.moc"
