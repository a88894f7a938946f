// SPDX-License-Identifier: MIT
#include "boxworld.h"
#include "support/testregistry.h"
#include "tasks/taskfixture.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

/// Every command in the box of a world's project.
class BoxedExecutions final : public ExecutionFactory {
public:
    explicit BoxedExecutions(const BoxWorld &world)
        : ExecutionFactory(TaskFixture::runnerPath(), {world.environment()})
        , policy(world.policy())
    {
    }
    LaunchPlan plan(const Task &task) const override
    {
        LaunchPlan made = ExecutionFactory::plan(task);
        made.confinement.box = Box::textOf(policy).c_str();
        return made;
    }
    Box::BoxPolicy policy;
};

} // namespace

class BoxedTasksTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_world = std::make_unique<BoxWorld>(::geteuid());
        QVERIFY(m_world->isWhole());
        m_world->resetProject();
    }

    void cleanupTestCase() { m_world.reset(); }

    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_executions = std::make_shared<BoxedExecutions>(*m_world);
        m_fixture = std::make_unique<TaskFixture>();
        m_manager = std::make_unique<TaskManager>(
            m_fixture->settings(64, 16 * 1024 * 1024, m_executions), m_fixture->clock, m_fixture->ids);
    }

    void cleanup()
    {
        const QFuture<void> stopped = m_manager->stopAll(StoppedBy::Quit);
        QVERIFY(waitFor([&stopped] { return stopped.isFinished(); }));
        m_manager.reset();
        m_fixture.reset();
    }

    void oneCommandAfterAnotherRunsInABox()
    {
        for (int i = 0; i < 5; ++i) {
            const QString id = start(u"echo $$ $PPID; cat ~/.ssh/id_rsa; exit %1"_s.arg(i), i % 2 == 0);
            QVERIFY(waitForEnd(id));
            QCOMPARE(m_manager->task(id)->state, TaskState::Exited);
            QCOMPARE(m_manager->task(id)->exitCode, i);
            QVERIFY2(
                m_manager->task(id)->digest.startsWith(u"2 1\n"_s), qPrintable(m_manager->task(id)->digest));
            QVERIFY(!m_manager->task(id)->digest.contains(u"canary"_s));
        }
    }

    void aStoppedOneIsStopped()
    {
        const QString id = start(u"echo up; (trap '' TERM; sleep 100; sleep 100) & sleep 100"_s);
        QVERIFY(waitFor([&] { return m_manager->task(id)->state == TaskState::Running; }));
        m_manager->stop(id, StoppedBy::Model);
        QVERIFY(waitForEnd(id));
        QCOMPARE(m_manager->task(id)->state, TaskState::Stopped);
        QCOMPARE(m_manager->task(id)->stoppedBy, StoppedBy::Model);
    }

    void withoutABoxNothingRuns()
    {
        m_executions->policy.temporary = "/missing";
        const QString id = start(u"touch ran"_s);
        QVERIFY(waitForEnd(id));
        QCOMPARE(m_manager->task(id)->state, TaskState::FailedToStart);
        QVERIFY2(m_manager->task(id)->failure.contains(u"box could not be built"_s),
            qPrintable(m_manager->task(id)->failure));
        QVERIFY(!QFile::exists(m_world->project() + u"/ran"_s));
    }

private:
    QString start(const QString &command, bool isForeground = false)
    {
        TaskSpec spec;
        spec.command = command;
        spec.workingDirectory = m_world->project();
        spec.foreground = isForeground;
        return m_manager->start(spec);
    }

    bool waitForEnd(const QString &id)
    {
        return waitFor([this, &id] { return m_manager->task(id)->hasEnded(); });
    }

    std::unique_ptr<BoxWorld> m_world;
    std::shared_ptr<BoxedExecutions> m_executions;
    std::unique_ptr<TaskFixture> m_fixture;
    std::unique_ptr<TaskManager> m_manager;
};

MEANWHILE_TEST(BoxedTasksTest)
#include "tst_boxedtasks.moc"
