// SPDX-License-Identifier: MIT
#include "base/statepaths.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

class StatePathsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void putsEverythingUnderMeanwhileHome()
    {
        QProcessEnvironment environment;
        environment.insert(u"MEANWHILE_HOME"_s, u"/x/y"_s);
        QCOMPARE(
            StatePaths::fromEnvironment(environment), (StatePaths{u"/x/y"_s, u"/x/y"_s, u"/x/y/tasks"_s}));
    }

    void followsTheXdgFoldersAndIgnoresRelativeOnes()
    {
        QProcessEnvironment environment;
        environment.insert(u"XDG_CONFIG_HOME"_s, u"/c"_s);
        environment.insert(u"XDG_STATE_HOME"_s, u"relative"_s);
        const StatePaths paths = StatePaths::fromEnvironment(environment);
        QCOMPARE(paths.config, u"/c/meanwhile"_s);
        QCOMPARE(paths.state, QDir::homePath() + u"/.local/state/meanwhile"_s);
    }

    void makesFoldersOnlyTheOwnerCanRead()
    {
        const QTemporaryDir root;
        const StatePaths paths{root.filePath(u"c"_s), root.filePath(u"s"_s), root.filePath(u"s/tasks"_s)};
        QVERIFY(paths.create());
        QCOMPARE(
            QFile::permissions(paths.tasks) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }
};

MEANWHILE_TEST(StatePathsTest)
#include "tst_statepaths.moc"
