// SPDX-License-Identifier: MIT
#include "app/window/singleinstance.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile::App;
using namespace Qt::StringLiterals;

class SingleInstanceTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void isFirstAtOnceWhereNobodyIs()
    {
        const QTemporaryDir state;
        SingleInstance instance(state.path());
        QSignalSpy first(&instance, &SingleInstance::isFirst);
        instance.start({});
        QCOMPARE(first.size(), 1);
    }

    void handsItsWishesToTheFirst()
    {
        const QTemporaryDir state;
        SingleInstance one(state.path());
        one.start({});
        QVector<SingleInstance::Wish> wishes;
        connect(
            &one, &SingleInstance::wished, this, [&](const SingleInstance::Wish &wish) { wishes += wish; });
        SingleInstance two(state.path());
        QSignalSpy handedOver(&two, &SingleInstance::handedOver);
        QSignalSpy first(&two, &SingleInstance::isFirst);
        const SingleInstance::Wish wish{
            u"/home/ada/프로젝트"_s, u"Run \"ls\"\nplease"_s, u"0123456789abcdef"_s, true};
        two.start(wish);
        QTRY_COMPARE(handedOver.size(), 1);
        QCOMPARE(first.size(), 0);
        QCOMPARE(wishes, QVector<SingleInstance::Wish>{wish});
    }

    void takesOverFromOneThatCrashed()
    {
        const QTemporaryDir state;
        // What a killed program leaves behind: a socket nobody listens on.
        QLocalServer server;
        QVERIFY(server.listen(state.filePath(u"window.sock"_s)));
        QVERIFY(QFile::link(state.filePath(u"window.sock"_s), state.filePath(u"keep"_s)));
        QFile::rename(state.filePath(u"window.sock"_s), state.filePath(u"left"_s));
        server.close();
        QVERIFY(QFile::rename(state.filePath(u"left"_s), state.filePath(u"window.sock"_s)));
        SingleInstance instance(state.path());
        QSignalSpy first(&instance, &SingleInstance::isFirst);
        instance.start({});
        QTRY_COMPARE(first.size(), 1);
        SingleInstance next(state.path());
        QSignalSpy handedOver(&next, &SingleInstance::handedOver);
        next.start({});
        QTRY_COMPARE(handedOver.size(), 1);
    }

    void runsBesideOneOfAnotherStateFolder()
    {
        const QTemporaryDir a;
        const QTemporaryDir b;
        SingleInstance one(a.path());
        one.start({});
        SingleInstance two(b.path());
        QSignalSpy first(&two, &SingleInstance::isFirst);
        two.start({});
        QCOMPARE(first.size(), 1);
    }
};

MEANWHILE_TEST(SingleInstanceTest)
#include "tst_singleinstance.moc"
