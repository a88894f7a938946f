// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tasks/processidentity.h"

#include <QtTest>

using namespace Meanwhile::Tasks;
using namespace Qt::StringLiterals;

class ProcessIdentityTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void knowsThisVeryProcess()
    {
        const std::optional<ProcessIdentity> self = identityOf(QCoreApplication::applicationPid());
        QVERIFY(self);
        QVERIFY(!self->bootId.isEmpty());
        QVERIFY(self->startTicks > 0);
        QVERIFY(isAlive(*self));
    }

    void isNotFooledByAReusedPid()
    {
        ProcessIdentity earlier = *identityOf(QCoreApplication::applicationPid());
        --earlier.startTicks;
        QVERIFY(!isAlive(earlier));
    }

    void isNotFooledByAnotherBoot()
    {
        ProcessIdentity earlier = *identityOf(QCoreApplication::applicationPid());
        earlier.bootId = u"00000000-0000-0000-0000-000000000000"_s;
        QVERIFY(!isAlive(earlier));
    }

    void seesThatAProcessIsGone()
    {
        QProcess process;
        process.start(u"sleep"_s, {u"1000"_s});
        QVERIFY(process.waitForStarted());
        const std::optional<ProcessIdentity> identity = identityOf(process.processId());
        QVERIFY(identity && isAlive(*identity));
        process.kill();
        QVERIFY(process.waitForFinished());
        QVERIFY(!isAlive(*identity));
        QVERIFY(!isAlive({}));
    }

    void readsNamesWithParenthesesAndSpaces()
    {
        const QTemporaryDir folder;
        const QString program = folder.filePath(u"a) Z 1 (b"_s);
        QVERIFY(QFile::copy(u"/bin/sleep"_s, program));
        QProcess process;
        process.start(program, {u"1000"_s});
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY(identityOf(process.processId()));
        QVERIFY(identityOf(process.processId())->startTicks > 0);
        process.kill();
        QVERIFY(process.waitForFinished());
    }
};

MEANWHILE_TEST(ProcessIdentityTest)
#include "tst_processidentity.moc"
