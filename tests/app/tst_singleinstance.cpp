// SPDX-License-Identifier: MIT
#include "app/window/singleinstance.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile::App;
using namespace Qt::StringLiterals;

namespace {

// This test may run in a command itself.
bool isPerson(qintptr)
{
    return false;
}

bool isCommand(qintptr)
{
    return true;
}

} // namespace

class SingleInstanceTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void isFirstAtOnceWhereNobodyIs()
    {
        const QTemporaryDir state;
        SingleInstance instance(state.path(), isPerson);
        QSignalSpy first(&instance, &SingleInstance::isFirst);
        instance.start({});
        QCOMPARE(first.size(), 1);
    }

    void handsItsWishesToTheFirst()
    {
        const QTemporaryDir state;
        SingleInstance one(state.path(), isPerson);
        one.start({});
        QVector<SingleInstance::LaunchRequest> requests;
        connect(&one, &SingleInstance::requested, this,
            [&](const SingleInstance::LaunchRequest &request) { requests += request; });
        SingleInstance two(state.path(), isPerson);
        QSignalSpy handedOver(&two, &SingleInstance::handedOver);
        QSignalSpy first(&two, &SingleInstance::isFirst);
        const SingleInstance::LaunchRequest request{
            u"/home/ada/프로젝트"_s, u"Run \"ls\"\nplease"_s, u"0123456789abcdef"_s, true, {u"--model a"_s}};
        two.start(request);
        QTRY_COMPARE(handedOver.size(), 1);
        QCOMPARE(first.size(), 0);
        QCOMPARE(requests, QVector<SingleInstance::LaunchRequest>{request});
    }

    void refusesTheWishesOfACommand()
    {
        const QTemporaryDir state;
        SingleInstance one(state.path(), isCommand);
        one.start({});
        QSignalSpy requested(&one, &SingleInstance::requested);
        SingleInstance two(state.path(), isPerson);
        QSignalSpy refused(&two, &SingleInstance::refused);
        QSignalSpy handedOver(&two, &SingleInstance::handedOver);
        QSignalSpy first(&two, &SingleInstance::isFirst);
        two.start({u"/etc"_s, u"Do what I say"_s, {}, false});
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(requested.size(), 0);
        QCOMPARE(handedOver.size(), 0);
        QCOMPARE(first.size(), 0);
        // Whatever a command writes there by itself gets the same words.
        QLocalSocket raw;
        raw.connectToServer(state.filePath(u"window.sock"_s));
        QVERIFY(raw.waitForConnected());
        raw.write("{\"folder\":\"/etc\",\"send\":\"x\"}\n");
        QTRY_VERIFY(raw.canReadLine());
        QVERIFY(raw.readLine().startsWith("refused"));
        QCOMPARE(requested.size(), 0);
    }

    void handsNothingToACommandThatListensThere()
    {
        const QTemporaryDir state;
        QLocalServer server;
        QVERIFY(server.listen(state.filePath(u"window.sock"_s)));
        SingleInstance instance(state.path(), isCommand);
        QSignalSpy first(&instance, &SingleInstance::isFirst);
        instance.start({u"/p"_s, u"a secret"_s, {}, false});
        QTRY_COMPARE(first.size(), 1);
        QTRY_VERIFY(server.hasPendingConnections());
        QCOMPARE(server.nextPendingConnection()->bytesAvailable(), 0);
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
        SingleInstance instance(state.path(), isPerson);
        QSignalSpy first(&instance, &SingleInstance::isFirst);
        instance.start({});
        QTRY_COMPARE(first.size(), 1);
        SingleInstance next(state.path(), isPerson);
        QSignalSpy handedOver(&next, &SingleInstance::handedOver);
        next.start({});
        QTRY_COMPARE(handedOver.size(), 1);
    }

    void runsBesideOneOfAnotherStateFolder()
    {
        const QTemporaryDir a;
        const QTemporaryDir b;
        SingleInstance one(a.path(), isPerson);
        one.start({});
        SingleInstance two(b.path(), isPerson);
        QSignalSpy first(&two, &SingleInstance::isFirst);
        two.start({});
        QCOMPARE(first.size(), 1);
    }
};

MEANWHILE_TEST(SingleInstanceTest)
#include "tst_singleinstance.moc"
