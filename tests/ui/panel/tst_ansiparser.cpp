// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/taskpanel/ansiparser.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using Ui::AnsiColor;
using Ui::AnsiParser;
using Ui::AnsiSpan;
using Ui::AnsiStyle;
using Ui::LogLine;

namespace {

AnsiColor indexed(int index)
{
    return {AnsiColor::Kind::Indexed, quint32(index)};
}

AnsiColor rgb(quint32 value)
{
    return {AnsiColor::Kind::Rgb, value};
}

AnsiStyle coloured(AnsiColor foreground, AnsiColor background = {})
{
    AnsiStyle style;
    style.foreground = foreground;
    style.background = background;
    return style;
}

struct Parsed {
    QVector<LogLine> lines;
    LogLine open;
};

Parsed parse(const QByteArray &bytes, qsizetype split = -1)
{
    AnsiParser parser;
    Parsed parsed;
    if (split < 0) {
        parser.feed(bytes, parsed.lines);
    } else {
        parser.feed(QByteArrayView(bytes).first(split), parsed.lines);
        parser.feed(QByteArrayView(bytes).sliced(split), parsed.lines);
    }
    parsed.open = parser.openLine();
    return parsed;
}

QStringList texts(const Parsed &parsed)
{
    QStringList all;
    for (const LogLine &line : parsed.lines)
        all += line.text;
    return all << parsed.open.text;
}

} // namespace

