// SPDX-License-Identifier: MIT
#include "keys/modulekeystore.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using Keys::ModuleKeyStore;

class ModuleKeyStoreTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void refusesCalmlyWithoutItsModule()
    {
        ModuleKeyStore store(u"/nowhere/libmw_keychain.so"_s);
        QCOMPARE(store.read(u"anthropic"_s).result(), QString());
        const Result<QString> place = store.write(u"anthropic"_s, u"k"_s).result();
        QVERIFY(!place);
        QCOMPARE(place.error().kind, ErrorKind::Unsupported);
        QVERIFY(!place.error().detail.isEmpty());
        QVERIFY(!store.remove(u"anthropic"_s).result());
    }

    void refusesALibraryThatIsNoModule()
    {
        ModuleKeyStore store(QCoreApplication::applicationFilePath());
        QCOMPARE(store.write(u"anthropic"_s, u"k"_s).result().error().kind, ErrorKind::Unsupported);
    }

#ifdef MEANWHILE_KEYCHAIN_MODULE
    void loadsTheKeychainAtTheFirstUse()
    {
        // No bus: the keychain answers at once that there is none.
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        ModuleKeyStore store(QString::fromUtf8(MEANWHILE_KEYCHAIN_MODULE));
        QVERIFY(!store.isLoaded());
        const QFuture<Result<QString>> place = store.write(u"anthropic"_s, u"k"_s);
        QVERIFY(store.isLoaded());
        QTRY_VERIFY(place.isFinished());
        QVERIFY(!place.result());
    }
#endif
};

MEANWHILE_TEST(ModuleKeyStoreTest)
#include "tst_modulekeystore.moc"
