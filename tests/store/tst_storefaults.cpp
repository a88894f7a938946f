// SPDX-License-Identifier: MIT
#include "store/sessionstore.h"
#include "support/failingcalls.h"
#include "support/samplemessage.h"
#include "support/testregistry.h"

#include <QEventLoop>
#include <QFutureWatcher>
#include <QLoggingCategory>
#include <QProcess>
#include <QTimer>
#include <QtTest>

#include <cerrno>

using namespace Meanwhile;
using namespace Meanwhile::Conversation;
using namespace Meanwhile::Store;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSteps = 4;

QString messageId(int step)
{
    return u"m%1"_s.arg(step);
}

QString taskId(int step)
{
    return u"0000000%1"_s.arg(step);
}

// In memory where there is such a place: a thousand files would wait for the disk.
QString quickFolder()
{
    const QFileInfo memory(u"/dev/shm"_s);
    return (memory.isDir() && memory.isWritable() ? memory.filePath() : QDir::tempPath()) +
           u"/faults-XXXXXX"_s;
}

/// A store in use, a step at a time.
class Use {
public:
    explicit Use(const QString &path)
        : m_store(path)
        , m_journal(m_store.journalFor(u"s"_s, u"/p"_s))
    {
        QObject::connect(
            &m_store, &SessionStore::failed, &m_store, [this](const Error &error) { told += error; });
    }

