// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "taskfixture.h"
#include "tasks/supervisedpeer.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>

using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

/// Opens the socket and stays until the other side closes it.
QString connectTo(const QString &socket)
{
    return u"perl -MIO::Socket::UNIX -e 'my $s = IO::Socket::UNIX->new(Peer => \"%1\") or die; <$s>'"_s.arg(
        socket);
}

} // namespace

/// Who is at the other end of a socket.
class SupervisedPeerTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        if (QStandardPaths::findExecutable(u"perl"_s).isEmpty())
            QSKIP("there is no perl to open a socket with");
    }

    void isACommandHoweverItGotAway_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("itself") << u"exec %1"_s;
        QTest::newRow("a child's child") << u"bash -c '%1; true'"_s.replace(u'\'', u'"');
        QTest::newRow("in a session of its own") << u"setsid -f %1"_s;
        QTest::newRow("without an environment") << u"env -i setsid -f %1"_s;
        QTest::newRow("after its supervisor was killed")
            << u"setsid -f bash -c 'while kill -0 '$PPID'; do :; done; eval \"$1\"' - \"%1\" "
               "2>/dev/null; kill -9 $PPID"_s;
    }

    void isACommandHoweverItGotAway()
    {
        QFETCH(QString, command);
        TaskFixture fixture;
        QLocalServer server;
        QVERIFY(server.listen(fixture.work.filePath(u"s"_s)));
        QFile script(fixture.work.filePath(u"connect"_s));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\nexec " + connectTo(server.fullServerName()).toUtf8() + '\n');
        script.close();
        QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        fixture.start(command.arg(u"./connect"_s));
        QTRY_VERIFY_WITH_TIMEOUT(server.hasPendingConnections(), 20'000);
        QLocalSocket *peer = server.nextPendingConnection();
        QVERIFY(isSupervisedPeer(peer->socketDescriptor()));
        peer->abort();
    }

    void isNotACommandWhenAPersonStartedIt()
    {
        const QTemporaryDir folder;
        QLocalServer server;
        QVERIFY(server.listen(folder.filePath(u"s"_s)));
        QLocalSocket own;
        own.connectToServer(server.fullServerName());
        QTRY_VERIFY(server.hasPendingConnections());
        if (isSupervisedPeer(server.nextPendingConnection()->socketDescriptor()))
            QSKIP("this test runs in a command itself");
        QProcess process;
        process.start(u"/bin/sh"_s, {u"-c"_s, connectTo(server.fullServerName())});
        QTRY_VERIFY_WITH_TIMEOUT(server.hasPendingConnections(), 20'000);
        QLocalSocket *peer = server.nextPendingConnection();
        QVERIFY(!isSupervisedPeer(peer->socketDescriptor()));
        peer->abort();
        QVERIFY(process.waitForFinished());
    }

    void isTakenForACommandWhenItIsGone()
    {
        const QTemporaryDir folder;
        QLocalServer server;
        QVERIFY(server.listen(folder.filePath(u"s"_s)));
        QProcess process;
        process.start(u"/bin/sh"_s,
            {u"-c"_s, u"exec perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Peer => \"%1\") or die'"_s.arg(
                          server.fullServerName())});
        QVERIFY(process.waitForFinished());
        QTRY_VERIFY(server.hasPendingConnections());
        QVERIFY(isSupervisedPeer(server.nextPendingConnection()->socketDescriptor()));
    }
};

MEANWHILE_TEST(SupervisedPeerTest)
#include "tst_supervisedpeer.moc"
