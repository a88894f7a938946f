// SPDX-License-Identifier: MIT
#include "project/gitmodule.h"
#include "project/plaindiffer.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Project;
using namespace Qt::StringLiterals;

class GitModuleTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void knowsWhatGitWouldIgnore_data()
    {
        QTest::addColumn<bool>("isRepository");
        QTest::newRow("a repository") << true;
        QTest::newRow("a folder that is none") << false;
    }

    void knowsWhatGitWouldIgnore()
    {
        QFETCH(bool, isRepository);
        const QTemporaryDir root;
        if (isRepository) {
            QProcess git;
            git.start(u"git"_s, {u"init"_s, u"-q"_s, root.path()});
            QVERIFY(git.waitForFinished());
        }
        put(root.filePath(u".gitignore"_s), "*.log\nbuild/\n!keep.log\n/only-top\n");
        QVERIFY(QDir(root.path()).mkpath(u"sub/deep"_s));
        put(root.filePath(u"sub/.gitignore"_s), "x.txt\n");
        GitModule git;
        const std::unique_ptr<IgnoreRules> rules = git.ignoreRules(root.path());
        QVERIFY(rules);
        QStringList ignored;
        for (const QString &path : {u"a.log"_s, u"keep.log"_s, u"a.cpp"_s, u"sub/a.log"_s, u"sub/x.txt"_s,
                 u"x.txt"_s, u"sub/deep/x.txt"_s, u"only-top"_s, u"sub/only-top"_s, u"build"_s}) {
            if (rules->isIgnored(path.toUtf8(), false))
                ignored += path;
        }
        QCOMPARE(ignored,
            (QStringList{u"a.log"_s, u"sub/a.log"_s, u"sub/x.txt"_s, u"sub/deep/x.txt"_s, u"only-top"_s}));
        QVERIFY(rules->isIgnored("build", true));
    }

    void countsRulesAboveAProjectWithinARepository()
    {
        const QTemporaryDir root;
        QProcess git;
        git.start(u"git"_s, {u"init"_s, u"-q"_s, root.path()});
        QVERIFY(git.waitForFinished());
        put(root.filePath(u".gitignore"_s), "*.log\n/part/out\n");
        QVERIFY(QDir(root.path()).mkpath(u"part/src"_s));
        GitModule module;
        const std::unique_ptr<IgnoreRules> rules = module.ignoreRules(root.filePath(u"part"_s));
        QVERIFY(rules);
        QVERIFY(rules->isIgnored("src/a.log", false));
        QVERIFY(rules->isIgnored("out", true));
        QVERIFY(!rules->isIgnored("src/out", true));
    }

    void showsChangesWithTheirContext()
    {
        GitModule git;
        QCOMPARE(git.diff(u"f"_s, "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            u"--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"_s);
        QCOMPARE(git.diff(u"f"_s, "same", "same"), QString());
    }

    void worksWithoutTheModuleAndSaysSoOnce()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^git support is missing"_s));
        GitModule git(u"/no/such/module.so"_s);
        const QTemporaryDir folder;
        put(folder.filePath(u".gitignore"_s), "*.log\n");
        for (int i = 0; i < 2; ++i)
            QVERIFY(git.ignoreRules(folder.path())->isIgnored("a.log", false));
        QVERIFY(git.diff(u"f"_s, "a\n", "b\n").contains(u"-a\n+b\n"_s));
    }

    void hasAPlainDiffOfItsOwn_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QString>("diff");
        QTest::newRow("one line") << "1\n2\n3\n4\n5\n6\n7\n8\n9\n"_qba
                                  << "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"_qba
                                  << u"@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"_s;
        QTest::newRow("new file") << ""_qba
                                  << "a\nb\n"_qba << u"@@ -0,0 +1,2 @@\n+a\n+b\n"_s;
        QTest::newRow("emptied") << "a\n"_qba
                                 << ""_qba << u"@@ -1,1 +0,0 @@\n-a\n"_s;
        QTest::newRow("added at the end") << "a\n"_qba
                                          << "a\nb\n"_qba << u"@@ -1,1 +1,2 @@\n a\n+b\n"_s;
    }

    void hasAPlainDiffOfItsOwn()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QString, diff);
        QCOMPARE(PlainDiffer().unified(u"f"_s, before, after), u"--- a/f\n+++ b/f\n"_s + diff);
    }

private:
    static void put(const QString &path, const QByteArray &bytes)
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
};

MEANWHILE_TEST(GitModuleTest)
#include "tst_gitmodule.moc"
