// SPDX-License-Identifier: MIT
#include "runner/logwriter.h"
#include "support/testregistry.h"
#include "taskfixture.h"
#include "tasks/executionfactory.h"
#include "tasks/newsqueue.h"

#include <QDir>
#include <QPointer>

#include <fcntl.h>
#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

/// A task that is no process: the test says what it does.
class InProcessExecution final : public Execution {
public:
    InProcessExecution(QString folder, const Runner::SealKey &key)
        : m_folder(std::move(folder))
        , m_key(key)
    {
    }

    void begin() override
    {
        QVERIFY(QDir().mkpath(m_folder));
        const int folder = ::open(qPrintable(m_folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        QCOMPARE(m_log.open(folder, 1'000'000, m_key), 0);
        ::close(folder);
    }
    void requestStop(StoppedBy by) override
    {
        end(TaskState::Stopped, int(by));
        emit reported(TreeSwept{1});
    }
    ProcessIdentity supervisor() const override { return {}; }

    void run() { emit reported(RunnerStarted{}); }
    void print(const QByteArray &text)
    {
        m_log.append(text.constData(), size_t(text.size()));
        m_log.publish();
    }
    void end(TaskState how, int number)
    {
        CommandEnded ended{how, number};
        ended.bytes = qint64(m_log.totalBytes());
        ended.lines = qint64(m_log.lines());
        emit reported(ended);
    }

private:
    const QString m_folder;
    const Runner::SealKey m_key;
    Runner::LogWriter m_log;
};

class Factory final : public ExecutionFactory {
public:
    using ExecutionFactory::ExecutionFactory;

    std::unique_ptr<Execution> make(const Task &task, const Runner::SealKey &key) override
    {
        if (task.spec.command != u"in process"_s)
            return ExecutionFactory::make(task, key);
        auto made = std::make_unique<InProcessExecution>(QFileInfo(task.logPath).path(), key);
        last = made.get();
        return made;
    }

    QPointer<InProcessExecution> last;
};

struct Bench {
    QString start(const QString &command) { return manager.start(fixture.spec(command)); }
    Task task(const QString &id) const { return *manager.task(id); }

    TaskFixture fixture;
    std::shared_ptr<Factory> factory = std::make_shared<Factory>(
        TaskFixture::runnerPath(), Grant{QProcessEnvironment::systemEnvironment(), 1'000'000});
    TaskManagerSettings settings = [this] {
        TaskManagerSettings made = fixture.settings(1, 1'000'000);
        made.executions = factory;
        return made;
    }();
    TaskManager manager{settings, fixture.clock, fixture.ids};
    QSignalSpy ended{&manager, &TaskManager::ended};
};

} // namespace

/// What a way to execute tasks needs to be and to say, shown by one that has no process.
class ExecutionTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aTaskWithoutAProcessIsATaskLikeAnyOther()
    {
        Bench f;
        const QString id = f.start(u"in process"_s);
        QVERIFY(f.factory->last);
        QVERIFY(f.task(id).state == TaskState::Starting);
        f.factory->last->run();
        QVERIFY(f.task(id).state == TaskState::Running);
        QCOMPARE(f.task(id).supervisor, ProcessIdentity());
        f.factory->last->print("first\n");
        QTRY_COMPARE(f.task(id).lastLine, u"first"_s);
        QCOMPARE(f.task(id).outputLines, 1);
        const QString next = f.start(u"echo a command"_s); // there is one place
        QVERIFY(f.task(next).state == TaskState::Queued);
        f.factory->last->print("second\n");
        f.factory->last->end(TaskState::Exited, 3);
        QCOMPARE(f.ended.size(), 1);
        QCOMPARE(describeState(f.task(id)), u"exited 3"_s);
        QCOMPARE(f.task(id).digest, u"first\nsecond"_s);
        QVERIFY2(f.task(id).failure.isEmpty(), qPrintable(f.task(id).failure));
        const QString told = endNews(f.task(id)).text;
        QVERIFY2(told.contains(u"exited 3"_s) && told.contains(u"second"_s), qPrintable(told));
        emit f.factory->last->gone({});
        QTRY_COMPARE(f.ended.size(), 2);
        QCOMPARE(f.task(next).digest, u"a command"_s);
        QTRY_VERIFY(!f.factory->last);
        QCOMPARE(f.manager.liveCount(), 0);
    }

    void itIsStoppedByItsExecution()
    {
        Bench f;
        const QString id = f.start(u"in process"_s);
        f.factory->last->run();
        const QFuture<StopReport> stop = f.manager.stop(id, StoppedBy::Model);
        QVERIFY(stop.isFinished());
        QCOMPARE(describeState(f.task(id)), u"stopped by the model"_s);
        QCOMPARE(f.ended.size(), 1);
    }

    void oneThatIsGoneWithoutAWordIsNotForgotten_data()
    {
        QTest::addColumn<bool>("neverRan");
        QTest::addColumn<QString>("state");
        QTest::newRow("before it ran") << true << u"failed to start"_s;
        QTest::newRow("while it ran") << false << u"lost"_s;
    }

    void oneThatIsGoneWithoutAWordIsNotForgotten()
    {
        QFETCH(bool, neverRan);
        QFETCH(QString, state);
        Bench f;
        const QString id = f.start(u"in process"_s);
        if (!neverRan)
            f.factory->last->run();
        emit f.factory->last->gone({{}, u"Its thread is gone."_s, neverRan, {}});
        QTRY_COMPARE(f.ended.size(), 1);
        QCOMPARE(describeState(f.task(id)), state);
        QCOMPARE(f.task(id).failure, u"Its thread is gone."_s);
    }
};

MEANWHILE_TEST(ExecutionTest)
#include "tst_execution.moc"
