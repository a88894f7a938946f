// SPDX-License-Identifier: MIT
#include "base/statepaths.h"
#include "support/testregistry.h"

#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

namespace {

int modeOf(const QString &path)
{
    struct stat info = {};
    return lstat(qPrintable(path), &info) == 0 ? int(info.st_mode & 07777) : -1;
}

void makeOpenFile(const QString &path)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write("x");
    chmod(qPrintable(path), 0644);
}

} // namespace

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

    void keepsSettingsBesideTheStateWhereTheConfigFolderCannotBeWritten()
    {
        const QTemporaryDir root;
        makeOpenFile(root.filePath(u"file"_s));
        QProcessEnvironment environment;
        environment.insert(u"XDG_CONFIG_HOME"_s, root.filePath(u"file"_s));
        environment.insert(u"XDG_STATE_HOME"_s, root.path());
        const StatePaths none = StatePaths::fromEnvironment(environment);
        QCOMPARE(none.config, none.state);
        QVERIFY(none.create());

        StatePaths paths = none;
        paths.readOnlyConfig = root.filePath(u"managed"_s);
        QVERIFY(QDir().mkdir(paths.readOnlyConfig));
        makeOpenFile(paths.readOnlyConfig + u"/settings.ini"_s);
        QVERIFY(paths.create());
        QCOMPARE(modeOf(paths.config + u"/settings.ini"_s), 0600);
        QFile own(paths.config + u"/settings.ini"_s);
        QVERIFY(own.open(QIODevice::WriteOnly));
        own.write("mine");
        own.close();
        QVERIFY(paths.create());
        QCOMPARE(QFileInfo(own).size(), 4); // copied once
    }

    void closesWhatWasOpenBefore()
    {
        const QTemporaryDir root;
        const QString state = root.filePath(u"s"_s);
        const StatePaths paths{state, state, state + u"/tasks"_s};
        for (const QString &folder : {u"/tasks/a/b"_s, u"/checkpoints/c/records"_s})
            QVERIFY(QDir().mkpath(state + folder));
        const QStringList ours{u"/meanwhile.db"_s, u"/meanwhile.db-wal"_s, u"/settings.ini"_s,
            u"/anthropic.key"_s, u"/tasks/a/b/log"_s, u"/checkpoints/c/records/1"_s};
        for (const QString &name : ours + QStringList{u"/notes.txt"_s})
            makeOpenFile(state + name);
        for (const QString &folder : {u""_s, u"/tasks"_s, u"/tasks/a"_s, u"/checkpoints"_s,
                 u"/checkpoints/c"_s, u"/checkpoints/c/records"_s})
            QCOMPARE(chmod(qPrintable(state + folder), 0755), 0);
        QVERIFY(paths.create());
        for (const QString &name : ours)
            QCOMPARE(modeOf(state + name), 0600);
        for (const QString &folder : {u""_s, u"/tasks"_s, u"/tasks/a"_s, u"/checkpoints/c/records"_s})
            QCOMPARE(modeOf(state + folder), 0700);
        QCOMPARE(modeOf(state + u"/notes.txt"_s), 0644); // not the program's
    }

    void refusesTheFolderOfAnotherUser_data()
    {
        QTest::addColumn<bool>("isLink");
        QTest::newRow("itself") << false;
        QTest::newRow("by a link") << true;
    }

    void refusesTheFolderOfAnotherUser()
    {
        QFETCH(bool, isLink);
        const QTemporaryDir root;
        QString foreign = u"/usr"_s; // root's
        if (getuid() == 0) {
            foreign = root.filePath(u"foreign"_s);
            QVERIFY(QDir().mkdir(foreign));
            QCOMPARE(chown(qPrintable(foreign), 65534, 65534), 0);
        }
        const QString path = isLink ? root.filePath(u"link"_s) : foreign;
        if (isLink)
            QVERIFY(QFile::link(foreign, path));
        const StatePaths paths{path, path, path + u"/tasks"_s};
        for (const Result<void> &refused : {paths.checkOwner(), paths.create()}) {
            QVERIFY(!refused);
            QVERIFY2(refused.error().message.contains(path), qPrintable(refused.error().message));
            QVERIFY(refused.error().message.contains(u"another user"_s));
        }
        QVERIFY(!QFile::exists(path + u"/tasks"_s));
    }

    void namesTheWayOutWhereNothingCanBeKept()
    {
        const QTemporaryDir root;
        makeOpenFile(root.filePath(u"file"_s));
        const QString path = root.filePath(u"file/below"_s);
        const Result<void> made = StatePaths{path, path, path + u"/tasks"_s}.create();
        QVERIFY(!made);
        for (const QString &part : {path, u"MEANWHILE_HOME"_s})
            QVERIFY2(made.error().message.contains(part), qPrintable(made.error().message));
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
