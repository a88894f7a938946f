// SPDX-License-Identifier: MIT
#include "keys/filekeystore.h"
#include "keys/layeredkeystore.h"
#include "support/testregistry.h"

#include <QDir>
#include <QPromise>
#include <QtTest>

#include <functional>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Keys::FileKeyStore;
using Keys::LayeredKeyStore;

namespace {

enum class Mood { Works, Refuses, Hangs, Absent };

/// A keychain at the port.
class FakeKeychain final : public Keys::KeyStore {
public:
    Mood mood = Mood::Works;
    bool hasRefused = false;
    int asked = 0;
    QHash<QString, QString> keys;

    bool hasKeychain() const override { return !hasRefused; }

    QFuture<QString> read(const QString &account) override
    {
        return answer<QString>(keys.value(account), QString());
    }
    QFuture<Result<QString>> write(const QString &account, const QString &key) override
    {
        if (mood == Mood::Works)
            keys.insert(account, key);
        return answer<Result<QString>>(Keys::kKeychain.toString(), error());
    }
    QFuture<Result<bool>> remove(const QString &account) override
    {
        if (mood == Mood::Works)
            keys.remove(account);
        return answer<Result<bool>>(true, error());
    }

private:
    tl::unexpected<Error> error() const
    {
        return failure(mood == Mood::Absent ? ErrorKind::Unsupported : ErrorKind::Io, u"no"_s);
    }
    template <typename T>
    QFuture<T> answer(const T &good, const T &bad)
    {
        ++asked;
        hasRefused = hasRefused || mood == Mood::Refuses || mood == Mood::Absent;
        if (mood != Mood::Hangs)
            return QtFuture::makeReadyFuture(mood == Mood::Works ? good : bad);
        auto promise = std::make_shared<QPromise<T>>();
        promise->start();
        endHanging = [promise, bad, this] {
            hasRefused = true; // the person has closed its dialog
            promise->addResult(bad);
            promise->finish();
        };
        return promise->future();
    }

public:
    std::function<void()> endHanging; ///< the newest call; dropped with it
};

struct Stores {
    QTemporaryDir own;
    QDir folder; ///< may be another run's
    FakeKeychain *keychain = new FakeKeychain;
    LayeredKeyStore store{
        std::unique_ptr<Keys::KeyStore>(keychain), std::make_unique<FileKeyStore>(folder.path()), 20ms};

    Stores()
        : folder(own.path())
    {
    }
    explicit Stores(const QDir &ofEarlierRun)
        : folder(ofEarlierRun)
    {
    }

    QString file() const { return folder.filePath(u"anthropic.key"_s); }
    template <typename T>
    static T wait(const QFuture<T> &future)
    {
        if (!Testing::waitFor([&future] { return future.isFinished(); }))
            qFatal("no answer");
        return future.result();
    }
    Result<QString> write(const QString &key) { return wait(store.write(u"anthropic"_s, key)); }
    QString read() { return wait(store.read(u"anthropic"_s)); }
    Result<bool> remove() { return wait(store.remove(u"anthropic"_s)); }
};

} // namespace

class LayeredKeyStoreTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void usesTheKeychainWhereThereIsOne()
    {
        Stores stores;
        QCOMPARE(stores.write(u"sk-1"_s), Result<QString>(u"keychain"_s));
        QVERIFY(!QFile::exists(stores.file()));
        QCOMPARE(stores.read(), u"sk-1"_s);
        QVERIFY(stores.remove());
        QVERIFY(stores.keychain->keys.isEmpty());
        QCOMPARE(stores.read(), QString());
    }

    void writesAFileWhereTheKeychainFailsAndSaysWhere_data()
    {
        QTest::addColumn<int>("mood");
        QTest::newRow("refuses") << int(Mood::Refuses);
        QTest::newRow("hangs") << int(Mood::Hangs);
        QTest::newRow("absent") << int(Mood::Absent);
    }

    void writesAFileWhereTheKeychainFailsAndSaysWhere()
    {
        QFETCH(int, mood);
        Stores stores;
        stores.keychain->mood = Mood(mood);
        QCOMPARE(stores.write(u"sk-1"_s), Result<QString>(stores.file()));
        QCOMPARE(stores.read(), u"sk-1"_s);
    }

    void answersAReadThatHangs()
    {
        Stores stores;
        stores.keychain->mood = Mood::Hangs;
        QCOMPARE(stores.read(), QString());
    }

    void readsTheNewerKeyWhenTheKeychainComesBack()
    {
        Stores stores;
        QVERIFY(stores.write(u"old"_s));
        stores.keychain->mood = Mood::Hangs;
        QVERIFY(stores.write(u"new"_s));
        stores.keychain->mood = Mood::Works;
        QCOMPARE(stores.read(), u"new"_s);
    }

    void takesTheFileAwayWhenTheKeychainHasTheKey()
    {
        Stores before;
        before.keychain->mood = Mood::Refuses;
        QVERIFY(before.write(u"one"_s));
        QVERIFY(QFile::exists(before.file()));
        Stores stores(before.folder);
        QCOMPARE(stores.write(u"two"_s), Result<QString>(u"keychain"_s));
        QVERIFY(!QFile::exists(stores.file()));
        QCOMPARE(stores.read(), u"two"_s);
    }

    void asksAKeychainThatHasRefusedNoMore()
    {
        Stores stores;
        QVERIFY(stores.store.hasKeychain());
        stores.keychain->mood = Mood::Refuses;
        QCOMPARE(stores.read(), QString());
        QCOMPARE(stores.keychain->asked, 1);
        QVERIFY(!stores.store.hasKeychain());
        QCOMPARE(stores.read(), QString());
        QCOMPARE(stores.write(u"sk-1"_s), Result<QString>(stores.file()));
        QCOMPARE(stores.read(), u"sk-1"_s);
        QCOMPARE(stores.keychain->asked, 1);
    }

    void asksNothingElseWhileTheKeychainAsksThePerson()
    {
        Stores stores;
        stores.keychain->mood = Mood::Hangs;
        QCOMPARE(stores.read(), QString());
        QCOMPARE(Stores::wait(stores.store.read(u"openai"_s)), QString());
        QCOMPARE(stores.keychain->asked, 1);
        // Once it has answered, it is asked again, unless that was a refusal.
        stores.keychain->endHanging();
        QCOMPARE(stores.read(), QString());
        QCOMPARE(stores.keychain->asked, 1);
        QVERIFY(!stores.store.hasKeychain());
    }

    void removesTheFileWhereThereIsNoKeychain()
    {
        Stores stores;
        stores.keychain->mood = Mood::Absent;
        QVERIFY(stores.write(u"one"_s));
        QVERIFY(stores.remove());
        QVERIFY(!QFile::exists(stores.file()));
    }

    void takesAnEmptyKeyAsARemoval()
    {
        Stores stores;
        QVERIFY(stores.write(u"one"_s));
        QCOMPARE(stores.write(QString()), Result<QString>(QString()));
        QVERIFY(stores.keychain->keys.isEmpty());
        QVERIFY(!QFile::exists(stores.file()));
    }

    void saysThatAKeyMayStillBeInAKeychainThatHangs()
    {
        Stores stores;
        stores.keychain->mood = Mood::Hangs;
        const Result<bool> removed = stores.remove();
        QVERIFY(!removed);
        QCOMPARE(removed.error().kind, ErrorKind::Timeout);
    }

    void cancelsWhatIsOpenWhenItGoes()
    {
        QFuture<QString> open;
        {
            Stores stores;
            stores.keychain->mood = Mood::Hangs;
            open = stores.store.read(u"anthropic"_s);
        }
        QVERIFY(open.isCanceled());
    }
};

MEANWHILE_TEST(LayeredKeyStoreTest)
#include "tst_layeredkeystore.moc"
