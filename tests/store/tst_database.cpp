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
