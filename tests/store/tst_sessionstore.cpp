// SPDX-License-Identifier: MIT
#include "store/database.h"
#include "store/sessionstore.h"
#include "support/samplemessage.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Conversation;
using namespace Meanwhile::Store;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

// Every kind of block, so that what comes back can be compared with what went in.
QVector<Message> everything()
{
    Message answer = sampleMessage(u"m2"_s, Role::Assistant,
        {TextBlock{u"안녕 \"x\"\n"_s}, ThinkingBlock{u"hm"_s, R"({"type":"thinking"})"},
            ToolCallBlock{u"c"_s, u"bash"_s, R"({"command":"ls"})", {}},
            OpaqueBlock{u"x"_s, R"({"type":"x"})"}});
    answer.stopReason = StopReason::ToolUse;
    answer.usage = {1, 2, 3, 4, {5, true, true, false}};
    answer.provider = u"anthropic"_s;
    answer.model = u"m"_s;
    return {
        sampleMessage(u"m1"_s, Role::User,
            {TextBlock{u"Do it"_s}, ImageBlock{u"image/png"_s, QByteArray("\x00\x01", 2), u"shot.png"_s}}),
        answer,
        sampleMessage(u"m3"_s, Role::User,
            {ToolResultBlock{u"c"_s, u"out"_s, true, {{u"image/png"_s, "p"}}, {}, CallEnd::Failed},
                NewsBlock{endsOf({u"3f9a1c2e"_s}), u"<background-results>"_s}}),
        sampleMessage(u"m4"_s, Role::Record,
            {CompactionBlock{u"notes"_s, u"[bg:3f9a1c2e] running"_s, u"m3"_s, 4'000, {5, 6, 7, 8}},
                OmissionBlock{OmissionBlock::What::Block, u"m1"_s, 1, u"too large"_s},
                OmissionBlock{OmissionBlock::What::OutputsBefore, u"m3"_s, -1, {}},
                RestoreBlock{u"m1"_s, 12, 1, u"1764180000000"_s}})};
}

} // namespace

class SessionStoreTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void twoProgramsMayMakeTheFileAtTheSameTime()
    {
        for (int round = 0; round < 20; ++round) {
            const QTemporaryDir folder;
            const QString path = folder.filePath(u"a.db"_s);
            SessionStore one(path);
            SessionStore two(path);
            QSignalSpy failedOne(&one, &SessionStore::failed);
            QSignalSpy failedTwo(&two, &SessionStore::failed);
            const auto listed = one.list();
            const auto listedToo = two.list();
            QTRY_VERIFY(listed.isFinished() && listedToo.isFinished());
            for (const auto &each : {listed.result(), listedToo.result()})
                QVERIFY2(each, each ? "" : qPrintable(each.error().message + each.error().detail));
            QCOMPARE(failedOne.size() + failedTwo.size(), 0);
            QVERIFY(QDir(folder.path()).entryList({u"damaged*"_s}).isEmpty());
        }
    }

    void aFileThatIsRemovedWhileItIsOpenedIsMadeAgain()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a.db"_s);
        const auto timesOpen = [&path] {
            const QFileInfoList all = QDir(u"/proc/self/fd"_s).entryInfoList(QDir::Files | QDir::System);
            return std::count_if(all.begin(), all.end(),
                [&path](const QFileInfo &one) { return one.symLinkTarget() == path; });
        };
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        other.setDatabaseName(path);
        QVERIFY(other.open());
        QSqlQuery query(other);
        QVERIFY(query.exec(u"PRAGMA journal_mode=WAL"_s) && query.next() && !query.next());
        QVERIFY(query.exec(u"BEGIN IMMEDIATE"_s));
        {
            SessionStore store(path);
            store.journalFor(u"s1"_s, u"/project"_s)->messageAdded(everything().first());
            QTRY_COMPARE(timesOpen(), 2); // and waits for the other program
            QVERIFY(QFile::remove(path));
            QVERIFY(QFile::remove(path + u"-wal"_s) && QFile::remove(path + u"-shm"_s));
            QVERIFY(query.exec(u"ROLLBACK"_s));
        }
        query.clear();
        other.close();
        other = {};
        QSqlDatabase::removeDatabase(u"other"_s);
        SessionStore store(path);
        const auto loaded = store.load(u"s1"_s);
        QTRY_VERIFY(loaded.isFinished());
        QVERIFY(loaded.result());
        QCOMPARE(loaded.result()->history.size(), 1);
    }

    void givesBackWhatWasSaid()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a.db"_s);
        {
            SessionStore store(path);
            const auto journal = store.journalFor(u"s1"_s, u"/project"_s);
            for (const Message &one : everything())
                journal->messageAdded(one);
        } // everything is on disk once the store is gone
        SessionStore store(path);
        const auto loaded = store.load(u"s1"_s);
        QTRY_VERIFY(loaded.isFinished());
        QVERIFY(loaded.result());
        QCOMPARE(loaded.result()->history.messages(), everything());
        QCOMPARE(loaded.result()->project, u"/project"_s);
    }

    void findsTheSessionOfAProjectThatWasUsedLast()
    {
        const QTemporaryDir folder;
        SessionStore store(folder.filePath(u"a.db"_s));
        QVector<std::unique_ptr<SessionJournal>> keep;
        int minute = 0;
        for (const auto &[session, project] :
            {std::pair{u"old"_s, u"/p"_s}, std::pair{u"new"_s, u"/p"_s}, std::pair{u"other"_s, u"/q"_s}}) {
            Message one = everything().first();
            one.time = one.time.addSecs(60 * ++minute);
            store.journalFor(session, project)->messageAdded(one);
        }
        const auto newest = store.loadNewest(u"/p"_s);
        QTRY_VERIFY(newest.isFinished());
        QCOMPARE(newest.result()->id, u"new"_s);
        const auto none = store.loadNewest(u"/nowhere"_s);
        QTRY_VERIFY(none.isFinished());
        QCOMPARE(none.result().error().kind, ErrorKind::NotFound);
    }

    void takesANotificationOutOfTheOutboxWithTheMessageThatCarriesIt()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a.db"_s);
        {
            SessionStore store(path);
            const auto journal = store.journalFor(u"s1"_s, u"/p"_s);
            journal->messageAdded(everything().first());
            journal->newsKept({NewsId::endOf(u"3f9a1c2e"_s), u"text"_s, Tasks::WakePolicy::Wake, false});
            journal->newsKept({NewsId::endOf(u"3f9a1c2e"_s), u"again"_s, Tasks::WakePolicy::Wake, false});
            journal->newsKept({NewsId::endOf(u"00000001"_s), u"later"_s, Tasks::WakePolicy::Wake, false});
            journal->messageAdded(everything().at(2)); // m3, which carries it
            journal->requestAccepted(2, endsOf({u"3f9a1c2e"_s}));
        }
        auto database = Database::open(path);
        auto rows = database->run(
            u"SELECT task, body, message, request, accepted_at IS NOT NULL FROM outbox ORDER BY task"_s);
        QVERIFY(rows->next());
        QCOMPARE(rows->value(0).toString(), u"00000001"_s);
        QVERIFY(rows->value(2).isNull());
        QVERIFY(rows->next());
        QCOMPARE(rows->value(1).toString(), u"text"_s);
        QCOMPARE(rows->value(2).toString(), u"m3"_s);
        QCOMPARE(rows->value(3).toInt(), 2);
        QVERIFY(rows->value(4).toBool());
        QVERIFY(!rows->next());
    }

    void keepsTheNewsOfATaskApart()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a.db"_s);
        const NewsId first{u"3f9a1c2e"_s, u"progress"_s, 1};
        const NewsId second{u"3f9a1c2e"_s, u"progress"_s, 2};
        {
            SessionStore store(path);
            const auto journal = store.journalFor(u"s1"_s, u"/p"_s);
            journal->messageAdded(everything().first());
            for (const NewsId &id : {first, second})
                journal->newsKept({id, u"text"_s, Tasks::WakePolicy::Wake, false});
            journal->newsKept({NewsId::endOf(u"3f9a1c2e"_s), u"ended"_s, Tasks::WakePolicy::Wake, false});
            journal->messageAdded(
                sampleMessage(u"m9"_s, Conversation::Role::User, {NewsBlock{{first}, u"told"_s}}));
            journal->requestAccepted(2, {first});
            journal->newsDropped({second});
        }
        SessionStore store(path);
        const auto loaded = store.load(u"s1"_s);
        QTRY_VERIFY(loaded.isFinished());
        QVERIFY(loaded.result());
        const StoredSession session = *loaded.result();
        QCOMPARE(session.news.size(), 2);
        QCOMPARE(session.news.first().news.id, NewsId::endOf(u"3f9a1c2e"_s));
        QCOMPARE(session.news.first().delivery.state, Tasks::Delivery::State::Queued);
        QCOMPARE(session.news.last().news.id, first);
        QCOMPARE(session.news.last().delivery.state, Tasks::Delivery::State::Accepted);
    }

    void aDroppedNotificationCanBeQueuedAgain()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a.db"_s);
        {
            SessionStore store(path);
            const auto journal = store.journalFor(u"s1"_s, u"/p"_s);
            journal->messageAdded(everything().first());
            journal->newsKept({NewsId::endOf(u"3f9a1c2e"_s), u"text"_s, Tasks::WakePolicy::Wake, false});
            journal->newsKept({NewsId::endOf(u"00000001"_s), u"forged"_s, Tasks::WakePolicy::Wake, false});
            journal->newsDropped(endsOf({u"3f9a1c2e"_s, u"00000001"_s}));
            journal->newsKept({NewsId::endOf(u"3f9a1c2e"_s), u"anew"_s, Tasks::WakePolicy::Wake, false});
        }
        auto database = Database::open(path);
        auto rows = database->run(u"SELECT body FROM outbox"_s);
        QVERIFY(rows->next());
        QCOMPARE(rows->value(0).toString(), u"anew"_s);
        QVERIFY(!rows->next());
    }

    void saysOnceThatNothingCanBeSaved()
    {
        SessionStore store(u"/nonexistent/folder/a.db"_s);
        QVector<Error> errors;
        connect(&store, &SessionStore::failed, this, [&](const Error &error) { errors += error; });
        const auto journal = store.journalFor(u"s"_s, u"/p"_s);
        for (const Message &one : everything())
            journal->messageAdded(one);
        const auto loaded = store.load(u"s"_s);
        QTRY_VERIFY(loaded.isFinished());
        QVERIFY(!loaded.result());
        QTRY_COMPARE(errors.size(), 1);
    }
};

MEANWHILE_TEST(SessionStoreTest)
#include "tst_sessionstore.moc"
