// SPDX-License-Identifier: MIT
#include "store/database.h"
#include "store/sessionowner.h"
#include "store/sessionstore.h"
#include "support/samplemessage.h"
#include "support/testregistry.h"
#include "tasks/processidentity.h"

#include <QProcess>
#include <QtTest>

#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Conversation;
using namespace Meanwhile::Store;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

template <typename T>
T resultOf(QFuture<Result<T>> future)
{
    [[maybe_unused]] const bool isFinished = Testing::waitFor([&] { return future.isFinished(); });
    const Result<T> result = future.result();
    if (!result)
        QTest::qFail(qPrintable(result.error().message), __FILE__, __LINE__);
    return result.value_or(T());
}

Error errorOf(const auto &future)
{
    [[maybe_unused]] const bool isFinished = Testing::waitFor([&] { return future.isFinished(); });
    return future.result() ? Error() : future.result().error();
}

bool succeeds(const QFuture<Result<void>> &future)
{
    return Testing::waitFor([&] { return future.isFinished(); }) && future.result();
}

Tasks::Task endedTask(const QString &id)
{
    Tasks::Task task;
    task.id = id;
    task.spec = {
        u"make test"_s, u"the tests"_s, u"/p"_s, std::chrono::seconds(7), true, Tasks::WakePolicy::OnFailure};
    task.state = Tasks::TaskState::Exited;
    task.exitCode = 3;
    task.shellExit = 3;
    task.survivors = 1;
    task.supervisor = {u"boot"_s, 77, quint64(1) << 40};
    task.createdAt = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 6), Qt::UTC);
    task.startedAt = task.createdAt.addMSecs(7);
    task.endedAt = task.createdAt.addSecs(9);
    task.elapsed = std::chrono::milliseconds(8'993);
    task.logPath = u"/state/tasks/"_s + id + u"/log"_s;
    task.outputBytes = 12;
    task.outputLines = 2;
    task.digest = u"FAILED 안녕"_s;
    task.lastLine = u"FAILED"_s;
    task.changedFiles = {120, {u"src/a.cpp"_s, u"안녕 b"_s}};
    return task;
}

} // namespace

class SessionsTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void givesBackTasksResultsAndCalls()
    {
        {
            SessionStore store(path());
            const auto journal = store.journalFor(u"s"_s, u"/p"_s);
            journal->messageAdded(sampleMessage(u"m1"_s, Role::User, {TextBlock{u"go"_s}}));
            Tasks::Task running = endedTask(u"00000002"_s);
            running.state = Tasks::TaskState::Starting;
            running.endedAt = {};
            running.createdAt = running.createdAt.addSecs(1);
            journal->taskChanged(running);
            journal->taskChanged(endedTask(u"00000001"_s));
            journal->newsKept({NewsId::endOf(u"00000001"_s), u"news"_s, Tasks::WakePolicy::OnFailure, true});
            journal->callStarted(u"c1"_s);
            journal->callStarted(u"c2"_s);
            journal->callEnded({u"c2"_s, u"out"_s, true, {}, endsOf({u"00000009"_s}), CallEnd::Failed});
            journal->callStarted(u"c3"_s);
            journal->callEnded({u"c3"_s, u"told"_s, false, {}});
            journal->messageAdded(
                sampleMessage(u"m2"_s, Role::User, {ToolResultBlock{u"c3"_s, u"told"_s, false, {}}}));
        }
        SessionStore store(path());
        const StoredSession session = resultOf(store.load(u"s"_s));
        QCOMPARE(session.nextPosition, 2);
        QCOMPARE(session.title, u"go"_s);
        QCOMPARE(session.tasks.size(), 2);
        QCOMPARE(session.tasks.first(), endedTask(u"00000001"_s));
        QCOMPARE(session.tasks.last().state, Tasks::TaskState::Starting);
        const QVector<StoredNews> results{
            {{NewsId::endOf(u"00000001"_s), u"news"_s, Tasks::WakePolicy::OnFailure, true},
                {Tasks::Delivery::State::Queued, 0, {}}}};
        QCOMPARE(session.news, results);
        const QVector<StoredCall> calls{{u"c1"_s, {}, {}},
            {u"c2"_s, {},
                ToolResultBlock{u"c2"_s, u"out"_s, true, {}, endsOf({u"00000009"_s}), CallEnd::Failed}}};
        QCOMPARE(session.calls, calls);
    }

    void leavesOutAMessageThatCannotBeRead()
    {
        {
            SessionStore store(path());
            const auto journal = store.journalFor(u"s"_s, u"/p"_s);
            for (const QString &id : {u"m1"_s, u"m2"_s, u"m3"_s})
                journal->messageAdded(sampleMessage(id, Role::User, {TextBlock{id}}));
        }
        QVERIFY(Database::open(path())->write(u"UPDATE message SET body = '{\"ro' WHERE id = 'm2'"_s));
        SessionStore store(path());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"message 1 of .* cannot be read"_s));
        const StoredSession session = resultOf(store.load(u"s"_s));
        QCOMPARE(session.damagedMessages, 1);
        QCOMPARE(session.history.size(), 2);
        QCOMPARE(session.nextPosition, 3);
    }

    void keepsTheMarkThatASessionHadLast()
    {
        {
            SessionStore store(path());
            const auto journal = store.journalFor(u"s"_s, u"/p"_s);
            journal->markChanged(SessionMark::Waits); // before there is a row
            journal->messageAdded(sampleMessage(u"m1"_s, Role::User, {TextBlock{u"go"_s}}));
            QCOMPARE(resultOf(store.list()).first().mark, SessionMark::Waits);
            journal->messageAdded(sampleMessage(u"m2"_s, Role::Assistant, {TextBlock{u"done"_s}}));
            journal->markChanged(SessionMark::Finished);
        }
        SessionStore store(path());
        QCOMPARE(resultOf(store.list()).first().mark, SessionMark::Finished);
        QCOMPARE(resultOf(store.load(u"s"_s)).mark, SessionMark::Finished);
        const auto journal = store.journalFor(u"s"_s, u"/p"_s, 2);
        journal->markChanged(SessionMark::None);
        QCOMPARE(resultOf(store.list()).first().mark, SessionMark::None);
        journal->markChanged(SessionMark::Failed);
        QCOMPARE(resultOf(store.list()).first().mark, SessionMark::Failed);
    }

    void whatAnotherProgramHasOpenShowsNoMark()
    {
        SessionStore store(path());
        const auto journal = store.journalFor(u"s"_s, u"/p"_s);
        journal->markChanged(SessionMark::Waits);
        journal->messageAdded(sampleMessage(u"m1"_s, Role::User, {TextBlock{u"go"_s}}));
        QCOMPARE(resultOf(store.list()).first().mark, SessionMark::Waits);
        QProcess other;
        other.start(u"/bin/cat"_s, QStringList());
        QVERIFY(other.waitForStarted());
        const QString owner = ownerText(*Tasks::identityOf(other.processId()));
        QVERIFY(Database::open(path())->write(u"UPDATE session SET owner = ?"_s, {owner}));
        QCOMPARE(resultOf(store.list()).first().mark, SessionMark::None);
        other.kill();
        QVERIFY(other.waitForFinished());
        QCOMPARE(resultOf(store.list()).first().mark, SessionMark::Waits);
    }

    void sessionsOfAnEarlierVersionGetTheirMark()
    {
        {
            SessionStore store(path());
            const auto add = [&](const QString &session,
                                 const QVector<std::pair<Role, Conversation::ContentBlock>> &all) {
                const auto journal = store.journalFor(session, u"/p"_s);
                for (const auto &[role, block] : all)
                    journal->messageAdded(sampleMessage(u"m"_s, role, {block}));
                return store.journalFor(session, u"/p"_s, all.size());
            };
            const auto asked = std::pair(Role::User, TextBlock{u"go"_s});
            const auto answered = std::pair(Role::Assistant, TextBlock{u"done"_s});
            const EndBlock stopped{EndBlock::Why::Stopped, 0};
            add(u"asked"_s, {asked});
            add(u"answered"_s, {asked, answered});
            add(u"queued"_s, {asked, answered})->wordsQueued({u"q1"_s, u"and then"_s, {}});
            add(u"calls"_s, {asked, {Role::Assistant, ToolCallBlock{u"c1"_s, u"bash"_s, "{}", {}}}});
            add(u"failed"_s, {asked, {Role::Record, FailureBlock{ErrorKind::Network, u"no"_s}}});
            add(u"stopped"_s, {asked, {Role::Record, stopped}});
            add(u"restored"_s, {asked, {Role::Record, RestoreBlock{}}});
            add(u"again"_s, {asked, {Role::Record, stopped}, asked});
            add(u"damaged"_s, {asked, answered, answered});
        }
        {
            auto database = Database::open(path());
            for (const QString &back :
                {u"UPDATE message SET body = '{\"ro' WHERE session = 'damaged' AND position = 2"_s,
                    u"ALTER TABLE session DROP COLUMN mark"_s, u"PRAGMA user_version=3"_s})
                QVERIFY(database->write(back));
        }
        SessionStore store(path());
        const auto all = resultOf(store.list());
        QStringList marks;
        for (const SessionSummary &session : all)
            marks += session.id + u' ' + nameOf(session.mark);
        marks.sort();
        QCOMPARE(marks,
            (QStringList{u"again waits"_s, u"answered "_s, u"asked waits"_s, u"calls waits"_s, u"damaged "_s,
                u"failed failed"_s, u"queued waits"_s, u"restored waits"_s, u"stopped "_s}));
    }

    void listsTheNewestFirstWithWhatWaits()
    {
        SessionStore store(path());
        say(store, u"a"_s, u"/p"_s, u"first"_s, 1);
        const auto journal = store.journalFor(u"b"_s, u"/q"_s);
        journal->messageAdded(sampleMessage(u"m1"_s, Role::User, {TextBlock{u"second\nline"_s}}, 2));
        Tasks::Task task = endedTask(u"00000001"_s);
        journal->taskChanged(task);
        task.id = u"00000002"_s;
        task.state = Tasks::TaskState::Queued;
        journal->taskChanged(task);
        journal->newsKept({NewsId::endOf(u"00000001"_s), u"news"_s, Tasks::WakePolicy::Wake, true});
        const auto all = resultOf(store.list());
        QCOMPARE(all.size(), 2);
        QCOMPARE(all.first().id, u"b"_s);
        QCOMPARE(all.first().title, u"second"_s);
        QCOMPARE(all.first().unfinishedTasks, 1);
        QCOMPARE(all.first().waitingResults, 1);
        QCOMPARE(all.last().project, u"/p"_s);
        QCOMPARE(all.last().updatedAt, QDateTime(QDate(2026, 1, 2), QTime(3, 4, 1, 678), Qt::UTC));
    }

    void renamesArchivesDeletesAndBringsBack()
    {
        SessionStore store(path());
        say(store, u"a"_s, u"/p"_s, u"first"_s, 1);
        QVERIFY(succeeds(store.rename(u"a"_s, u"  My  name "_s)));
        QVERIFY(succeeds(store.setArchived(u"a"_s, true)));
        QCOMPARE(resultOf(store.list()).first().title, u"My name"_s);
        QVERIFY(resultOf(store.list()).first().isArchived);
        QVERIFY(succeeds(store.setDeleted(u"a"_s, true)));
        QVERIFY(resultOf(store.list()).isEmpty());
        QCOMPARE(errorOf(store.load(u"a"_s)).kind, ErrorKind::NotFound);
        QCOMPARE(errorOf(store.loadNewest(u"/p"_s)).kind, ErrorKind::NotFound);
        QVERIFY(resultOf(store.search(u"first"_s)).isEmpty());
        QVERIFY(succeeds(store.setDeleted(u"a"_s, false)));
        QCOMPARE(resultOf(store.load(u"a"_s)).history.size(), 1);
        QVERIFY(succeeds(store.setDeleted(u"a"_s, true)));
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QVERIFY(succeeds(store.purge(now.addDays(-1))));
        QVERIFY(resultOf(store.deletedSessions(now.addDays(-1))).isEmpty());
        QCOMPARE(resultOf(store.deletedSessions(now.addSecs(60))), QStringList{u"a"_s});
        QVERIFY(succeeds(store.purge(now.addSecs(60))));
        QVERIFY(resultOf(store.deletedSessions(now.addSecs(60))).isEmpty());
        QCOMPARE(errorOf(store.setDeleted(u"a"_s, false)).kind, Error().kind);
        QVERIFY(resultOf(store.list()).isEmpty());
    }

    void aNameGivenByThePersonStays()
    {
        SessionStore store(path());
        const auto journal = store.journalFor(u"a"_s, u"/p"_s);
        journal->messageAdded(sampleMessage(u"m1"_s, Role::User, {ImageBlock{u"image/png"_s, "x", {}}}));
        QCOMPARE(resultOf(store.list()).first().title, QString());
        journal->messageAdded(sampleMessage(u"m2"_s, Role::User, {TextBlock{u"words"_s}}));
        QCOMPARE(resultOf(store.list()).first().title, u"words"_s);
        QVERIFY(succeeds(store.rename(u"a"_s, QString(u""_s))));
        journal->messageAdded(sampleMessage(u"m3"_s, Role::User, {TextBlock{u"more"_s}}));
        QCOMPARE(resultOf(store.list()).first().title, QString());
    }

    void findsWords_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("session");
        QTest::newRow("two letters of Korean") << u"빌드"_s << u"ko"_s;
        QTest::newRow("part of a word") << u"라우"_s << u"ko"_s;
        QTest::newRow("another case, accents") << u"CANCIÓN"_s << u"es"_s;
        QTest::newRow("all words in one message") << u"broken router"_s << u"en"_s;
        QTest::newRow("not in two messages") << u"router thanks"_s << QString();
        QTest::newRow("what a pattern means") << u"100%"_s << u"en"_s;
        QTest::newRow("percent alone finds no everything") << u"%"_s << u"en"_s;
        QTest::newRow("underscore") << u"a_b"_s << QString();
        QTest::newRow("what tools said is not looked at") << u"secretoutput"_s << QString();
        QTest::newRow("nothing") << u"  "_s << QString();
        QTest::newRow("a quote") << u"it's"_s << u"en"_s;
    }

    void findsWords()
    {
        QFETCH(const QString, query);
        QFETCH(const QString, session);
        SessionStore store(path());
        say(store, u"ko"_s, u"/p"_s, u"라우터 빌드를 고쳐 주세요"_s, 1);
        say(store, u"es"_s, u"/p"_s, u"Una canción nueva"_s, 2);
        const auto journal = store.journalFor(u"en"_s, u"/p"_s);
        journal->messageAdded(sampleMessage(u"m1"_s, Role::User, {TextBlock{u"Hello"_s}}, 3));
        journal->messageAdded(sampleMessage(
            u"m2"_s, Role::Assistant, {TextBlock{u"The router is 100% broken, isn't it? It's acb."_s}}, 3));
        journal->messageAdded(sampleMessage(u"m3"_s, Role::User,
            {ToolResultBlock{u"c"_s, u"secretoutput"_s, false, {}}, TextBlock{u"thanks"_s}}, 3));
        const QVector<SessionHit> hits = resultOf(store.search(query));
        QCOMPARE(hits.size(), session.isEmpty() ? 0 : 1);
        if (!session.isEmpty())
            QCOMPARE(hits.first().sessionId, session);
        if (session == u"en"_s) {
            QCOMPARE(hits.first().messageId, u"m2"_s);
            QVERIFY(hits.first().excerpt.contains(u"100%"_s));
        }
    }

    void aForkHasWhatWasToldAndNoneOfWhatWaits()
    {
        SessionStore store(path());
        const auto journal = store.journalFor(u"a"_s, u"/p"_s);
        journal->messageAdded(sampleMessage(u"m1"_s, Role::User, {TextBlock{u"go"_s}}, 1));
        for (const QString &id : {u"00000001"_s, u"00000002"_s, u"00000003"_s}) {
            journal->taskChanged(endedTask(id));
            journal->newsKept({NewsId::endOf(id), u"news of "_s + id, Tasks::WakePolicy::Wake, true});
        }
        journal->messageAdded(
            sampleMessage(u"m2"_s, Role::User, {NewsBlock{endsOf({u"00000001"_s}), u"one"_s}}, 2));
        journal->messageAdded(
            sampleMessage(u"m3"_s, Role::User, {NewsBlock{endsOf({u"00000002"_s}), u"two"_s}}, 3));
        QCOMPARE(resultOf(store.fork(u"a"_s, u"m2"_s, u"b"_s)), u"b"_s);
        const StoredSession fork = resultOf(store.load(u"b"_s));
        QCOMPARE(fork.history.size(), 2);
        QCOMPARE(fork.nextPosition, 2);
        QVERIFY(fork.news.isEmpty());
        QCOMPARE(fork.tasks.size(), 1);
        QCOMPARE(fork.tasks.first().id, u"00000001"_s);
        QCOMPARE(fork.project, u"/p"_s);
        QCOMPARE(resultOf(store.load(u"a"_s)).history.size(), 3);
        QCOMPARE(resultOf(store.search(u"go"_s)).size(), 2);
        QCOMPARE(errorOf(store.fork(u"a"_s, u"m9"_s, u"c"_s)).kind, ErrorKind::NotFound);
        QCOMPARE(resultOf(store.list()).size(), 2);
    }

    void aForkIsToldFromItsOriginalByItsTitle()
    {
        SessionStore store(path());
        say(store, u"a"_s, u"/p"_s, u"Fix the parser"_s, 1);
        const QString message = resultOf(store.load(u"a"_s)).history.messages().first().id;
        for (const auto &[from, to, title] : {std::tuple{u"a"_s, u"b"_s, u"Fix the parser (2)"_s},
                 {u"a"_s, u"c"_s, u"Fix the parser (3)"_s}, {u"b"_s, u"d"_s, u"Fix the parser (4)"_s}}) {
            QCOMPARE(resultOf(store.fork(from, message, to)), to);
            QCOMPARE(resultOf(store.load(to)).title, title);
        }
    }

    void refusesASessionThatALivingProcessHasOpen()
    {
        SessionStore store(path());
        say(store, u"a"_s, u"/p"_s, u"mine"_s, 1);
        QCOMPARE(resultOf(store.load(u"a"_s)).history.size(), 1);
        QProcess other;
        other.start(u"/bin/cat"_s, QStringList());
        QVERIFY(other.waitForStarted());
        const auto identity = Tasks::identityOf(other.processId());
        QVERIFY(identity);
        {
            auto database = Database::open(path());
            QVERIFY(database->write(u"UPDATE session SET owner = ?"_s, {ownerText(*identity)}));
        }
        const Error refused = errorOf(store.load(u"a"_s));
        QCOMPARE(refused.kind, ErrorKind::Conflict);
        QVERIFY(refused.message.contains(QString::number(other.processId())));
        other.kill();
        QVERIFY(other.waitForFinished());
        QCOMPARE(resultOf(store.load(u"a"_s)).history.size(), 1);
    }

    // Reading all of a long one first would keep the person waiting for the refusal.
    void refusesBeforeItReads()
    {
        SessionStore store(path());
        say(store, u"a"_s, u"/p"_s, u"mine"_s, 1);
        QCOMPARE(resultOf(store.list()).size(), 1);
        const auto identity = Tasks::identityOf(getppid());
        QVERIFY(identity);
        QVERIFY(Database::open(path())->write(u"UPDATE session SET owner = ?"_s, {ownerText(*identity)}));
        // Would be warned of where it is read.
        QVERIFY(Database::open(path())->write(u"UPDATE message SET body = '{\"ro'"_s));
        QCOMPARE(errorOf(store.load(u"a"_s)).kind, ErrorKind::Conflict);
    }

    void readsAFileOfTheFirstVersion()
    {
        {
            SessionStore store(path());
            say(store, u"a"_s, u"/p"_s, u"old"_s, 1);
        }
        {
            auto database = Database::open(path());
            for (const QString &back :
                {u"DROP TABLE words"_s, u"DROP TABLE call"_s, u"ALTER TABLE session DROP COLUMN is_named"_s,
                    u"ALTER TABLE session DROP COLUMN is_archived"_s,
                    u"ALTER TABLE session DROP COLUMN deleted_at"_s,
                    u"ALTER TABLE session DROP COLUMN mark"_s, u"DROP TABLE queued"_s,
                    u"ALTER TABLE session DROP COLUMN owner"_s, u"ALTER TABLE session DROP COLUMN parent"_s,
                    u"ALTER TABLE task DROP COLUMN body"_s, u"ALTER TABLE outbox DROP COLUMN wake"_s,
                    u"ALTER TABLE outbox DROP COLUMN failed"_s,
                    u"INSERT INTO task (session, id, command, state, exit_code, log_path) VALUES ('a', "
                    u"'00000001', "
                    u"'ls', 'starting', NULL, '/log')"_s,
                    u"PRAGMA user_version=1"_s})
                QVERIFY(database->write(back));
        }
        SessionStore store(path());
        const StoredSession session = resultOf(store.load(u"a"_s));
        QCOMPARE(session.history.size(), 1);
        QCOMPARE(session.tasks.first().spec.command, u"ls"_s);
        QCOMPARE(session.tasks.first().logPath, u"/log"_s);
        QCOMPARE(session.tasks.first().state, Tasks::TaskState::Starting);
    }

    void onlyReadsWhatANewerProgramWrote()
    {
        {
            SessionStore store(path());
            say(store, u"a"_s, u"/p"_s, u"new"_s, 1);
        }
        QVERIFY(Database::open(path())->write(u"PRAGMA user_version=999"_s));
        SessionStore store(path());
        QVector<Error> errors;
        connect(&store, &SessionStore::failed, this, [&](const Error &error) { errors += error; });
        QCOMPARE(resultOf(store.load(u"a"_s)).history.size(), 1);
        say(store, u"a"_s, u"/p"_s, u"more"_s, 2);
        QCOMPARE(errorOf(store.rename(u"a"_s, u"x"_s)).kind, ErrorKind::Conflict);
        QCOMPARE(resultOf(store.list()).first().title, u"new"_s);
        QTRY_COMPARE(errors.size(), 1);
        QVERIFY(errors.first().message.contains(u"newer"_s));
    }

private:
    QString path() const { return m_folder->filePath(u"a.db"_s); }

    static void say(
        SessionStore &store, const QString &session, const QString &project, const QString &words, int second)
    {
        store.journalFor(session, project)
            ->messageAdded(sampleMessage(u"m1"_s, Role::User, {TextBlock{words}}, second));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

MEANWHILE_TEST(SessionsTest)
#include "tst_sessions.moc"
