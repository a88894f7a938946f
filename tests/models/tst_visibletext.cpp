// SPDX-License-Identifier: MIT
#include "models/visibletext.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

class VisibleTextTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void showsWhatWouldHideInACommand_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << u"npm test"_s << u"npm test"_s;
        QTest::newRow("blanks around") << u"  ls \n"_s << u"ls"_s;
        QTest::newRow("two lines") << u"cd x\nmake"_s << u"cd x ↵ make"_s;
        QTest::newRow("dos line end") << u"cd x\r\nmake"_s << u"cd x ↵ make"_s;
        QTest::newRow("tab") << u"a\tb"_s << u"a b"_s;
        QTest::newRow("bell") << u"a\u0007b"_s << u"a⟦U+0007⟧b"_s;
        QTest::newRow("right to left override") << u"rm \u202Etxt.a"_s << u"rm ⟦U+202E⟧txt.a"_s;
        QTest::newRow("zero width space") << u"r\u200Bm"_s << u"r⟦U+200B⟧m"_s;
        QTest::newRow("tag character beyond the first plane") << u"a\U000E0041b"_s << u"a⟦U+E0041⟧b"_s;
        QTest::newRow("half of a pair") << QString(QChar(0xD83D)) + u"x"_s << u"\uFFFDx"_s;
        QTest::newRow("emoji") << u"echo 😀"_s << u"echo 😀"_s;
        QTest::newRow("Korean") << u"echo 안녕"_s << u"echo 안녕"_s;
    }

    void showsWhatWouldHideInACommand()
    {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QCOMPARE(Models::visibleLine(text), shown);
    }

    void cutsLongTextAndNeverInsideAPair()
    {
        QCOMPARE(Models::visibleLine(QString(10'000, u'x'), 5), u"xxxxx…"_s);
        QCOMPARE(Models::visibleLine(u"abc😀def"_s, 4), u"abc…"_s);
    }

    void keepsTheOrderOfACommand()
    {
        QCOMPARE(Models::visibleCommand(u"cat a | b"_s), u"cat a | b"_s);
        QCOMPARE(Models::visibleCommand(u"cat \u0661 | \u0662"_s), u"\u202dcat \u0661 | \u0662\u202c"_s);
        QCOMPARE(Models::visibleCommand(u"rm\u3000x"_s), u"rm⟦U+3000⟧x"_s);
    }

    void keepsLineEndsForToolTips() { QCOMPARE(Models::visibleLines(u"a\nb\u202E"_s), u"a\nb⟦U+202E⟧"_s); }
};

MEANWHILE_TEST(VisibleTextTest)
#include "tst_visibletext.moc"
