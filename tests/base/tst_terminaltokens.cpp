// SPDX-License-Identifier: MIT
#include "base/terminaltokens.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

namespace {

/// Writes down the tokens: text as it is, a control character as <number>, a sequence as {parameters final}.
struct TokenLog {
    QString log;

    static bool isText(char c) { return uchar(c) >= 0x20 && c != '\x7f'; }
    static bool isText(char16_t c) { return c >= 0x20 && c != 0x7f; }
    void text(const char *begin, const char *end) { log += QLatin1StringView(begin, end); }
    void text(const char16_t *begin, const char16_t *end) { log += QStringView(begin, end); }
    void control(char c) { log += u"<%1>"_s.arg(int(c)); }
    void control(char16_t c) { log += u"<%1>"_s.arg(int(c)); }
    void sequence(char16_t final, QStringView parameters)
    {
        log += u"{%1%2}"_s.arg(parameters, QString(QChar(final)));
    }
};

/// The tokens of these bytes in portions of `first`, then of `next` units; Unit is char or char16_t.
template <typename Unit>
QString tokensOf(const QByteArray &bytes, BrokenSequence broken, qsizetype first, qsizetype next)
{
    std::basic_string<Unit> units;
    for (const char byte : bytes)
        units += Unit(uchar(byte));
    TerminalTokens tokens(broken);
    TokenLog sink;
    const Unit *at = units.data();
    const Unit *const end = at + units.size();
    for (qsizetype size = first; at < end; size = next) {
        const Unit *const to = at + std::min<qsizetype>(size, end - at);
        tokens.read(at, to, sink);
        at = to;
    }
    return sink.log;
}

} // namespace

class TerminalTokensTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void givesTheSameTokensForEverySplit_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("swallowed");
        QTest::addColumn<QString>("madeText");
        const auto valid = [](const char *name, const QByteArray &bytes, const QString &tokens) {
            QTest::newRow(name) << bytes << tokens << tokens;
        };
        const auto broken = [](const char *name, const QByteArray &bytes, const QString &swallowed,
                                const QString &madeText) {
            QTest::newRow(name) << bytes << swallowed << madeText;
        };
        valid("nothing", "", u""_s);
        valid("text", "abc", u"abc"_s);
        valid("controls", "a\tb\r\n\b\x7f", u"a<9>b<13><10><8><127>"_s);
        valid("CSI", "a\x1b[mb\x1b[1;38:5:9mc\x1b[2K", u"a{m}b{1;38:5:9m}c{2K}"_s);
        valid("private", "a\x1b[?25lb\x1b[>4;2mc", u"abc"_s);
        valid("intermediate characters", "a\x1b[4 qb\x1b(Bc\x1b #8d", u"abcd"_s);
        valid("two characters",
            "a\x1b"
            "7b",
            u"ab"_s);
        valid("title", "a\x1b]0;title\ab\x1b]0;title\x1b\\c", u"abc"_s);
        valid("other strings", "a\x1bPq#0\x1b\\b\x1bXx\x1b\\c\x1b^y\x1b\\d\x1b_z\x1b\\e", u"abcde"_s);
        valid("a line end ends everything", "\x1b\n\x1b(\n\x1b[1\n\x1b]0\n\x1b]0\x1b\nx",
            u"<10><10><10><10><10>x"_s);
        valid("too many parameters", "a\x1b[" + QByteArray(200, '1') + "mb", u"ab"_s);
        valid("escape, escape", "a\x1b\x1b[0mb\x1b[1\x1b[31mc\x1b(\x1b[md", u"a{0m}b{31m}c{m}d"_s);
        valid(
            "escape in a string", "a\x1b]0;t\x1b[1mb\x1bPq\x1b]0;t\ac\x1bPq\x1b\x1b[2md", u"a{1m}bc{2m}d"_s);
        valid("cancelled",
            "a\x1b\x18"
            "b\x1b[1\x1a"
            "c\x1b]0;t\x18"
            "d\x1bPq\x1b\x1a"
            "e\x1b(\x18"
            "f",
            u"abcdef"_s);
        valid("carriage return in a string", "a\x1b]0;t\rb\x1bPq\x1b\\c", u"a<13>bc"_s);
        valid("no ASCII after escape", "a\x1b\xc3\xa9z\x1b(\xc3\xa9", u"a\u00c3\u00a9z\u00c3\u00a9"_s);
        valid("no ASCII in CSI", "a\x1b[3\xc3\xa9z", u"a\u00c3\u00a9z"_s);
        broken("control in CSI", "a\x1b[3\r1mb", u"a{31m}b"_s, u"a<13>1mb"_s);
        broken("control after intermediate", "a\x1b(\rb", u"ab"_s, u"a<13>b"_s);
        broken("title without end", "a\x1b]" + QByteArray(TerminalTokens::kMaxStringLength + 2, 'x') + "\nb",
            u"a<10>b"_s, u"axx<10>b"_s);
    }

    void givesTheSameTokensForEverySplit()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, swallowed);
        QFETCH(QString, madeText);
        const qsizetype end = bytes.size();
        const auto checkSplit = [&](qsizetype first, qsizetype next) {
            QCOMPARE(tokensOf<char>(bytes, BrokenSequence::Swallowed, first, next), swallowed);
            QCOMPARE(tokensOf<char>(bytes, BrokenSequence::MadeText, first, next), madeText);
            QCOMPARE(tokensOf<char16_t>(bytes, BrokenSequence::Swallowed, first, next), swallowed);
            QCOMPARE(tokensOf<char16_t>(bytes, BrokenSequence::MadeText, first, next), madeText);
        };
        checkSplit(1, 1);
        // The middle of the long rows is the same everywhere.
        for (qsizetype at = 1; at <= end; at = at == 300 && end > 600 ? end - 300 : at + 1)
            checkSplit(at, end);
    }

    void readsTextAfterAReset()
    {
        TerminalTokens tokens(BrokenSequence::Swallowed);
        TokenLog sink;
        const QByteArray bytes = "\x1b]0;title";
        tokens.read(bytes.begin(), bytes.end(), sink);
        tokens.reset();
        tokens.read(bytes.begin() + 1, bytes.end(), sink);
        QCOMPARE(sink.log, u"]0;title"_s);
    }
};

MEANWHILE_TEST(TerminalTokensTest)
#include "tst_terminaltokens.moc"
