// SPDX-License-Identifier: MIT
#include "app/commandbox.h"
#include "support/testregistry.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::App;
using namespace Qt::StringLiterals;
using Permissions::Box;

/// What the runner finds out, as the window and -p are told of it.
class CommandBoxTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void tellsWhatTheRunnerFoundAndWhy_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<Box>("kind");
        QTest::addColumn<QString>("reason");
        QTest::newRow("full") << QByteArray("box full\nlandlock 5\n") << Box::Full << QString();
        QTest::newRow("refused") << QByteArray(
                                        "box refused setting up uid map: Permission denied\nlandlock 4\n")
                                 << Box::Reduced << u"setting up uid map: Permission denied"_s;
        QTest::newRow("neither") << QByteArray("box none bwrap is not installed\nlandlock 3\n") << Box::None
                                 << u"bwrap is not installed"_s;
        QTest::newRow("no reason") << QByteArray("box none\n") << Box::None << QString();
        QTest::newRow("nothing") << QByteArray() << Box::None << QString();
    }

    void tellsWhatTheRunnerFoundAndWhy()
    {
        QFETCH(QByteArray, said);
        QTemporaryDir folder;
        QFile runner(folder.filePath(u"runner"_s));
        QVERIFY(runner.open(QIODevice::WriteOnly));
        runner.write("#!/bin/sh\ncat <<'.'\n" + said + ".\n");
        runner.close();
        runner.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        CommandBox box({runner.fileName(), folder.path(), {}, folder.path()});
        const QSignalSpy found(&box, &CommandBox::found);
        QCOMPARE(box.kind(), Box::Unknown);
        const auto fitted = box.fit(folder.path(), u"/usr/bin"_s);
        QTRY_COMPARE(found.size(), 1);
        QTEST(box.kind(), "kind");
        QTEST(box.reason(), "reason");
        QTRY_VERIFY(fitted.isFinished());
    }
};

MEANWHILE_TEST(CommandBoxTest)
#include "tst_commandbox.moc"
