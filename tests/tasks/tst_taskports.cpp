// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "taskfixture.h"

using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// Listens on a free port, writes it to the file "port", and stays until the file "enough" is there.
const QByteArray kServer = R"(use IO::Socket::INET;
my $server = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or die;
open my $file, ">", "port.new"; print $file $server->sockport; close $file; rename "port.new", "port";
until (-e "enough") { select(undef, undef, undef, 0.02) }
close $server; rename "port", "closed";
until (-e "over") { select(undef, undef, undef, 0.02) }
)";

struct Server : TaskFixture {
    Server()
    {
        QFile script(work.filePath(u"server.pl"_s));
        script.open(QIODevice::WriteOnly);
        script.write(kServer);
    }
    bool makeFile(const QString &name) const
    {
        QFile file(work.filePath(name));
        return file.open(QIODevice::WriteOnly);
    }
    bool waitForPorts(const QString &id, const QList<quint16> &ports)
    {
        return waitFor(
            [this, &id, &ports] {
                clock.advance(1s);
                return task(id).ports == ports;
            },
            20'000);
    }
};

} // namespace

/// Which ports a running task listens on.
class TaskPortsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        if (QStandardPaths::findExecutable(u"perl"_s).isEmpty())
            QSKIP("there is no perl to open a port with");
    }

    void areKnownWhileItListens_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("itself") << u"exec perl server.pl"_s;
        QTest::newRow("a child's child") << u"bash -c 'perl server.pl; true'; true"_s;
        QTest::newRow("in a session of its own")
            << u"setsid -f perl server.pl; until [ -e over ]; do :; done"_s;
    }

    void areKnownWhileItListens()
    {
        QFETCH(QString, command);
        Server server;
        const QString id = server.start(command);
        const QString other = server.start(u"until [ -e over ]; do :; done"_s);
        QVERIFY(server.waitForFile(u"port"_s));
        const quint16 port = server.read(u"port"_s).toUShort();
        QVERIFY(port > 0);
        QSignalSpy changed(&server.manager, &TaskManager::changed);
        QVERIFY(server.waitForPorts(id, {port}));
        QVERIFY(!changed.isEmpty());
        QCOMPARE(server.task(other).ports, QList<quint16>());

        QVERIFY(server.makeFile(u"enough"_s));
        QVERIFY(server.waitForPorts(id, {}));
        QVERIFY(server.makeFile(u"over"_s));
        QVERIFY(server.waitForEnd(id));
    }

    void areNoneOnceItHasEnded()
    {
        Server server;
        const QString id = server.start(u"exec perl server.pl"_s);
        QVERIFY(server.waitForFile(u"port"_s));
        QVERIFY(server.waitForPorts(id, {server.read(u"port"_s).toUShort()}));
        server.manager.stop(id, StoppedBy::Person);
        QVERIFY(server.waitForEnd(id));
        QCOMPARE(server.task(id).ports, QList<quint16>());
    }
};

MEANWHILE_TEST(TaskPortsTest)
#include "tst_taskports.moc"
