// SPDX-License-Identifier: MIT
#include "base/textlimits.h"
#include "support/testregistry.h"
#include "tasks/outputdigest.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Qt::StringLiterals;

namespace {

QByteArray chatter(int from, int to)
{
    QByteArray text;
    for (int i = from; i < to; ++i)
        text += "step " + QByteArray::number(i) + " of the build went as it should\n";
    return text;
}

} // namespace

class OutputDigestTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void ranksLinesAsTheirToolsMeanThem_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("rank");
        const auto row = [](const char *line, LineRank rank) {
            QTest::newRow(line) << QByteArray(line) << int(rank);
        };
        row("src/a.cpp:4:5: error: expected ';'", LineRank::Error);
        row("src/a.cpp:4:5: warning: unused variable", LineRank::Warning);
        row("error[E0308]: mismatched types", LineRank::Error);
        row("ld: undefined reference to `f'", LineRank::Error);
        row("/usr/bin/ld: cannot find -lfoo", LineRank::Error);
        row("make: *** [Makefile:2: all] Error 1", LineRank::Error);
        row("ninja: build stopped: subcommand failed.", LineRank::Error);
        row("FAILED tests/test_a.py::test_b - assert 1 == 2", LineRank::Error);
        row("E       assert 1 == 2", LineRank::Error);
        row("ValueError: invalid literal", LineRank::Error);
        row("Traceback (most recent call last):", LineRank::Error);
        row("=== 3 failed, 12 passed in 0.12s ===", LineRank::Error);
        row("=== 12 passed in 0.12s ===", LineRank::Summary);
        row("Tests:       12 passed, 12 total", LineRank::Summary);
        row("test result: ok. 4 passed; 0 failed; 0 ignored", LineRank::Summary);
        row("test result: FAILED. 3 passed; 1 failed", LineRank::Error);
        row("--- FAIL: TestX (0.00s)", LineRank::Error);
        row("ok  \tgithub.com/a/b\t0.01s", LineRank::Summary);
        row("panic: runtime error: index out of range", LineRank::Error);
        row("thread 'main' panicked at src/main.rs:2", LineRank::Error);
        row("npm ERR! code ELIFECYCLE", LineRank::Error);
        row("npm WARN deprecated a@1.0.0", LineRank::Warning);
        row("ERROR: failed to solve: process did not complete", LineRank::Error);
        row("bash: line 1: pytest: command not found", LineRank::Error);
        row("cat: x: No such file or directory", LineRank::Error);
        row("cat: x: Permission denied", LineRank::Error);
        row("Segmentation fault (core dumped)", LineRank::Error);
        row("0 errors, 0 warnings", LineRank::Summary);
        row("no errors found", LineRank::Summary);
        row("errors: 0", LineRank::Summary);
        row("Building CXX object src/base/CMakeFiles/error.cpp.o", LineRank::Plain);
        row("c++ -Werror -Wall -c a.cpp", LineRank::Plain);
        row("compiling error_handler", LineRank::Plain);
        row("10 errors generated.", LineRank::Error);
        row("step 3 went well", LineRank::Plain);
        row("", LineRank::Plain);
    }

    void ranksLinesAsTheirToolsMeanThem()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, rank);
        QCOMPARE(int(rankLine(line)), rank);
    }

    void givesSmallOutputWhole()
    {
        QCOMPARE(OutputDigest::of("one\ntwo\n\nthree"), u"one\ntwo\n\nthree"_s);
        QCOMPARE(OutputDigest::of(""), QString());
    }

    void foldsEqualLinesAndRedraws()
    {
        QCOMPARE(OutputDigest::of("a\na\na\nb\n"), u"a [3 times]\nb"_s);
        QCOMPARE(OutputDigest::of(QByteArray("y\n").repeated(100'000)), u"y [100,000 times]"_s);
        QByteArray progress;
        for (int i = 0; i <= 100; ++i)
            progress += QByteArray::number(i) + "%\r";
        QCOMPARE(OutputDigest::of(progress + "\nready\n"), u"100%\nready"_s);
    }

    void putsWhatMattersBeforeTheEnd()
    {
        const QByteArray output =
            chatter(0, 500) + "a.cpp:1:1: error: no such thing\n  the source\n  ^~~~\n" + chatter(500, 1000) +
            "b.cpp:2:2: warning: odd\n" + chatter(1000, 1500) + "bye\n";
        const QString digest = OutputDigest::of(output);
        QVERIFY(digest.toUtf8().size() <= OutputDigest::kMaxDigestBytes);
        QVERIFY(digest.contains(u"error: no such thing\n  the source\n  ^~~~\n"_s));
        QVERIFY(digest.contains(u"warning: odd"_s));
        QVERIFY(digest.endsWith(u"step 1499 of the build went as it should\nbye"_s));
        QVERIFY(digest.indexOf(u"error: no such"_s) < digest.indexOf(u"lines left out …]"_s));
        QVERIFY(!digest.contains(u"step 7 of"_s));
        QVERIFY(digest.toUtf8().size() > OutputDigest::kMaxDigestBytes / 2);
    }

    void countsExactlyWhatItLeavesOut()
    {
        const QString digest = OutputDigest::of(chatter(0, 10'000));
        const qsizetype shown = digest.count(u"step "_s);
        QVERIFY2(digest.startsWith(u"[… %1 lines left out …]\n"_s.arg(formatCount(10'000 - shown))),
            qPrintable(digest.left(80)));
    }

    void keepsTheFirstErrorsOfThousands()
    {
        QByteArray output = "the first error: this one\n";
        for (int i = 0; i < 5000; ++i)
            output += "f" + QByteArray::number(i) + ".c:1: error: it follows from the first one\n";
        const QString digest = OutputDigest::of(output);
        QVERIFY(digest.contains(u"the first error: this one"_s));
        QVERIFY(digest.contains(u"f4999.c"_s));
        QVERIFY(digest.toUtf8().size() <= OutputDigest::kMaxDigestBytes);
    }

    void countsAllThatIsMissingOfALongLine_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("shown");
        QTest::newRow("shortened once")
            << QByteArray(1'400, 'x')
            << QString(200, u'x') + u" [… 1000 characters left out …] "_s + QString(200, u'x');
        QTest::newRow("shortened twice")
            << QByteArray(1'000'400, 'x')
            << QString(200, u'x') + u" [… 1,000,000 bytes left out …] "_s + QString(200, u'x');
        QTest::newRow("in several bytes")
            << QByteArray("\xf0\x9f\x98\x80").repeated(100'000)
            << u"\U0001F600"_s.repeated(100) + u" [… 399,200 bytes left out …] "_s +
                   u"\U0001F600"_s.repeated(100);
    }

    void countsAllThatIsMissingOfALongLine()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, shown);
        QCOMPARE(OutputDigest::of(line + '\n'), shown);
    }

    void saysWhereOutputWasNotKept()
    {
        OutputDigest digest;
        digest.add("begin");
        digest.addGap(84'000'000);
        digest.add("end\n");
        QCOMPARE(digest.finish(), u"begin\n[… 84,000,000 bytes left out …]\nend"_s);
    }

    void staysSmallForAnyInput_data()
    {
        QTest::addColumn<QByteArray>("output");
        QTest::newRow("one long line") << QByteArray(20'000'000, 'x');
        QTest::newRow("NUL bytes") << QByteArray(5'000'000, '\0');
        QTest::newRow("invalid UTF-8") << QByteArray(5'000'000, '\xff');
        QTest::newRow("only line ends") << QByteArray(5'000'000, '\n');
        QTest::newRow("only carriage returns") << QByteArray(5'000'000, '\r');
        QTest::newRow("only escapes") << QByteArray(5'000'000, '\x1b');
        QTest::newRow("open string sequence") << QByteArrayLiteral("\x1b]") + QByteArray(5'000'000, 'x');
        QTest::newRow("wide characters")
            << QByteArray("한글 오류\n").repeated(10) + QByteArray("가\n나\n").repeated(100'000);
        QTest::newRow("long error lines")
            << QByteArray("error: " + QByteArray(3000, 'e') + "\nx\n").repeated(500);
    }

    void staysSmallForAnyInput()
    {
        QFETCH(QByteArray, output);
        const QString digest = OutputDigest::of(output);
        QVERIFY2(digest.toUtf8().size() <= OutputDigest::kMaxDigestBytes,
            qPrintable(QString::number(digest.toUtf8().size())));
        QVERIFY(digest.isValidUtf16());
        QVERIFY(!digest.contains(QChar(0)));
    }
};

MEANWHILE_TEST(OutputDigestTest)
#include "tst_outputdigest.moc"