    /// A message that carries the result of the task of the step before, and a task that ends. Whether all of
    /// it counts as stored in the end.
    bool step(int number)
    {
        Message message = sampleMessage(messageId(number), Role::User, {TextBlock{u"x"_s.repeated(9'000)}});
        if (number > 1)
            message.content.append(NewsBlock{endsOf({taskId(number - 1)}), u"news"_s});
        m_journal->messageAdded(message);
        Tasks::Task task;
        task.id = taskId(number);
        task.state = Tasks::TaskState::Exited;
        task.exitCode = number;
        task.spec.command = u"make"_s;
        task.logPath = u"/log"_s;
        task.createdAt = message.time.addSecs(number);
        m_journal->taskChanged(task);
        m_journal->newsKept({NewsId::endOf(task.id), u"text"_s, Tasks::WakePolicy::Wake, false});
        bool isStored = false;
        QEventLoop loop;
        m_journal->whenBacklogAtMost(0, [&] {
            isStored = true;
            loop.quit();
        });
        QTimer::singleShot(20'000, &loop, &QEventLoop::quit);
        loop.exec();
        return isStored;
    }

    /// Behind everything so far, and tries again what has failed.
    Result<StoredSession> load()
    {
        QEventLoop loop;
        QFutureWatcher<Result<StoredSession>> loaded;
        QObject::connect(&loaded, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        loaded.setFuture(m_store.load(u"s"_s));
        QTimer::singleShot(20'000, &loop, &QEventLoop::quit);
        loop.exec();
        if (!loaded.isFinished())
            return failure(ErrorKind::Timeout, {});
        QCoreApplication::sendPostedEvents(); // what was told before that
        return loaded.result();
    }

    QVector<Error> told;

private:
    SessionStore m_store;
    std::unique_ptr<SessionJournal> m_journal;
};

/// What is missing of the first `steps`; empty: nothing.
QString missingOf(const Result<StoredSession> &session, int steps)
{
    if (!session)
        return steps == 0 ? QString() : session.error().message + session.error().detail;
    for (int i = 1; i <= steps; ++i) {
        const QVector<Message> &messages = session->history.messages();
        if (messages.size() < i || messages.at(i - 1).id != messageId(i))
            return u"message %1 of %2"_s.arg(i).arg(messages.size());
        if (session->tasks.size() < i || session->tasks.at(i - 1).exitCode != i)
            return u"task %1"_s.arg(i);
        if (session->news.size() < i)
            return u"result %1"_s.arg(i);
        const Tasks::Delivery::State expected =
            i < steps ? Tasks::Delivery::State::InRequest : session->news.at(i - 1).delivery.state;
        if (session->news.at(i - 1).delivery.state != expected)
            return u"delivery %1"_s.arg(i);
    }
    return {};
}

QString missingInFile(const QString &path, int steps)
{
    return missingOf(Use(path).load(), steps);
}

/// As it would be found if the program were killed now. Another program copies it, for which the disk works.
QString copyOf(const QString &path, const QString &folder)
{
    for (const QString &suffix : {QString(), u"-wal"_s}) {
        if (QFile::exists(path + suffix))
            QProcess::execute(u"cp"_s, {path + suffix, folder});
    }
    return folder + u"/meanwhile.db"_s;
}

} // namespace

/// The disk is full or broken at every single call that the store makes.
class StoreFaultsTest : public QObject {
    Q_OBJECT

private slots:
    // Every failure is warned of; what is told is looked at instead.
    void initTestCase() { QLoggingCategory::setFilterRules(u"meanwhile.store.warning=false"_s); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }

    void losesNothingWhenOneCallFails_data() { addErrors(); }
    void losesNothingWhenOneCallFails()
    {
        QFETCH(int, error);
        int calls = 0;
        int toldOf = 0;
        for (bool isOver = false; !isOver; ++calls) {
            const QTemporaryDir folder(quickFolder());
            const QString path = folder.filePath(u"meanwhile.db"_s);
            {
                FailingCalls disk(qPrintable(folder.path()), calls + 1, error);
                Use use(path);
                for (int i = 1; i <= kSteps; ++i) {
                    QVERIFY(use.step(i));
                    const Result<StoredSession> loaded = use.load(); // or this one fails
                    const QString missing = missingOf(loaded ? loaded : use.load(), i);
                    QVERIFY2(missing.isEmpty(), qPrintable(u"call %1: %2"_s.arg(calls + 1).arg(missing)));
                }
                isOver = disk.seen() <= calls;
                QVERIFY(use.told.size() <= (isOver ? 0 : 1));
                toldOf += int(use.told.size());
            }
            const QString missing = missingInFile(path, kSteps);
            QVERIFY2(missing.isEmpty(), qPrintable(u"call %1, later: %2"_s.arg(calls + 1).arg(missing)));
            QVERIFY(QDir(folder.path()).entryList({u"damaged-*"_s}, QDir::Dirs).isEmpty());
        }
        qInfo("%d calls, %d told of", calls - 1, toldOf);
        QVERIFY(calls > 40 && toldOf > 10);
    }

    void keepsWhatItHasNoRoomForUntilThereIsSome_data() { addErrors(); }
    void keepsWhatItHasNoRoomForUntilThereIsSome()
    {
        QFETCH(int, error);
        int calls = 0;
        for (bool isOver = false; !isOver; ++calls) {
            const QTemporaryDir folder(quickFolder());
            const QTemporaryDir killed(quickFolder());
            const QString path = folder.filePath(u"meanwhile.db"_s);
            int stored = 0;
            {
                FailingCalls disk(qPrintable(folder.path()), calls + 1, error, FailingCalls::All,
                    FailingCalls::Lasting::FromThenOn);
                Use use(path);
                for (int i = 1; i <= kSteps; ++i) {
                    QVERIFY(use.step(i)); // the program goes on
                    const Result<StoredSession> loaded = use.load();
                    if (use.told.isEmpty() && loaded)
                        stored = i;
                }
                const QString ifKilled = missingInFile(copyOf(path, killed.path()), stored);
                QVERIFY2(ifKilled.isEmpty(), qPrintable(u"call %1: %2"_s.arg(calls + 1).arg(ifKilled)));
                isOver = disk.seen() <= calls;
                disk.stop();
                QVERIFY2(stored == kSteps || use.told.size() == 1, qPrintable(QString::number(calls + 1)));
                if (!use.told.isEmpty()) {
                    const QString words = use.told.first().message;
                    QVERIFY2(
                        words.contains(u"full"_s) || words.contains(u"Check the disk"_s), qPrintable(words));
                }
                const QString missing = missingOf(use.load(), kSteps);
                QVERIFY2(missing.isEmpty(), qPrintable(u"call %1: %2"_s.arg(calls + 1).arg(missing)));
            }
            const QString missing = missingInFile(path, kSteps);
            QVERIFY2(missing.isEmpty(), qPrintable(u"call %1, later: %2"_s.arg(calls + 1).arg(missing)));
        }
        QVERIFY(calls > 40);
    }

    void triesAgainByItself()
    {
        const QTemporaryDir folder(quickFolder());
        FailingCalls disk(
            qPrintable(folder.path()), 1, ENOSPC, FailingCalls::All, FailingCalls::Lasting::FromThenOn);
        Use use(folder.filePath(u"meanwhile.db"_s));
        QVERIFY(use.step(1));
        QTRY_COMPARE(use.told.size(), 1);
        disk.stop();
        const QTemporaryDir copies(quickFolder());
        int copy = 0;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const QString place = copies.filePath(QString::number(copy++));
                QDir().mkpath(place);
                return missingInFile(copyOf(folder.filePath(u"meanwhile.db"_s), place), 1).isEmpty();
            }(),
            20'000);
    }

    // Somebody waits for each of them before the program ends.
    void answersEveryRequestToSaveAndSaysWhy()
    {
        const QTemporaryDir folder(quickFolder());
        const FailingCalls disk(
            qPrintable(folder.path()), 1, ENOSPC, FailingCalls::All, FailingCalls::Lasting::FromThenOn);
        SessionStore store(folder.filePath(u"meanwhile.db"_s));
        const auto journal = store.journalFor(u"s"_s, u"/p"_s);
        journal->messageAdded(sampleMessage(messageId(1), Role::User, {TextBlock{u"x"_s}}));
        const auto first = store.save();
        const auto second = store.save();
        const auto renamed = store.rename(u"s"_s, u"title"_s);
        for (const QFuture<Result<void>> &asked : {first, second, renamed}) {
            QTRY_VERIFY_WITH_TIMEOUT(asked.isFinished(), 20'000);
            QVERIFY(!asked.result());
            QVERIFY(!asked.result().error().message.isEmpty());
        }
    }

    // What does not fit, e.g. a position that another program has taken, is left out by itself.
    void leavesOutWhatCanNeverBeStored()
    {
        const QTemporaryDir folder(quickFolder());
        const QString path = folder.filePath(u"meanwhile.db"_s);
        {
            Use one(path);
            QVERIFY(one.step(1));
        }
        Use again(path); // at the same positions
        QVERIFY(again.step(1) && again.step(2));
        const Result<StoredSession> session = again.load();
        QCOMPARE(again.told.size(), 1);
        const QString missing = missingOf(session, 2);
        QVERIFY2(missing.isEmpty(), qPrintable(missing));
    }

    void keepsADamagedFileWhenThereIsNoRoomToTakeItOver_data() { addErrors(); }
    void keepsADamagedFileWhenThereIsNoRoomToTakeItOver()
    {
        QFETCH(int, error);
        const QTemporaryDir whole(quickFolder());
        {
            Use use(whole.filePath(u"meanwhile.db"_s));
            for (int i = 1; i <= kSteps; ++i)
                QVERIFY(use.step(i));
        }
        QFile file(whole.filePath(u"meanwhile.db"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray broken = file.readAll();
        broken.replace(broken.size() - 4096, 4096, QByteArray(4096, 'U')); // one page of a message
        int calls = 0;
        for (bool isOver = false; !isOver; ++calls) {
            const QTemporaryDir folder(quickFolder());
            const QString path = folder.filePath(u"meanwhile.db"_s);
            QFile damaged(path);
            QVERIFY(damaged.open(QIODevice::WriteOnly) && damaged.write(broken) == broken.size());
            damaged.close();
            FailingCalls disk(qPrintable(folder.path()), calls + 1, error);
            Use use(path);
            Result<StoredSession> loaded = use.load();
            isOver = disk.seen() <= calls;
            if (!loaded)
                loaded = use.load();
            QVERIFY2(loaded && loaded->tasks.size() == kSteps,
                qPrintable(
                    u"call %1: %2"_s.arg(calls + 1).arg(loaded ? u"tasks"_s : loaded.error().message)));
            disk.stop();
            QStringList kept;
            const QStringList folders = QDir(folder.path()).entryList({u"damaged-*"_s}, QDir::Dirs);
            for (const QString &one : folders) {
                QFile original(folder.filePath(one + u"/meanwhile.db"_s));
                if (original.open(QIODevice::ReadOnly) && original.readAll() == broken)
                    kept += one;
            }
            QVERIFY2(kept.size() == 1, qPrintable(u"call %1: %2"_s.arg(calls + 1).arg(folders.join(u' '))));
            QVERIFY(use.told.last().message.contains(kept.first()));
        }
        QVERIFY(calls > 40);
    }

private:
    static void addErrors()
    {
        QTest::addColumn<int>("error");
        QTest::newRow("full") << ENOSPC;
        QTest::newRow("broken") << EIO;
    }
};

MEANWHILE_TEST(StoreFaultsTest)
#include "tst_storefaults.moc"
