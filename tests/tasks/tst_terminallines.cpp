// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tasks/terminallines.h"

#include <QtTest>

using namespace Meanwhile::Tasks;
using namespace Qt::StringLiterals;

namespace {

QStringList linesOf(const QByteArray &bytes, qsizetype pieceSize)
{
    QStringList lines;
    TerminalLines reader([&lines](const TerminalLines::Line &line) { lines.append(lineText(line)); });
    for (qsizetype i = 0; i < bytes.size(); i += pieceSize)
        reader.add(QByteArrayView(bytes).sliced(i, qMin(pieceSize, bytes.size() - i)));
    reader.finish();
    return lines;
}

} // namespace

class TerminalLinesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void showsLinesAsTheyStoodAtLast_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("lines");
        QTest::newRow("plain") << QByteArrayLiteral("a\nb\n") << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("no line end") << QByteArrayLiteral("a\nb") << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("empty lines") << QByteArrayLiteral("\n\na\n") << QStringList{u""_s, u""_s, u"a"_s};
        QTest::newRow("CR LF") << QByteArrayLiteral("a\r\nb\r\r\n") << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("redraw") << QByteArrayLiteral(" 1%\r 50%\r100%\ndone\n")
                                << QStringList{u"100%"_s, u"done"_s};
        QTest::newRow("redraw without end") << QByteArrayLiteral("1%\r2%\r") << QStringList{u"2%"_s};
        QTest::newRow("colours") << QByteArrayLiteral("\x1b[1;31merror\x1b[0m: x\n")
                                 << QStringList{u"error: x"_s};
        QTest::newRow("window title")
            << QByteArrayLiteral("\x1b]0;title\x07text\n") << QStringList{u"text"_s};
        QTest::newRow("link") << QByteArrayLiteral("\x1b]8;;http://a\x1b\\b\x1b]8;;\x1b\\\n")
                              << QStringList{u"b"_s};
        QTest::newRow("character set") << QByteArrayLiteral("\x1b(Bok\n") << QStringList{u"ok"_s};
        QTest::newRow("sequence cut by a line end")
            << QByteArrayLiteral("\x1b[3\nnext\n") << QStringList{u""_s, u"next"_s};
        QTest::newRow("title cut by another sequence")
            << QByteArrayLiteral("\x1b]0;title\x1b[1merror\x1b[m\n") << QStringList{u"error"_s};
        QTest::newRow("title cut by a return")
            << QByteArrayLiteral("\x1b]0;title\rtext\n") << QStringList{u"text"_s};
        QTest::newRow("escape before a letter") << QByteArrayLiteral("\x1bé\n") << QStringList{u"é"_s};
        QTest::newRow("backspace") << QByteArrayLiteral("ab\b\bc\n") << QStringList{u"c"_s};
        QTest::newRow("backspace over two bytes") << QByteArrayLiteral("é\bx\n") << QStringList{u"x"_s};
        QTest::newRow("NUL and bell") << QByteArrayLiteral("a\0b\a\n") << QStringList{u"ab"_s};
        QTest::newRow("invalid UTF-8")
            << QByteArrayLiteral("a\xff\xfez\n") << QStringList{u"a\uFFFD\uFFFDz"_s};
        QTest::newRow("korean") << QByteArrayLiteral("한글\n") << QStringList{u"한글"_s};
    }

    void showsLinesAsTheyStoodAtLast()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, lines);
        for (qsizetype size = 1; size <= bytes.size(); ++size)
            QCOMPARE(linesOf(bytes, size), lines);
    }

    void countsRedraws()
    {
        int redraws = 0;
        TerminalLines reader([&redraws](const TerminalLines::Line &line) { redraws = line.redraws; });
        reader.add("1\r2\r3\r4\n");
        QCOMPARE(redraws, 3);
    }

    void keepsBothEndsOfAnEndlessLine()
    {
        QByteArray line = QByteArrayLiteral("BEGIN") + QByteArray(1'000'000, 'x') + QByteArrayLiteral("END");
        const QStringList lines = linesOf(line, 7919);
        QCOMPARE(lines.size(), 1);
        QVERIFY(lines.first().startsWith(u"BEGINx"_s));
        QVERIFY(lines.first().endsWith(u"xEND"_s));
        QVERIFY(lines.first().contains(u" [… 995,912 bytes left out …] "_s));
        QVERIFY(lines.first().size() < TerminalLines::kKeptLineBytes + 100);
    }
};

MEANWHILE_TEST(TerminalLinesTest)
#include "tst_terminallines.moc"
