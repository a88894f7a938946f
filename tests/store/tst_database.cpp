// SPDX-License-Identifier: MIT
#include "store/database.h"
#include "store/migrations.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Store;
using namespace Qt::StringLiterals;

class DatabaseTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void makesANewFileOfTheNewestSchema()
    {
        const QTemporaryDir folder;
        auto database = Database::open(folder.filePath(u"a.db"_s));
        QVERIFY(database);
        auto version = database->run(u"PRAGMA user_version"_s);
        QVERIFY(version && version->next());
        QCOMPARE(version->value(0).toInt(), kSchemaVersion);
    }

    void opensItsOwnFileAgain()
    {
        const QTemporaryDir folder;
        for (int i = 0; i < 3; ++i)
            QVERIFY(Database::open(folder.filePath(u"a.db"_s)));
    }

    void readsTheOutboxOfVersion4AsTheEndsOfTasks()
    {
        const QTemporaryDir folder;
        {
            auto database = Database::open(folder.filePath(u"a.db"_s));
            for (const QString &statement : {u"DROP TABLE outbox"_s,
                     u"CREATE TABLE outbox (session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE, "
                     u"task TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, message TEXT, request "
                     u"INTEGER, accepted_at TEXT, wake TEXT, failed INTEGER, PRIMARY KEY (session, task, "
                     u"kind)) WITHOUT ROWID"_s,
                     u"INSERT INTO session (id, project, created_at, updated_at) VALUES ('s', 'p', '', '')"_s,
                     u"INSERT INTO outbox VALUES ('s', 't', 'ended', 'text', 'm1', 3, 'then', 'wake', 1)"_s,
                     u"PRAGMA user_version=4"_s})
                QVERIFY(database->run(statement));
        }
        auto database = Database::open(folder.filePath(u"a.db"_s));
        QVERIFY(database);
        auto rows = database->run(
            u"SELECT task, kind, n, body, message, request, accepted_at, wake, failed FROM outbox"_s);
        QVERIFY(rows && rows->next());
        QStringList values;
        for (int i = 0; i < 9; ++i)
            values += rows->value(i).toString();
        QCOMPARE(values.join(u' '), u"t ended 0 text m1 3 then wake 1"_s);
        QVERIFY(!rows->next());
    }

    void leavesANewerFileAlone()
    {
        const QTemporaryDir folder;
        {
            auto database = Database::open(folder.filePath(u"a.db"_s));
            QVERIFY(database->run(u"PRAGMA user_version=999"_s));
        }
        const auto again = Database::open(folder.filePath(u"a.db"_s));
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::Conflict);
        QVERIFY(again.error().message.contains(u"newer"_s));
    }

    void saysWhenTheFileIsNoDatabase()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"a.db"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        QVERIFY(!Database::open(file.fileName()));
    }

    void undoesATransactionThatFails()
    {
        const QTemporaryDir folder;
        auto database = Database::open(folder.filePath(u"a.db"_s));
        const Result<void> done = database->transaction([&]() -> Result<void> {
            if (auto made = database->run(
                    u"INSERT INTO session (id, project, created_at, updated_at) VALUES ('s', 'p', '', '')"_s);
                !made)
                return failure(made.error());
            return failure(ErrorKind::Internal, u"no"_s);
        });
        QVERIFY(!done);
        auto count = database->run(u"SELECT count(*) FROM session"_s);
        QVERIFY(count->next());
        QCOMPARE(count->value(0).toInt(), 0);
    }
};

MEANWHILE_TEST(DatabaseTest)
#include "tst_database.moc"
