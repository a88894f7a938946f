// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tasks/processidentity.h"
#include "tasks/supervisorwatch.h"

#include <QProcess>
#include <QtTest>

#include <csignal>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Qt::StringLiterals;

class SupervisorWatchTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void tellsOnceThatItIsGone_data()
    {
        QTest::addColumn<bool>("hasHandle");
        QTest::newRow("by its handle") << true;
        QTest::newRow("by looking") << false;
    }

    void tellsOnceThatItIsGone()
    {
        QFETCH(bool, hasHandle);
        QProcess process;
        process.start(u"sleep"_s, {u"1000"_s});
        QVERIFY(process.waitForStarted());
        const qint64 pid = process.processId();
        SupervisorWatch watch(*identityOf(pid), hasHandle ? openProcess(pid) : Descriptor());
        QSignalSpy gone(&watch, &SupervisorWatch::gone);
        watch.requestStop(StoppedBy::Person);
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
        QCOMPARE(process.exitCode(), SIGTERM);
        QTRY_COMPARE(gone.size(), 1);
        watch.requestStop(StoppedBy::Person); // reaches nobody
        QVERIFY(!QTest::qWaitFor([&gone] { return gone.size() > 1; }, 20));
    }

    void tellsOfOneThatWasGoneBefore()
    {
        ProcessIdentity earlier = *identityOf(QCoreApplication::applicationPid());
        --earlier.startTicks;
        SupervisorWatch watch(earlier);
        QSignalSpy gone(&watch, &SupervisorWatch::gone);
        watch.requestStop(StoppedBy::Person); // or this test would be over
        QVERIFY(gone.isEmpty());
        QTRY_COMPARE(gone.size(), 1);
    }
};

MEANWHILE_TEST(SupervisorWatchTest)
#include "tst_supervisorwatch.moc"
