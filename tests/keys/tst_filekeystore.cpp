// SPDX-License-Identifier: MIT
#include "keys/filekeystore.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using Keys::FileKeyStore;

class FileKeyStoreTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void keepsAKeyInAFileOnlyItsOwnerCanRead()
    {
        const QTemporaryDir folder;
        FileKeyStore store(folder.filePath(u"config"_s));
        const Result<QString> place = store.write(u"anthropic"_s, u"sk-1"_s).result();
        QVERIFY(place);
        QCOMPARE(*place, folder.filePath(u"config/anthropic.key"_s));
        const QFile::Permissions others =
            QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QCOMPARE(QFile::permissions(*place) & others, QFile::Permissions());
        QCOMPARE(store.read(u"anthropic"_s).result(), u"sk-1"_s);
        QCOMPARE(FileKeyStore(folder.filePath(u"config"_s)).read(u"anthropic"_s).result(), u"sk-1"_s);
        QCOMPARE(QDir(folder.filePath(u"config"_s)).entryList(QDir::Files | QDir::Hidden),
            QStringList{u"anthropic.key"_s});
    }

    void tightensAFileThatOthersCouldRead()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"anthropic.key"_s);
        QFile loose(path);
        QVERIFY(loose.open(QFile::WriteOnly));
        loose.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
        loose.write("old\n");
        loose.close();
        FileKeyStore store(folder.path());
        QCOMPARE(store.read(u"anthropic"_s).result(), u"old"_s);
        QVERIFY(store.write(u"anthropic"_s, u"new"_s).result());
        QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther)));
        QCOMPARE(store.read(u"anthropic"_s).result(), u"new"_s);
    }

    void keepsAccountsApartAndRemovesThem()
    {
        const QTemporaryDir folder;
        FileKeyStore store(folder.path());
        QVERIFY(store.write(u"anthropic"_s, u"a"_s).result());
        QVERIFY(store.write(u"openai"_s, u"b"_s).result());
        QVERIFY(store.remove(u"anthropic"_s).result());
        QCOMPARE(store.read(u"anthropic"_s).result(), QString());
        QCOMPARE(store.read(u"openai"_s).result(), u"b"_s);
        QVERIFY(store.remove(u"anthropic"_s).result());
    }

    void doesWritesInOrder()
    {
        const QTemporaryDir folder;
        FileKeyStore store(folder.path());
        for (int i = 0; i < 20; ++i)
            store.write(u"anthropic"_s, QString::number(i));
        // A call to result() would run the read before what stands in line.
        const QFuture<QString> key = store.read(u"anthropic"_s);
        QTRY_VERIFY(key.isFinished());
        QCOMPARE(key.result(), u"19"_s);
    }

    void saysWhatToDoWhenTheFolderCannotBeWritten()
    {
        const QTemporaryDir folder;
        QFile inTheWay(folder.filePath(u"config"_s));
        QVERIFY(inTheWay.open(QFile::WriteOnly));
        FileKeyStore store(folder.filePath(u"config"_s));
        const Result<QString> place = store.write(u"anthropic"_s, u"sk-secret"_s).result();
        QVERIFY(!place);
        QCOMPARE(place.error().kind, ErrorKind::Io);
        QVERIFY(place.error().message.contains(u"anthropic.key"_s));
        QVERIFY(!place.error().message.contains(u"sk-secret"_s) &&
                !place.error().detail.contains(u"sk-secret"_s));
    }

    void acceptsOnlyPlainNames_data()
    {
        QTest::addColumn<QString>("account");
        QTest::newRow("empty") << QString();
        QTest::newRow("path") << u"../x"_s;
        QTest::newRow("blank") << u"a b"_s;
    }

    void acceptsOnlyPlainNames()
    {
        QFETCH(QString, account);
        const QTemporaryDir folder;
        FileKeyStore store(folder.path());
        QVERIFY(!store.write(account, u"k"_s).result());
        QVERIFY(!store.remove(account).result());
        QCOMPARE(store.read(account).result(), QString());
        QVERIFY(QDir(folder.path()).isEmpty());
    }
};

MEANWHILE_TEST(FileKeyStoreTest)
#include "tst_filekeystore.moc"
