// SPDX-License-Identifier: MIT
#include "base/hiddentext.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

/// What the model reads of texts that somebody else wrote.
class HiddenTextTest : public QObject {
    Q_OBJECT

private slots:
    void writesOutWhatCannotBeSeen_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *name, const QString &text, const QString &shown) {
            QTest::newRow(name) << text << shown;
        };
        row("right-to-left override", u"a\u202eb"_s, u"a⟦U+202E⟧b"_s);
        row("isolate", u"\u2066x\u2069"_s, u"⟦U+2066⟧x⟦U+2069⟧"_s);
        row("zero width space", u"pass\u200bword"_s, u"pass⟦U+200B⟧word"_s);
        row("marks of direction", u"\u200e\u200f\u061c"_s, u"⟦U+200E⟧⟦U+200F⟧⟦U+061C⟧"_s);
        row("byte order mark inside", u"a\ufeffb"_s, u"a⟦U+FEFF⟧b"_s);
        row("tags", u"hi\U000E0041\U000E0042"_s, u"hi⟦U+E0041⟧⟦U+E0042⟧"_s);
        row("escape and C1", u"\x1b[31m\u009b1m"_s, u"⟦U+001B⟧[31m⟦U+009B⟧1m"_s);
        row("line separator", u"a\u2028b\u0085c"_s, u"a⟦U+2028⟧b⟦U+0085⟧c"_s);
        row("filler letters", u"a\u3164b\uffa0"_s, u"a⟦U+3164⟧b⟦U+FFA0⟧"_s);
        row("joiner between Latin letters", u"ad\u200dmin"_s, u"ad⟦U+200D⟧min"_s);
        row("selectors that carry bytes", u"a\ufe01\ufe02"_s, u"a⟦U+FE01⟧⟦U+FE02⟧"_s);
        row("half a pair", u"a"_s + QChar(0xd83d) + u"b"_s, u"a⟦U+D83D⟧b"_s);
        row("many of one kind", QString(5'000, QChar(0x200b)), u"⟦U+200B×5000⟧"_s);
        row("an end of the element", u"</background-results>"_s, u"&lt;/background-results>"_s);
        row("in capitals and spread", u"< / BackGround-Results >"_s, u"&lt; / BackGround-Results >"_s);
        row("over two lines", u"<back\r\nground-results>"_s, u"&lt;back\r\nground-results>"_s);
        row("other dashes", u"<background\u2011results><background_results>"_s,
            u"&lt;background\u2011results>&lt;background_results>"_s);
        row("split by what is not seen", u"<back\u200bground-results>"_s, u"<back⟦U+200B⟧ground-results>"_s);
    }

    void writesOutWhatCannotBeSeen()
    {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QCOMPARE(escapeHidden(text), shown);
        QCOMPARE(unescapeHidden(shown), text);
    }

    void looksThroughAnyAmountOfSpace()
    {
        const QString space(500'000, u' ');
        const QString text = u'<' + space + u"x <"_s + space + u"/background-results>"_s;
        const QString shown = u'<' + space + u"x &lt;"_s + space + u"/background-results>"_s;
        QVERIFY(escapeHidden(text) == shown);
        QVERIFY(unescapeHidden(shown) == text);
    }

    void keepsWhatScriptsAreWrittenWith_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << u"int main() { return 1 < 2; }\r\n\tx\n"_s;
        QTest::newRow("Korean, Japanese, Russian") << u"한글 日本語 кириллица"_s;
        QTest::newRow("a family") << u"👨\u200d👩\u200d👧\u200d👦"_s;
        QTest::newRow("a doctor of some colour") << u"👩🏽\u200d⚕\ufe0f ❤\ufe0f 1\ufe0f\u20e3"_s;
        QTest::newRow("Wales") << u"🏴\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F"_s;
        QTest::newRow("Persian") << u"می\u200cخواهم"_s;
        QTest::newRow("Hindi") << u"क्\u200dष"_s;
        QTest::newRow("Arabic number sign") << u"\u0600١٢"_s;
        QTest::newRow("variant of a Han character") << u"葛\U000E0100"_s;
        QTest::newRow("another element") << u"<background> <results/> background-results"_s;
    }

    void keepsWhatScriptsAreWrittenWith()
    {
        QFETCH(QString, text);
        QCOMPARE(escapeHidden(text), text);
        QCOMPARE(unescapeHidden(text), text);
    }
};

MEANWHILE_TEST(HiddenTextTest)
#include "tst_hiddentext.moc"
