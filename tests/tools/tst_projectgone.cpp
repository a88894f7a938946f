// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tools/toolbench.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Project;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;

class ProjectGoneTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyToolSaysThatTheProjectFolderIsAnother_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QJsonObject>("arguments");
        QTest::newRow("read") << u"read_file"_s << QJsonObject{{u"path"_s, u"k.txt"_s}};
        QTest::newRow("list") << u"list_files"_s << QJsonObject{};
        QTest::newRow("glob") << u"list_files"_s << QJsonObject{{u"glob"_s, u"**/*.txt"_s}};
        QTest::newRow("search") << u"search_files"_s << QJsonObject{{u"regex"_s, u"content"_s}};
        QTest::newRow("write") << u"write_file"_s
                               << QJsonObject{{u"path"_s, u"made.txt"_s}, {u"content"_s, u"x"_s}};
        QTest::newRow("edit") << u"edit_file"_s
                              << QJsonObject{{u"path"_s, u"k.txt"_s}, {u"old_text"_s, u"old"_s},
                                     {u"new_text"_s, u"new"_s}};
        QTest::newRow("bash") << u"bash"_s << QJsonObject{{u"command"_s, u"touch ran"_s}};
        QTest::newRow("background") << u"background_run"_s << QJsonObject{{u"command"_s, u"touch ran"_s}};
    }

    void everyToolSaysThatTheProjectFolderIsAnother()
    {
        QFETCH(QString, tool);
        QFETCH(QJsonObject, arguments);
        const ToolBench bench;
        bench.put(u"k.txt"_s, "old content\n");
        const QString aside = bench.path() + u".bak"_s;
        QVERIFY(QDir().rename(bench.path(), aside) && QDir().mkdir(bench.path()));
        bench.put(u"k.txt"_s, "new content\n");
        QVERIFY(bench.intent(tool, arguments).impossible.contains(u"moved, replaced or removed"_s));
        const ToolOutcome outcome = bench.run(tool, arguments);
        QVERIFY(outcome.isError);
        QVERIFY2(outcome.text.contains(u"moved, replaced or removed"_s), qPrintable(outcome.text));
        for (const QString &folder : {bench.path(), aside})
            QCOMPARE(QDir(folder).entryList(QDir::Files), QStringList{u"k.txt"_s});

        QVERIFY(QDir(bench.path()).removeRecursively());
        QVERIFY(bench.run(tool, arguments).text.contains(u"moved, replaced or removed"_s));
        QVERIFY(QDir().rename(aside, bench.path()));
        QVERIFY(!bench.run(tool, arguments).isError);
    }
};

MEANWHILE_TEST(ProjectGoneTest)
#include "tst_projectgone.moc"