class AnsiParserTest : public QObject {
    Q_OBJECT

private slots:
    void readsTextAsATerminalWouldShowIt_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("lines"); // the last one is the open line
        const auto row = [](const char *name, const QByteArray &bytes, const QStringList &lines) {
            QTest::newRow(name) << bytes << lines;
        };
        row("nothing", "", {u""_s});
        row("open line", "abc", {u"abc"_s});
        row("two lines", "a\nb\n", {u"a"_s, u"b"_s, u""_s});
        row("dos line ends", "a\r\nb\r\n", {u"a"_s, u"b"_s, u""_s});
        row("progress redrawn", " 10 %\r 50 %\r100 %\n", {u"100 %"_s, u""_s});
        row("shorter redraw keeps the rest", "abcdef\rxy\n", {u"xycdef"_s, u""_s});
        row("redraw with erase to the end", "abcdef\rxy\x1b[K\n", {u"xy"_s, u""_s});
        row("erase the whole line", "abcdef\x1b[2K\rxy\n", {u"xy"_s, u""_s});
        row("erase the whole line without return", "abc\x1b[2Kxy\n", {u"   xy"_s, u""_s});
        row("erase to the start", "abcdef\x1b[3D\x1b[1K\n", {u"    ef"_s, u""_s});
        row("backspace", "abc\b\bX\n", {u"aXc"_s, u""_s});
        row("backspace at the start", "\b\bX\n", {u"X"_s, u""_s});
        row("cursor right", "a\x1b[3Cb\n", {u"a   b"_s, u""_s});
        row("cursor to column", "abcdef\x1b[2GX\n", {u"aXcdef"_s, u""_s});
        row("cursor moved out of all bounds", "a\x1b[999999999Db\x1b[999999999C\n", {u"b"_s, u""_s});
        row("tab", "a\tb\n", {u"a\tb"_s, u""_s});
        row("bell and NUL", QByteArray("a\a\0b\n", 5), {u"ab"_s, u""_s});
        row("invalid UTF-8", "a\xff\xfe\n", {u"a\uFFFD\uFFFD"_s, u""_s});
        row("cut UTF-8", "a\xed\x95\n", {u"a\uFFFD\uFFFD"_s, u""_s});
        row("Korean", "안녕\n", {u"안녕"_s, u""_s});
        row("half of an emoji overwritten", "😀\rx\n", {u"x\uFFFD"_s, u""_s});
        row("direction override", "a\u202Eb\u2066c\n", {u"a\uFFFDb\uFFFDc"_s, u""_s});
        row("line separators of Unicode", "a\u2028b\u2029c\n", {u"a\uFFFDb\uFFFDc"_s, u""_s});
        row("C1 controls", "a\u0085\u009bb\n", {u"ab"_s, u""_s});
    }

    void readsTextAsATerminalWouldShowIt()
    {
        QFETCH(QByteArray, bytes);
        QTEST(texts(parse(bytes)), "lines");
    }

    void swallowsWhatIsNotText_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QByteArray &bytes, const QString &text) {
            QTest::newRow(name) << bytes << text;
        };
        row("private mode", "a\x1b[?25lb", u"ab"_s);
        row("intermediate", "a\x1b[4 qb", u"ab"_s);
        row("cursor up", "a\x1b[2Ab", u"ab"_s);
        row("title ended by bell", "a\x1b]0;title\ab", u"ab"_s);
        row("title ended by ST", "a\x1b]0;title\x1b\\b", u"ab"_s);
        row("hyperlink keeps its text", "\x1b]8;;http://x\x1b\\here\x1b]8;;\x1b\\", u"here"_s);
        row("device control string", "a\x1bPq#0;1;1\x1b\\b", u"ab"_s);
        row("charset", "a\x1b(Bb", u"ab"_s);
        row("two-character escape",
            "a\x1b"
            "7b",
            u"ab"_s);
        row("title cut by another sequence", "a\x1b]0;title\x1b[0mb", u"ab"_s);
        row("title cancelled",
            "a\x1b]0;title\x18"
            "b",
            u"ab"_s);
        row("escape, escape", "a\x1b\x1b[0mb", u"ab"_s);
        row("lone escape at the end", "a\x1b", u"a"_s);
        row("sequence cut by a non-ASCII character", "a\x1b[3안", u"a안"_s);
        row("private SGR is no SGR", "a\x1b[>4;2mb", u"ab"_s);
    }

    void swallowsWhatIsNotText()
    {
        QFETCH(QByteArray, bytes);
        const Parsed parsed = parse(bytes);
        QTEST(parsed.open.text, "text");
        QVERIFY(parsed.lines.isEmpty());
        QVERIFY(parsed.open.spans.isEmpty());
    }

    void neverLosesTheLogToASequenceWithoutEnd_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("title, new line") << QByteArray("\x1b]0;title\nnext\n");
        QTest::newRow("title, very long") << QByteArray("\x1b]0;" + QByteArray(10'000, 'x') + "\nnext\n");
        QTest::newRow("parameters, new line") << QByteArray("\x1b[1;2\nnext\n");
        QTest::newRow("parameters, very long") << QByteArray("\x1b[" + QByteArray(10'000, '1') + "m\nnext\n");
    }

    void neverLosesTheLogToASequenceWithoutEnd()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(parse(bytes).lines.constLast().text, u"next"_s);
    }

    void understandsGraphicRendition_data()
    {
        QTest::addColumn<QString>("parameters");
        QTest::addColumn<AnsiStyle>("style");
        AnsiStyle bold;
        bold.bold = true;
        AnsiStyle all = coloured(indexed(1), indexed(4));
        all.bold = all.dim = all.italic = all.underline = all.inverse = all.strike = true;
        AnsiStyle underline;
        underline.underline = true;
        QTest::newRow("empty resets") << u""_s << AnsiStyle{};
        QTest::newRow("bold") << u"1"_s << bold;
        QTest::newRow("everything") << u"1;2;3;4;7;9;31;44"_s << all;
        QTest::newRow("and back") << u"1;2;3;4;7;9;31;44;22;23;24;27;29;39;49"_s << AnsiStyle{};
        QTest::newRow("reset in the middle") << u"1;0;31"_s << coloured(indexed(1));
        QTest::newRow("empty number is zero") << u"31;"_s << AnsiStyle{};
        QTest::newRow("bright") << u"92;103"_s << coloured(indexed(10), indexed(11));
        QTest::newRow("256") << u"38;5;208"_s << coloured(indexed(208));
        QTest::newRow("256 ground, bold after it") << u"48;5;17;1"_s << [&] {
            AnsiStyle style = coloured({}, indexed(17));
            style.bold = true;
            return style;
        }();
        QTest::newRow("true colour") << u"38;2;1;2;3"_s << coloured(rgb(0x010203));
        QTest::newRow("true colour with colons") << u"38:2::1:2:3"_s << coloured(rgb(0x010203));
        QTest::newRow("true colour with colons, short") << u"38:2:1:2:3"_s << coloured(rgb(0x010203));
        QTest::newRow("256 with colons") << u"38:5:9"_s << coloured(indexed(9));
        QTest::newRow("wavy underline") << u"4:3"_s << underline;
        QTest::newRow("no underline") << u"4;4:0"_s << AnsiStyle{};
        QTest::newRow("underline colour is skipped") << u"58;5;1;1"_s << bold;
        QTest::newRow("number out of range") << u"38;5;256"_s << AnsiStyle{};
        QTest::newRow("channel out of range") << u"38;2;1;2;999"_s << AnsiStyle{};
        QTest::newRow("cut off") << u"38"_s << AnsiStyle{};
        QTest::newRow("cut off after the kind") << u"38;2;1"_s << AnsiStyle{};
        QTest::newRow("unknown code") << u"77;31"_s << coloured(indexed(1));
        QTest::newRow("too large for a number") << u"99999999999999;31"_s << coloured(indexed(1));
    }

    void understandsGraphicRendition()
    {
        QFETCH(QString, parameters);
        QTEST(Ui::afterSgr({}, parameters), "style");
    }

    void keepsTheStyleAcrossLinesAndMarksOnlyWhatIsStyled()
    {
        const Parsed parsed = parse("a\x1b[31mbc\nd\x1b[0me");
        QCOMPARE(parsed.lines.constFirst().spans, (QVector<AnsiSpan>{{1, 2, coloured(indexed(1))}}));
        QCOMPARE(parsed.open.spans, (QVector<AnsiSpan>{{0, 1, coloured(indexed(1))}}));
    }

    void restylesWhatIsOverwritten()
    {
        const Parsed parsed = parse("\x1b[31mabcd\r\x1b[32mxy\x1b[0m");
        QCOMPARE(parsed.open.text, u"xycd"_s);
        QCOMPARE(parsed.open.spans,
            (QVector<AnsiSpan>{{0, 2, coloured(indexed(2))}, {2, 2, coloured(indexed(1))}}));
    }

    void givesTheSameForEverySplit()
    {
        const QByteArray bytes =
            "\x1b[1;38;5;208m안녕 😀\x1b[0m\r\n50 %\r100 %\x1b[K\n"
            "\x1b]8;;http://x\x1b\\link\x1b]8;;\a \x1b[38:2::1:2:3mrgb\x1b[m\ttab\n\xff end";
        const Parsed whole = parse(bytes);
        QCOMPARE(whole.lines.size(), 3);
        for (qsizetype split = 0; split <= bytes.size(); ++split) {
            const Parsed parts = parse(bytes, split);
            QCOMPARE(parts.lines, whole.lines);
            QCOMPARE(parts.open, whole.open);
        }
    }

    void breaksOverlongLinesBetweenCharacters()
    {
        const Parsed parsed = parse(QByteArray(10'000, 'x') + "\n");
        QCOMPARE(parsed.lines.size(), 3);
        QCOMPARE(parsed.lines.at(0).text.size(), AnsiParser::kMaxLineChars);
        QCOMPARE(parsed.lines.at(2).text.size(), 10'000 - 2 * AnsiParser::kMaxLineChars);

        const Parsed pairs = parse("x" + QByteArray("😀").repeated(3'000));
        for (const QString &text : texts(pairs)) {
            QVERIFY(!text.front().isLowSurrogate());
            QVERIFY(!text.back().isHighSurrogate());
        }
    }

    void knowsWhereEachLineBegins()
    {
        AnsiParser parser(100);
        QVector<LogLine> lines;
        parser.feed("ab\n\x1b[31mc\n", lines);
        parser.feed("de", lines);
        QCOMPARE(lines.at(0).offset, 100);
        QCOMPARE(lines.at(1).offset, 103);
        QCOMPARE(parser.openLine().offset, 110);
    }

    void staysSmallWhileOneLineIsRedrawnForever()
    {
        AnsiParser parser;
        QVector<LogLine> lines;
        for (int i = 0; i < 20'000; ++i)
            parser.feed("\r\x1b[3" + QByteArray::number(i % 8) + "mstep " + QByteArray::number(i), lines);
        QVERIFY(lines.isEmpty());
        QCOMPARE(parser.openLine().text, u"step 19999"_s);
        QCOMPARE(parser.openLine().spans.size(), 1);
    }
};

MEANWHILE_TEST(AnsiParserTest)
#include "tst_ansiparser.moc"
