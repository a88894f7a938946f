// SPDX-License-Identifier: MIT
#include "project/globpattern.h"
#include "support/testregistry.h"
#include "tools/toolbench.h"

#include <QtTest>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Project;
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
        QTest::newRow("choice within a choice") << u"*.{h,{c,m}}"_s << u"a.m"_s << true;
        QTest::newRow("stars without end")
            << u"**/a*/**/a*/**/a*/**/a*/**/a*/**/b"_s << u"a/"_s.repeated(500) + u"c"_s << false;
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
        QCOMPARE(linesOf(bench.run(u"list_files"_s, {{u"path"_s, u"src"_s}})),
            (QStringList{u"src/found.txt"_s, u"[Left out, since git ignores it: src/found.o]"_s}));
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
                    .text.startsWith(u"No line matches in 1 file."_s));
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
        QVERIFY2(
            lines.last().startsWith(u"[The first 200 of more than 200 lines"_s), qPrintable(lines.last()));
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

    void keepsSecretsBackWhereverTheSearchBegins_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("start");
        const auto row = [](const QString &file, const QString &start) {
            QTest::newRow(qPrintable(start)) << file << start;
        };
        row(u".git/config"_s, u".git"_s);
        row(u".git/config"_s, u".git/../.git/"_s);
        row(u".git/config"_s, u"g"_s); // links to .git
        row(u".git/config"_s, u"PROJECT/.git"_s);
        row(u".docker/config.json"_s, u".docker"_s);
        row(u".envs/.production/.django"_s, u".envs"_s);
        row(u".envs/.production/.django"_s, u".envs/.production"_s);
        row(u".kube/config"_s, u".kube"_s);
        row(u".aws/config"_s, u".aws"_s);
        row(u".secrets/token"_s, u".secrets"_s);
        row(u"store/config"_s, u"store"_s); // a repository of another name
        row(u"notes.txt"_s, u"."_s);        // another name of .git/config
    }

    void keepsSecretsBackWhereverTheSearchBegins()
    {
        QFETCH(QString, file);
        QFETCH(QString, start);
        const ToolBench bench;
        for (const QString &name : {u".git"_s, u"store"_s}) {
            bench.put(name + u"/HEAD"_s, "ref: refs/heads/main\n");
            bench.put(name + u"/objects/x"_s, "");
            bench.put(name + u"/refs/x"_s, "");
        }
        bench.put(u".git/config"_s, "");
        if (file == u"notes.txt")
            QCOMPARE(::link(QFile::encodeName(bench.path(u".git/config"_s)).constData(),
                         QFile::encodeName(bench.path(file)).constData()),
                0);
        bench.put(file, "CANARY\n");
        QCOMPARE(int(bench.intent(u"read_file"_s, {{u"path"_s, file}}).care), int(Intent::Care::Secret));
        QVERIFY(QFile::link(u".git"_s, bench.path(u"g"_s)));
        start.replace(u"PROJECT"_s, bench.path());
        ToolCall call = bench.call(u"search_files"_s, {{u"regex"_s, u"CANARY"_s}, {u"path"_s, start}});
        const QString text = bench.run(call).text;
        QVERIFY2(text.contains(u"keys or passwords"_s) && !text.contains(u"CANARY"_s), qPrintable(text));
        call.allowedSecrets += QFileInfo(bench.path(file)).canonicalFilePath();
        QVERIFY(bench.run(call).text.contains(u":1:CANARY"_s));
    }

    void runsNoSearchProgramThatLiesInTheProject_data()
    {
        QTest::addColumn<QString>("folder");
        for (const char *folder : {".", "bin", "PROJECT/bin", "PROJECT/outside/../bin", "PROJECT/../linked"})
            QTest::newRow(folder) << QString::fromLatin1(folder);
    }

    void runsNoSearchProgramThatLiesInTheProject()
    {
        QFETCH(QString, folder);
        const ToolBench bench;
        bench.put(u"a.txt"_s, "needle\n");
        const QByteArray script = "#!/bin/sh\n: > " + QFile::encodeName(bench.path(u"ran"_s)) + '\n';
        for (const QString &name : {u"rg"_s, u"bin/rg"_s}) {
            bench.put(name, script);
            QVERIFY(QFile::setPermissions(bench.path(name), QFile::ReadUser | QFile::ExeUser));
        }
        QVERIFY(QFile::link(bench.path(u"bin"_s), bench.path(u"../linked"_s)));
        QVERIFY(QDir().mkpath(bench.path(u"outside"_s)));
        const QByteArray path = qgetenv("PATH");
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(bench.path()));
        qputenv("PATH", QFile::encodeName(folder.replace(u"PROJECT"_s, bench.path())) + ':' + path);
        const QString text = bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}}).text;
        const QString id = bench.run(u"bash"_s, {{u"command"_s, u"echo needle"_s}}).taskId;
        const QString inLog =
            bench.run(u"check_background"_s, {{u"task_id"_s, id}, {u"grep"_s, u"needle"_s}}).text;
        qputenv("PATH", path);
        QVERIFY(QDir::setCurrent(before));
        QVERIFY2(text.contains(u"a.txt:1:needle"_s), qPrintable(text));
        QVERIFY2(inLog.contains(u"1\tneedle"_s), qPrintable(inLog));
        QVERIFY(!QFile::exists(bench.path(u"ran"_s)));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QJsonObject>("arguments");
        QTest::addColumn<QString>("message");
        QTest::newRow("regex") << u"search_files"_s << QJsonObject{{u"regex"_s, u"a(b"_s}}
                               << u"regex is not valid: unclosed group"_s;
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

    void findsTheLineThatMatches_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("regex");
        QTest::addColumn<QStringList>("lines");
        const QByteArray lone = "\"" + QByteArray("word ").repeated(18'000) + "\n";
        QTest::newRow("a lone quote before it")
            << lone + "say \"needle\"\n"
            << u"\"(\\\\.|[^\"])*needle\""_s << QStringList{u"f:2:say \"needle\""_s};
        QTest::newRow("words without end") << "aaa bbb ccc ddd eee fff ggg hhh iii jjj kkk lll\nneedle\n"_qba
                                           << u"(\\w+\\s*)+;|needle"_s << QStringList{u"f:2:needle"_s};
        QTest::newRow("any character or a line break")
            << "start {\n" + QByteArray("x\n").repeated(3'000) + "start { the needle\n"
            << u"start \\{(.|\\n)*?needle"_s << QStringList{u"f:3002:start { the needle"_s};
        QTest::newRow("a long line before it")
            << "{\"blob\": \"" + QByteArray("x").repeated(40'000) + "\",\n\"name\": \"needle\",\n"
            << u"\"(?:[^\"\\\\]|\\\\.)*needle\""_s << QStringList{u"f:2:\"name\": \"needle\","_s};
        QTest::newRow("steps that grow twofold")
            << QByteArray(QByteArray("a").repeated(32) + "!\n").repeated(5'000) + "aaa\n"
            << u"^(a|aa)+$"_s << QStringList{u"f:5001:aaa"_s};
        QTest::newRow("space stays in its line")
            << "int f() {\n\n  return 1;\n}\n"_qba << u"\\s+return"_s << QStringList{u"f:3:  return 1;"_s};
        QTest::newRow("blank lines are others")
            << "\n\nint g;\n"_qba << u"^\\s*int g"_s << QStringList{u"f:3:int g;"_s};
        QTest::newRow("negated set") << "a\nb\n"_qba << u"a[^x]b|[^x]b"_s << QStringList{};
        QTest::newRow("not a word character")
            << "one;\ntwo\n"_qba << u"\\Wtwo|e\\W"_s << QStringList{u"f:1:one;"_s};
        QTest::newRow("end before CR LF") << "one\r\ntwo\r\n"_qba << u"one$"_s << QStringList{u"f:1:one"_s};
        QTest::newRow("CR LF itself") << "one\r\ntwo\n"_qba << u"\\r$"_s << QStringList{u"f:1:one"_s};
        QTest::newRow("brace of code")
            << "interface Foo {\n"_qba << u"interface \\w+ {"_s << QStringList{u"f:1:interface Foo {"_s};
        QTest::newRow("braces of a template")
            << "a ${b} c\n"_qba << u"\\${b}"_s << QStringList{u"f:1:a ${b} c"_s};
        QTest::newRow("count") << "aaa\naa\n"_qba << u"^a{3}$"_s << QStringList{u"f:1:aaa"_s};
        QTest::newRow("backslashes that need not be")
            << "a/b \"c\"\n"_qba << u"a\\/b \\\"c\\\""_s << QStringList{u"f:1:a/b \"c\""_s};
        QTest::newRow("bracket in a set") << "a[0]\n"_qba << u"[[]0[\\]]"_s << QStringList{u"f:1:a[0]"_s};
        QTest::newRow("named group") << "key=1\n"_qba << u"(?<name>\\w+)=1"_s << QStringList{u"f:1:key=1"_s};
        QTest::newRow("looks ahead") << "foobar\nfoobaz\n"_qba << u"foo(?!bar)"_s
                                     << QStringList{u"f:2:foobaz"_s};
        QTest::newRow("refers back") << "abab\nabac\n"_qba << u"^(ab)\\1$"_s << QStringList{u"f:1:abab"_s};
        QTest::newRow("begins with a dash")
            << "a --flag\n"_qba << u"--flag"_s << QStringList{u"f:1:a --flag"_s};
        QTest::newRow("last line of UTF-16") << QByteArray("\xff\xfeo\0n\0e\0\n\0n\0"
                                                           "1\0"
                                                           "6\0",
                                                    16)
                                             << u"n16"_s << QStringList{u"f:2:n16"_s};
        QTest::newRow("a NUL far behind")
            << QByteArray("x\n").repeated(9'000) + QByteArray("\0\n", 2) + "needle\n"
            << u"needle"_s << QStringList{u"f:9002:needle"_s};
        const QByteArray euc =
            "\xc7\xd1\xb1\xdb\xc0\xba needle\xb4\xd9.\n\xb1\xd7\xb8\xae\xb0\xed \xc7\xd1\xb1\xdb\n";
        QTest::newRow("EUC-KR") << euc << u"한글$"_s << QStringList{u"f:2:그리고 한글"_s};
        QTest::newRow("any letters of EUC-KR")
            << euc << u"^.*needle"_s << QStringList{u"f:1:한글은 needle다."_s};
        QTest::newRow("any letters, not of UTF-8")
            << "a; // caf\xe9 needle\n"_qba << u"//.*needle"_s << QStringList{u"f:1:a; // café needle"_s};
        QTest::newRow("one line of a megabyte")
            << QByteArray("ab").repeated(600'000) + "\xed\x95\x9c needle\nx\n"
            << u"한 needle"_s << QStringList{};
    }

    void findsTheLineThatMatches()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, regex);
        QFETCH(QStringList, lines);
        const ToolBench bench;
        bench.put(u"f"_s, content);
        for (const QJsonObject &where : {QJsonObject{}, QJsonObject{{u"path"_s, u"f"_s}}}) {
            QJsonObject arguments = where;
            arguments.insert(u"regex"_s, regex);
            const ToolOutcome outcome = bench.run(u"search_files"_s, arguments);
            QVERIFY2(!outcome.isError, qPrintable(outcome.text));
            if (content.size() > 1'000'000)
                QVERIFY2(outcome.text.startsWith(u"f:1:…abab"_s) && outcome.text.endsWith(u"ab한 needle"_s),
                    qPrintable(outcome.text));
            else if (lines.isEmpty())
                QVERIFY2(outcome.text.startsWith(u"No line matches in 1 file."_s), qPrintable(outcome.text));
            else
                QCOMPARE(linesOf(outcome), lines);
        }
    }

    void searchesOtherEncodingsBesideWhatIsFoundInUtf8()
    {
        const ToolBench bench;
        bench.put(u"a.txt"_s, "foo x bar\n");
        bench.put(u"k.txt"_s, "foo \xc7\xd1\xb1\xdb bar\n");
        QStringList lines = linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"^foo.*bar"_s}}));
        lines.sort();
        QCOMPARE(lines, (QStringList{u"a.txt:1:foo x bar"_s, u"k.txt:1:foo 한글 bar"_s}));
    }

    void saysWhichTextInAnotherEncodingWasTooMuchForTheEngine()
    {
        const ToolBench bench;
        const QByteArray korean = "\xc7\xd1\xb1\xdb\xc0\xba \xb4\xd9\n";
        for (const QString &name : {u"b.txt"_s, u"d.txt"_s, u"e.txt"_s})
            bench.put(name, "x\n" + korean);
        bench.put(u"c.txt"_s, korean + QByteArray(40, 'a') + "!\n");
        const QString regex = u"^(?=a)(a|aa)+$|한글"_s;
        // Of this one, only what is decoded is too much.
        bench.put(u"g/k.txt"_s, QByteArray("\xb0\xa1").repeated(40) + "!\n");
        const QString decoded =
            bench.run(u"search_files"_s, {{u"regex"_s, u"^(?=가)(가|가가)+$"_s}, {u"path"_s, u"g"_s}}).text;
        QVERIFY2(decoded.startsWith(u"No line matches in what was looked at, which is not all."_s) &&
                     decoded.contains(u"[Not searched: g/k.txt: PCRE2"_s),
            qPrintable(decoded));
        QVERIFY(QDir(bench.path(u"g"_s)).removeRecursively());
        const QString only =
            bench.run(u"search_files"_s, {{u"regex"_s, regex}, {u"path"_s, u"c.txt"_s}}).text;
        QVERIFY2(only.startsWith(u"No line matches in what was looked at, which is not all."_s) &&
                     only.contains(u"[Not searched: c.txt: PCRE2"_s),
            qPrintable(only));
        QStringList lines = linesOf(bench.run(u"search_files"_s, {{u"regex"_s, regex}}));
        const QString note = lines.takeLast();
        QVERIFY2(note.startsWith(u"[Not searched: c.txt: PCRE2"_s) && note.count(u".txt"_s) == 1,
            qPrintable(note));
        lines.sort();
        QCOMPARE(
            lines, (QStringList{u"b.txt:2:한글은 다"_s, u"d.txt:2:한글은 다"_s, u"e.txt:2:한글은 다"_s}));
    }

    void searchesMoreFilesThanTheSystemTakesAsArguments()
    {
        const ToolBench bench;
        for (int i = 0; i < 1'500; ++i)
            bench.put(QString::number(i).rightJustified(240, u'x'), i == 1'499 ? "needle" : "x");
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_STACK, &before), 0);
        const rlimit small{1'000'000, before.rlim_max}; // a quarter of it is for arguments
        QCOMPARE(setrlimit(RLIMIT_STACK, &small), 0);
        const ToolOutcome outcome = bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}});
        QCOMPARE(setrlimit(RLIMIT_STACK, &before), 0);
        QVERIFY2(!outcome.isError, qPrintable(outcome.text));
        QVERIFY2(outcome.text.endsWith(u"1499:1:needle"_s), qPrintable(outcome.text));
    }

    void understandsAbsoluteGlobs()
    {
        const ToolBench bench;
        bench.put(u"src/a.cpp"_s, "needle");
        bench.put(u"src/deep/b.cpp"_s, "needle");
        const QString glob = bench.path(u"src/**/*.cpp"_s);
        QCOMPARE(linesOf(bench.run(u"list_files"_s, {{u"glob"_s, glob}})).size(), 2);
        QCOMPARE(linesOf(bench.run(
                     u"list_files"_s, {{u"glob"_s, bench.path(u"src/*.cpp"_s)}, {u"path"_s, u"src"_s}})),
            QStringList{u"src/a.cpp"_s});
        QCOMPARE(
            linesOf(bench.run(u"search_files"_s, {{u"glob"_s, glob}, {u"regex"_s, u"needle"_s}})).size(), 2);
        for (const QString &outside : {u"/usr/include/*.h"_s, u"../*.cpp"_s, u"~/**"_s}) {
            const ToolOutcome outcome = bench.run(u"list_files"_s, {{u"glob"_s, outside}});
            QVERIFY2(outcome.isError && outcome.text.contains(u"leads outside"_s), qPrintable(outcome.text));
        }
    }

    void saysWhatIsIgnoredInsteadOfEmpty()
    {
        const ToolBench bench;
        bench.put(u".gitignore"_s, "*.log\nout/\n");
        bench.put(u"logs/a.log"_s, "needle");
        bench.put(u"out/b.txt"_s, "needle");
        QDir(bench.path()).mkdir(u"nothing"_s);
        QCOMPARE(bench.run(u"list_files"_s, {{u"path"_s, u"logs"_s}}).text,
            u"Git ignores all that is in the folder.\n[Left out, since git ignores it: logs/a.log]"_s);
        QCOMPARE(bench.run(u"list_files"_s, {{u"path"_s, u"nothing"_s}}).text, u"The folder is empty."_s);
        QCOMPARE(linesOf(bench.run(u"list_files"_s, {{u"path"_s, u"out"_s}})), QStringList{u"out/b.txt"_s});
        const QString text = bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}}).text;
        QVERIFY2(text.startsWith(u"No line matches in 1 file."_s) && text.contains(u"what git ignores"_s) &&
                     text.contains(u"out/"_s),
            qPrintable(text));
    }

    void saysWhatWasNotLookedAt()
    {
        const ToolBench bench;
        bench.put(u"a.txt"_s, "x");
        bench.put(u".env"_s, "needle=1");
        bench.put(u"binary"_s, QByteArray("x\0needle", 8));
        QCOMPARE(::mkfifo(QFile::encodeName(bench.path(u"pipe"_s)).constData(), 0600), 0);
        QVERIFY(QFile::link(u"a.txt"_s, bench.path(u"link"_s)));
        const QString text = bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}}).text;
        for (const QString &words : {u".env"_s, u"a binary file"_s, u"pipes"_s, u"what a link leads to"_s})
            QVERIFY2(text.contains(words), qPrintable(text));
    }

    void waitsForNoPipeAmongTheRules()
    {
        const ToolBench bench;
        bench.put(u"sub/a.txt"_s, "needle");
        for (const QString &name : {u".gitignore"_s, u"sub/.ignore"_s, u"sub/.rgignore"_s, u".ignore"_s})
            QCOMPARE(::mkfifo(QFile::encodeName(bench.path(name)).constData(), 0600), 0);
        const QStringList lines = linesOf(bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}}));
        QCOMPARE(lines.first(), u"sub/a.txt:1:needle"_s);
        QCOMPARE(
            lines.last(), u"[Rules for ignoring that could not be read: .gitignore (not a regular file)]"_s);
    }

    void saysWhatToInstallWhereRipgrepIsMissing()
    {
        const ToolBench bench;
        bench.put(u"a.txt"_s, "needle");
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", QFile::encodeName(bench.path()));
        const ToolOutcome outcome = bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}});
        qputenv("PATH", path);
        QVERIFY(outcome.isError);
        QVERIFY2(outcome.text.contains(u"apt install ripgrep"_s), qPrintable(outcome.text));
        QVERIFY(!bench.run(u"list_files"_s, {}).isError);
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
