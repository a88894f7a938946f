// SPDX-License-Identifier: MIT
#include "notify/busaddress.h"
#include "support/testregistry.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QtTest>

#include <cstdio>

using namespace Meanwhile::Notify;
using namespace Qt::StringLiterals;

namespace {

QProcessEnvironment with(const QString &address, const QString &runtimeFolder = {})
{
    QProcessEnvironment environment;
    if (!address.isNull())
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, address);
    if (!runtimeFolder.isEmpty())
        environment.insert(u"XDG_RUNTIME_DIR"_s, runtimeFolder);
    return environment;
}

} // namespace

/// Where the bus is, without starting one.
class BusAddressTest : public QObject {
    Q_OBJECT

private slots:
    void takesWhatTheEnvironmentSays()
    {
        const BusAddress plain{u"unix:path=/run/user/1000/bus"_s, u"/run/user/1000/bus"_s};
        QCOMPARE(sessionBusAddress(with(plain.text)), plain);
        const BusAddress abstract{u"unix:abstract=/tmp/a%2cb,guid=12"_s, u"@/tmp/a,b"_s};
        QCOMPARE(sessionBusAddress(with(abstract.text)), abstract);
        // Of several the first that is a socket of this computer.
        const BusAddress second{u"unix:guid=12,path=/b"_s, u"/b"_s};
        QCOMPARE(sessionBusAddress(with(u"tcp:host=a,port=1;"_s + second.text + u";unix:path=/c"_s)), second);
        QCOMPARE(sessionBusAddress(with(u"unix:runtime=yes"_s, u"/run/user/7"_s)),
            (BusAddress{u"unix:runtime=yes"_s, u"/run/user/7/bus"_s}));
    }

    void startsNoBus()
    {
        for (const QString &address :
            {QString(), u""_s, u"autolaunch:"_s, u"autolaunch:scope=*install-path"_s,
                u"unixexec:path=/bin/sh"_s, u"unix:dir=/tmp"_s, u"unix:runtime=yes"_s, u"nonsense"_s})
            QVERIFY2(sessionBusAddress(with(address)).isEmpty(), qPrintable(address));
        const QTemporaryDir folder;
        QVERIFY(QFile(folder.filePath(u"bus"_s)).open(QIODevice::WriteOnly));
        // What was said counts, also where it is no use.
        QVERIFY(sessionBusAddress(with(u"autolaunch:"_s, folder.path())).isEmpty());
    }

    void findsTheOneOfTheLogin()
    {
        const QTemporaryDir top;
        const QString folder = top.filePath(u"a b,c;d"_s);
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(sessionBusAddress(with({}, folder)).isEmpty());
        QVERIFY(QFile(folder + u"/bus"_s).open(QIODevice::WriteOnly));
        QCOMPARE(sessionBusAddress(with({}, folder)),
            (BusAddress{u"unix:path="_s + top.path() + u"/a%20b%2Cc%3Bd/bus"_s, folder + u"/bus"_s}));
    }

    void holdsTheSocketThatIsThereNow()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"bus"_s);
        QLocalServer bus;
        QLocalServer other;
        QVERIFY(bus.listen(path) && other.listen(folder.filePath(u"other"_s)));
        Meanwhile::Descriptor door;
        const BusAddress held = heldAddress({u"unix:path="_s + path, path}, door);
        QCOMPARE(::rename(qPrintable(other.fullServerName()), qPrintable(path)), 0);
        QLocalSocket socket;
        socket.connectToServer(held.socketPath);
        QTRY_VERIFY(bus.hasPendingConnections());
        QVERIFY(!other.hasPendingConnections());
        QCOMPARE(held.text, u"unix:path="_s + held.socketPath);

        const BusAddress abstract{u"unix:abstract=/a"_s, u"@/a"_s};
        QCOMPARE(heldAddress(abstract, door), abstract);
        const BusAddress none{u"unix:path=/nowhere"_s, u"/nowhere"_s};
        QCOMPARE(heldAddress(none, door), none);
    }
};

MEANWHILE_TEST(BusAddressTest)
#include "tst_busaddress.moc"
