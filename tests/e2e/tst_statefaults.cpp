// SPDX-License-Identifier: MIT
// What the program keeps is removed, replaced or locked while it runs.
#include "e2e/printrun.h"
#include "support/testregistry.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

QByteArray bash(const QString &command)
{
    return QJsonDocument(QJsonObject{{u"command"_s, command}}).toJson(QJsonDocument::Compact);
}

/// Another program's connection.
class OtherProgram {
public:
    explicit OtherProgram(const QString &path)
        : m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s))
    {
        m_database.setDatabaseName(path);
        m_database.open();
    }
    ~OtherProgram()
    {
        m_database.close();
        m_database = {};
        QSqlDatabase::removeDatabase(u"other"_s);
    }
    bool run(const QString &sql) { return QSqlQuery(m_database).exec(sql); }

private:
    QSqlDatabase m_database;
};

} // namespace

class StateFaultsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void whatVanishesIsMadeAnewWithTheOpenConversation_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("the file") << u"rm meanwhile.db*"_s;
        QTest::newRow("its log alone") << u"rm meanwhile.db-wal"_s;
        QTest::newRow("the folder") << u"rm -r ../meanwhile"_s;
        QTest::newRow("another file in its place")
            << u"echo rubbish > new && mv new meanwhile.db && rm meanwhile.db-*"_s;
    }

    void whatVanishesIsMadeAnewWithTheOpenConversation()
    {
        QFETCH(QString, command);
        PrintRun run;
        run.setVariable(u"ANTHROPIC_API_KEY"_s, u"test-key"_s);
        LoopbackServer server;
        // What was said is in the file by then: one that vanishes before is made again without a word.
        const QString once =
            u"cd %1 && until grep -qs 'Go on' meanwhile.db-wal; do sleep 0.02; done; "_s.arg(run.state());
        server.enqueue(anthropicAnswer({}, {{"t1", "bash", bash(once + command)}}));
        server.enqueue(anthropicAnswer({}, {{"t2", "bash", bash(u"echo still running"_s)}}));
        server.enqueue(anthropicAnswer("Done."));
        const PrintResult result = run.ask(server);
        QVERIFY2(result.exitCode == 0, result.everything());
        QVERIFY2(result.errors.contains("removed or replaced"), result.everything());
        QVERIFY2(server.requests().last().body.contains("still running"), result.everything());

        server.enqueue(anthropicAnswer("I remember."));
        const PrintResult later = run.ask(server, {u"--continue"_s});
        QVERIFY2(later.exitCode == 0, later.everything());
        QVERIFY(server.requests().last().body.contains("echo still running"));
        QVERIFY(server.requests().last().body.contains("Done."));
    }

    void aRunThatCouldNotSaveSaysSoAndFails_data()
    {
        QTest::addColumn<QString>("trouble");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("locked") << u"BEGIN EXCLUSIVE"_s << QByteArray("another program uses the file");
        QTest::newRow("written by a newer program")
            << u"PRAGMA user_version = 99"_s << QByteArray("written by a newer Meanwhile");
    }

    void aRunThatCouldNotSaveSaysSoAndFails()
    {
        QFETCH(QString, trouble);
        QFETCH(QByteArray, why);
        PrintRun run;
        run.setVariable(u"ANTHROPIC_API_KEY"_s, u"test-key"_s);
        LoopbackServer server;
        server.enqueue(anthropicAnswer("First."));
        QCOMPARE(run.ask(server).exitCode, 0);
        OtherProgram other(run.state() + u"/meanwhile.db"_s);
        QVERIFY(other.run(trouble));
        server.enqueue(anthropicAnswer("Second."));
        const PrintResult result = run.ask(server);
        QVERIFY2(result.exitCode == 1, result.everything());
        QVERIFY2(result.errors.contains(why), result.everything());
        QVERIFY2(result.errors.contains("Not all of this conversation was saved."), result.everything());
        QCOMPARE(result.text(), u"Second."_s);
    }

    void aLockThatGoesInTimeIsNoTrouble()
    {
        PrintRun run;
        run.setVariable(u"ANTHROPIC_API_KEY"_s, u"test-key"_s);
        LoopbackServer server;
        server.enqueue(anthropicAnswer("First."));
        QCOMPARE(run.ask(server).exitCode, 0);
        OtherProgram other(run.state() + u"/meanwhile.db"_s);
        QVERIFY(other.run(u"BEGIN EXCLUSIVE"_s));
        QTimer::singleShot(2'000, this, [&other] { other.run(u"ROLLBACK"_s); });
        server.enqueue(anthropicAnswer("Second."));
        const PrintResult result = run.ask(server);
        QVERIFY2(result.exitCode == 0, result.everything());
        QCOMPARE(result.errors, QByteArray());
    }
};

MEANWHILE_TEST(StateFaultsTest)
#include "tst_statefaults.moc"
