// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tools/globpattern.h"
#include "tools/toolbench.h"

#include <QtTest>

#include <fcntl.h>
#include <sys/stat.h>

using namespace Meanwhile;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;
using Meanwhile::Testing::ToolBench;

namespace {

void setAge(const ToolBench &bench, const QString &name, int seconds)
{
    QFile file(bench.path(name));
    QVERIFY(file.open(QFile::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-seconds), QFile::FileModificationTime));
}

QStringList linesOf(const ToolOutcome &outcome)
{
    return outcome.text.split(u'\n', Qt::SkipEmptyParts);
}

} // namespace

class FindingFilesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void globsMatchAsInAShell_data()
    {
        QTest::addColumn<QString>("glob");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("isMatch");
        QTest::newRow("name, at the top") << u"*.h"_s << u"a.h"_s << true;
        QTest::newRow("name, in any folder") << u"*.h"_s << u"src/b/a.h"_s << true;
        QTest::newRow("name, whole") << u"*.h"_s << u"a.hpp"_s << false;
        QTest::newRow("a dot is a dot") << u"*.h"_s << u"axh"_s << false;
        QTest::newRow("path") << u"src/*.h"_s << u"src/a.h"_s << true;
        QTest::newRow("a star stays in its folder") << u"src/*.h"_s << u"src/b/a.h"_s << false;
        QTest::newRow("two stars") << u"src/**/*.h"_s << u"src/b/c/a.h"_s << true;
        QTest::newRow("two stars, no folder") << u"src/**/*.h"_s << u"src/a.h"_s << true;
        QTest::newRow("two stars in front") << u"**/a.h"_s << u"a.h"_s << true;
        QTest::newRow("two stars at the end") << u"src/**"_s << u"src/b/a.h"_s << true;
        QTest::newRow("folder") << u"src/"_s << u"src/b/a.h"_s << true;
        QTest::newRow("from the top") << u"/a.h"_s << u"src/a.h"_s << false;
        QTest::newRow("dot slash") << u"./src/a.h"_s << u"src/a.h"_s << true;
        QTest::newRow("question mark") << u"?.h"_s << u"ab.h"_s << false;
        QTest::newRow("set") << u"[a-c].h"_s << u"b.h"_s << true;
        QTest::newRow("set, negated") << u"[!a-c].h"_s << u"b.h"_s << false;
        QTest::newRow("choice") << u"*.{h,cpp}"_s << u"x/a.cpp"_s << true;
        QTest::newRow("choice, other") << u"*.{h,cpp}"_s << u"x/a.c"_s << false;
        QTest::newRow("open bracket is itself") << u"a[b"_s << u"a[b"_s << true;
        QTest::newRow("regex characters are themselves") << u"a+(b).txt"_s << u"a+(b).txt"_s << true;
        QTest::newRow("Korean") << u"한*.txt"_s << u"문서/한글.txt"_s << true;
    }

    void globsMatchAsInAShell()
    {
        QFETCH(QString, glob);
        QFETCH(QString, path);
        QFETCH(bool, isMatch);
        const GlobPattern pattern(glob);
        QVERIFY(pattern.isValid());
        QCOMPARE(pattern.matches(path), isMatch);
    }

    void listsAFolderNewestFirst()
    {
        const ToolBench bench;
        bench.put(u"old"_s, "x");
        bench.put(u"new"_s, "x");
        setAge(bench, u"old"_s, 100);
        setAge(bench, u"new"_s, -100);
        bench.put(u"folder/deep"_s, "x");
        QVERIFY(QFile::link(u"old"_s, bench.path(u"link"_s)));
        const ToolOutcome outcome = bench.run(u"list_files"_s, {});
        QStringList lines = linesOf(outcome);
        QCOMPARE(lines.first(), u"new"_s);
        QCOMPARE(lines.last(), u"old"_s);
        lines.sort();
        QCOMPARE(lines, (QStringList{u"folder/"_s, u"link@"_s, u"new"_s, u"old"_s}));
        QCOMPARE(outcome.summary, u"4 entries"_s);
        QCOMPARE(
            linesOf(bench.run(u"list_files"_s, {{u"path"_s, u"folder"_s}})), QStringList{u"folder/deep"_s});
    }

    void listsMatchesBelowAFolder()
    {
        const ToolBench bench;
        bench.put(u"a.cpp"_s, "x");
        bench.put(u"src/b.cpp"_s, "x");
        bench.put(u"src/deep/c.cpp"_s, "x");
        bench.put(u"src/deep/c.h"_s, "x");
        setAge(bench, u"a.cpp"_s, 30);
        setAge(bench, u"src/b.cpp"_s, 20);
        setAge(bench, u"src/deep/c.cpp"_s, 10);
        QCOMPARE(linesOf(bench.run(u"list_files"_s, {{u"glob"_s, u"*.cpp"_s}})),
            (QStringList{u"src/deep/c.cpp"_s, u"src/b.cpp"_s, u"a.cpp"_s}));
        QCOMPARE(
            linesOf(bench.run(u"list_files"_s, {{u"glob"_s, u"deep/*"_s}, {u"path"_s, u"src"_s}})).size(), 2);
        QVERIFY(bench.run(u"list_files"_s, {{u"glob"_s, u"*.py"_s}}).text.startsWith(u"No file matches."_s));
    }

    void leavesOutWhatGitIgnoresUnlessItIsNamed()
    {
        const ToolBench bench;
        bench.put(u".gitignore"_s, "build/\n*.o\n");
        bench.put(u"build/found.txt"_s, "needle");
        bench.put(u".git/found.txt"_s, "needle");
        bench.put(u"src/found.o"_s, "needle");
        bench.put(u"src/found.txt"_s, "needle");
        QCOMPARE(linesOf(bench.run(u"list_files"_s, {{u"glob"_s, u"found.*"_s}})),
            QStringList{u"src/found.txt"_s});
        QCOMPARE(linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}})),
            QStringList{u"src/found.txt:1:needle"_s});
        QCOMPARE(linesOf(bench.run(u"list_files"_s, {{u"path"_s, u"build"_s}})),
            QStringList{u"build/found.txt"_s});
        QCOMPARE(linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}, {u"path"_s, u"build"_s}})),
            QStringList{u"build/found.txt:1:needle"_s});
        // Rules of the folders above the one named still count.
        QCOMPARE(
            linesOf(bench.run(u"list_files"_s, {{u"path"_s, u"src"_s}})), QStringList{u"src/found.txt"_s});
    }

    void listsAtMostFiveHundred()
    {
        const ToolBench bench;
        for (int i = 0; i < 510; ++i)
            bench.put(u"f%1"_s.arg(i), "x");
        const QStringList lines = linesOf(bench.run(u"list_files"_s, {}));
        QCOMPARE(lines.size(), 501);
        QCOMPARE(lines.last(), u"[The newest 500 of 510. Narrow the glob or the path to see others.]"_s);
    }

    void searchesLineByLine()
    {
        const ToolBench bench;
        bench.put(u"a.txt"_s, "one\nNeedle two\r\nneedle needle\n\nlast needle");
        QCOMPARE(linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}})),
            (QStringList{u"a.txt:3:needle needle"_s, u"a.txt:5:last needle"_s}));
        QCOMPARE(linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"(?i)^needle"_s}})),
            (QStringList{u"a.txt:2:Needle two"_s, u"a.txt:3:needle needle"_s}));
        QCOMPARE(linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"^$"_s}})), QStringList{u"a.txt:4:"_s});
        QCOMPARE(linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"two$"_s}})),
            QStringList{u"a.txt:2:Needle two"_s});
        QCOMPARE(linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"needle$"_s}, {u"path"_s, u"a.txt"_s}})),
            (QStringList{u"a.txt:3:needle needle"_s, u"a.txt:5:last needle"_s}));
        QVERIFY(bench.run(u"search_files"_s, {{u"regex"_s, u"absent"_s}})
                    .text.startsWith(u"No line matches in 1 files."_s));
    }

    void searchesOnlyWhatTheGlobNames()
    {
        const ToolBench bench;
        bench.put(u"a.txt"_s, "needle");
        bench.put(u"src/b.cpp"_s, "needle");
        QCOMPARE(linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}, {u"glob"_s, u"*.cpp"_s}})),
            QStringList{u"src/b.cpp:1:needle"_s});
    }

    void countsLinesAcrossPieces()
    {
        const ToolBench bench;
        bench.put(u"big"_s, QByteArray("a line of no interest\n").repeated(50'000) + "the needle\n");
        QCOMPARE(linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}})),
            QStringList{u"big:50001:the needle"_s});
    }

    void showsThePartOfALongLineThatMatches()
    {
        const ToolBench bench;
        bench.put(u"min.js"_s, QByteArray(3'000'000, 'x') + "needle" + QByteArray(2'000, 'y'));
        const QString line = bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}}).text;
        QVERIFY(line.contains(u"xneedley"_s));
        QVERIFY(line.size() < 400);
    }

    void searchesTextOnly()
    {
        const ToolBench bench;
        bench.put(u"binary"_s, QByteArray("needle\0", 7));
        bench.put(u"latin"_s, "caf\xe9\n");
        bench.put(u"korean"_s, "바늘\n");
        QVERIFY(linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}}))
                    .first()
                    .startsWith(u"No line"_s));
        QCOMPARE(
            linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"café"_s}})), QStringList{u"latin:1:café"_s});
        QCOMPARE(
            linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"바."_s}})), QStringList{u"korean:1:바늘"_s});
    }

    void endsASearchAtItsLimitAndSaysSo()
    {
        const ToolBench bench;
        bench.put(u"many"_s, QByteArray("needle\n").repeated(1'000));
        const QStringList lines = linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}}));
        QCOMPARE(lines.size(), 201);
        QVERIFY(lines.last().startsWith(u"[Ended early after 1 of 1 files"_s));
    }

    void followsNoLinksAndOpensNoPipes()
    {
        const ToolBench bench;
        bench.put(u"../outside/secret"_s, "needle");
        QVERIFY(QFile::link(bench.path(u"../outside"_s), bench.path(u"folder"_s)));
        QVERIFY(QFile::link(bench.path(u"../outside/secret"_s), bench.path(u"file"_s)));
        QVERIFY(QFile::link(u"."_s, bench.path(u"loop"_s)));
        QCOMPARE(::mkfifo(QFile::encodeName(bench.path(u"pipe"_s)).constData(), 0600), 0);
        QVERIFY(
            bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}}).text.startsWith(u"No line matches"_s));
        QVERIFY(
            bench.intent(u"search_files"_s, {{u"regex"_s, u"x"_s}, {u"path"_s, u"folder"_s}}).leavesProject);
        QVERIFY(!bench.intent(u"list_files"_s, {}).leavesProject);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QJsonObject>("arguments");
        QTest::addColumn<QString>("message");
        QTest::newRow("regex") << u"search_files"_s << QJsonObject{{u"regex"_s, u"a(b"_s}}
                               << u"regex is not valid: missing closing parenthesis (at character 3)."_s;
        QTest::newRow("no such folder") << u"list_files"_s << QJsonObject{{u"path"_s, u"scr"_s}}
                                        << u"scr does not exist. Similar names there: src"_s;
        QTest::newRow("no such folder to search")
            << u"search_files"_s << QJsonObject{{u"regex"_s, u"x"_s}, {u"path"_s, u"scr"_s}}
            << u"scr does not exist. Similar names there: src"_s;
        QTest::newRow("a file to list")
            << u"list_files"_s << QJsonObject{{u"path"_s, u"src/f"_s}} << u"src/f is a file, not a folder."_s;
        QTest::newRow("outside") << u"list_files"_s << QJsonObject{{u"path"_s, u".."_s}}
                                 << u".. leads outside the project folder."_s;
    }

    void saysWhatIsWrong()
    {
        QFETCH(QString, tool);
        QFETCH(QJsonObject, arguments);
        QFETCH(QString, message);
        const ToolBench bench;
        bench.put(u"src/f"_s, "x");
        const ToolOutcome outcome = bench.run(tool, arguments);
        QVERIFY(outcome.isError);
        QVERIFY2(outcome.text.startsWith(message), qPrintable(outcome.text));
    }

    void endsSoonWhenThePersonStopsIt()
    {
        const ToolBench bench;
        {
            QFile file(bench.path(u"huge"_s));
            QVERIFY(file.open(QFile::WriteOnly));
            QVERIFY(file.resize(0));
            const QByteArray block = QByteArray(99, 'z').append('\n').repeated(10'000);
            for (int i = 0; i < 200; ++i)
                QCOMPARE(file.write(block), block.size());
        }
        const ToolCall call = bench.call(u"search_files"_s, {{u"regex"_s, u"(z+)*y"_s}});
        const QFuture<ToolOutcome> answer = bench.start(call);
        bench.tool(u"search_files"_s).interrupt(call.id, Interrupt::PersonStopped);
        QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), 5'000);
        QCOMPARE(answer.result().text, u"The search was stopped."_s);
    }
};

MEANWHILE_TEST(FindingFilesTest)
#include "tst_findingfiles.moc"
