// SPDX-License-Identifier: MIT
#include "app/housekeeping.h"
#include "support/samplemessage.h"
#include "support/sealedfiles.h"
#include "support/testregistry.h"
#include "tasks/taskmanager.h"

#include <QSignalSpy>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::App;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString kSession = u"0123456789abcdef"_s;
constexpr Housekeeping::Ages kAtOnce{0s, 0s};

template <typename T>
T resultOf(const QFuture<Result<T>> &future)
{
    [[maybe_unused]] const bool isFinished = Testing::waitFor([&] { return future.isFinished(); });
    const Result<T> result = future.result();
    if (!result)
        QTest::qFail(qPrintable(result.error().message), __FILE__, __LINE__);
    return result.value_or(T());
}

/// A program with a state folder of its own.
class Home {
public:
    Home()
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"MEANWHILE_HOME"_s, m_folder.path());
        program = std::make_unique<Program>(environment, qEnvironmentVariable("MEANWHILE_BIN_DIR"));
    }

    std::unique_ptr<Tasks::TaskManager> tasksOf(const QString &session) const
    {
        Tasks::TaskManagerSettings settings;
        settings.runnerPath = program->runnerPath;
        settings.tasksFolder = program->paths.tasks + u'/' + session;
        settings.environment = QProcessEnvironment::systemEnvironment();
        settings.secret = program->sealSecret;
        return std::make_unique<Tasks::TaskManager>(std::move(settings), program->clock, program->ids);
    }
    /// A task that has ended so many days ago.
    QString addEnded(const QString &session, const QString &task, int days) const
    {
        const QString path = program->paths.tasks + u'/' + session + u'/' + task;
        QFile file(path + u"/status"_s);
        if (!QDir().mkpath(path) || !file.open(QIODevice::WriteOnly))
            return {};
        file.write("ended exited 0 bytes=0 lines=0 elapsed_ms=7 survivors=0 log_errno=0 lost_bytes=0\n");
        file.flush();
        file.setFileTime(QDateTime::currentDateTimeUtc().addDays(-days), QFileDevice::FileModificationTime);
        return path;
    }
    static bool addJob(const QString &taskFolder, const Tasks::SealSecret &secret)
    {
        QFile file(taskFolder + u"/job"_s);
        return file.open(QIODevice::WriteOnly) &&
               file.write(sealedJob("make", {}, secret.keyFor(taskFolder))) > 0;
    }
    void addSession(const QString &session) const
    {
        const auto journal = program->store.journalFor(session, m_folder.path());
        journal->messageAdded(
            sampleMessage(u"m1"_s, Conversation::Role::User, {Conversation::TextBlock{u"go"_s}}));
    }
    bool clean(Housekeeping::Ages ages = kAtOnce) const
    {
        Housekeeping housekeeping(*program, ages);
        QSignalSpy finished(&housekeeping, &Housekeeping::finished);
        housekeeping.start();
        return !finished.isEmpty() || finished.wait(Testing::kPatienceMs);
    }

    std::unique_ptr<Program> program;

private:
    QTemporaryDir m_folder;
};

} // namespace

class HousekeepingTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    // As after a kill in the moment between the first command's start and its row.
    void givesTasksOfAnUnknownSessionARow()
    {
        const Home home;
        const QTemporaryDir work;
        auto earlier = home.tasksOf(kSession);
        const auto start = [&](const QString &command) {
            Tasks::TaskSpec spec;
            spec.command = command;
            spec.workingDirectory = work.path();
            return earlier->start(spec);
        };
        const QString ended = start(u"exit 3\n# the first"_s);
        QTRY_VERIFY(earlier->task(ended)->hasEnded());
        const QString running = start(u"until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done; exit 4"_s);
        QTRY_VERIFY(earlier->task(running)->state == Tasks::TaskState::Running);
        QTRY_VERIFY(QFileInfo(earlier->task(running)->logPath).dir().exists(u"job"_s));
        earlier.reset();

        QVERIFY(home.clean());
        QVERIFY(home.clean()); // once is enough
        const auto list = resultOf(home.program->store.list());
        QCOMPARE(list.size(), 1);
        QCOMPARE(list.first().id, kSession);
        QCOMPARE(list.first().title, u"exit 3"_s);
        QCOMPARE(list.first().project, work.path());
        QCOMPARE(list.first().unfinishedTasks, 1);

        // It goes on from there, and each end is told.
        const Store::StoredSession session = resultOf(home.program->store.load(kSession));
        const auto later = home.tasksOf(kSession);
        QSignalSpy ends(later.get(), &Tasks::TaskManager::ended);
        later->adopt(session.tasks);
        QTRY_COMPARE(ends.size(), 1);
        QCOMPARE(later->task(ended)->exitCode, 3);
        QTRY_VERIFY(later->task(running)->state == Tasks::TaskState::Running);
        QVERIFY(QFile(work.filePath(u"go"_s)).open(QIODevice::WriteOnly));
        QTRY_COMPARE(ends.size(), 2);
        QCOMPARE(later->task(running)->exitCode, 4);
    }

    void leavesAloneWhatIsYoungOrEmptyOrNoSession()
    {
        const Home home;
        QVERIFY(home.addJob(home.addEnded(kSession, u"00000001"_s, 0), home.program->sealSecret));
        QVERIFY(home.clean(Housekeeping::Ages()));
        QVERIFY(resultOf(home.program->store.list()).isEmpty());
        const Home other;
        QVERIFY(other.addJob(other.addEnded(u"elsewhere"_s, u"00000001"_s, 0), other.program->sealSecret));
        QVERIFY(QDir().mkpath(other.program->paths.tasks + u'/' + kSession + u"/00000001"_s));
        QVERIFY(other.clean());
        QVERIFY(resultOf(other.program->store.list()).isEmpty());
    }

    // A command can make such a folder, and knows all that is in it but the secret.
    void aSessionThatOthersMadeGetsNoRow()
    {
        const Home home;
        const QString task = home.addEnded(kSession, u"00000001"_s, 0);
        QVERIFY(home.addJob(task, Tasks::SealSecret::random()));
        QVERIFY(home.clean());
        QVERIFY(resultOf(home.program->store.list()).isEmpty());
        QVERIFY(QFile::exists(task));
        QVERIFY(home.addJob(task, home.program->sealSecret));
        QVERIFY(home.clean());
        QCOMPARE(resultOf(home.program->store.list()).size(), 1);
    }

    void removesOldLogsAsTheSettingsSay()
    {
        const Home home;
        home.addSession(kSession);
        const QString old = home.addEnded(kSession, u"00000001"_s, 8);
        const QString young = home.addEnded(kSession, u"00000002"_s, 6);
        const QString untold = home.addEnded(kSession, u"00000003"_s, 9);
        Tasks::Task running;
        running.id = u"00000003"_s;
        running.spec.command = u"make"_s;
        running.logPath = untold + u"/log"_s;
        running.state = Tasks::TaskState::Running;
        home.program->store.journalFor(kSession, u"/p"_s, 1)->taskChanged(running);
        const QString waiting = home.addEnded(kSession, u"00000004"_s, 9);
        home.program->store.journalFor(kSession, u"/p"_s, 1)
            ->newsKept({NewsId::endOf(u"00000004"_s), u"text"_s, Tasks::WakePolicy::Wake, false});
        QVERIFY(home.clean());
        QVERIFY(QFile::exists(old));
        home.program->settings.logDays = 7;
        QVERIFY(home.clean());
        QVERIFY(!QFile::exists(old));
        QVERIFY(QFile::exists(young));
        QVERIFY(QFile::exists(untold));  // its end is not stored yet
        QVERIFY(QFile::exists(waiting)); // its end is told from there
    }

    void removesTheFoldersOfDeletedSessions()
    {
        const Home home;
        home.addSession(kSession);
        const QString other = u"fedcba9876543210"_s;
        home.addSession(other);
        const QString gone = home.addEnded(kSession, u"00000001"_s, 0);
        const QString kept = home.addEnded(other, u"00000001"_s, 0);
        QVERIFY(Testing::waitFor(
            [done = home.program->store.setDeleted(kSession, true)] { return done.isFinished(); }));
        QVERIFY(home.clean(Housekeeping::Ages())); // it may still be brought back
        QVERIFY(QFile::exists(gone));
        QVERIFY(Testing::waitFor([deletedAt = QDateTime::currentDateTimeUtc()] {
            return QDateTime::currentDateTimeUtc() > deletedAt;
        }));
        QVERIFY(home.clean());
        QVERIFY(!QFile::exists(QFileInfo(gone).path()));
        QVERIFY(QFile::exists(kept));
        QCOMPARE(resultOf(home.program->store.list()).size(), 1);
    }
};

MEANWHILE_TEST(HousekeepingTest)
#include "tst_housekeeping.moc"
