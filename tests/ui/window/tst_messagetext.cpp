// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/widgets/legibletext.h"
#include "ui/widgets/pathtext.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

class MessageTextTest : public QObject {
    Q_OBJECT

private slots:
    void showsWhatWouldHide_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << u"rm -rf build\tout"_s << u"rm -rf build\tout"_s;
        QTest::newRow("line ends") << u"a\nb"_s << u"a\nb"_s;
        QTest::newRow("carriage return hides what stands before it")
            << u"rm -rf ~\recho ok"_s << u"rm -rf ~⟦U+000D⟧echo ok"_s;
        QTest::newRow("escape sequence") << u"a\x1b[8mb"_s << u"a⟦U+001B⟧[8mb"_s;
        QTest::newRow("bidi override") << u"a\u202eb"_s << u"a⟦U+202E⟧b"_s;
        QTest::newRow("bidi isolate") << u"a\u2066b"_s << u"a⟦U+2066⟧b"_s;
        QTest::newRow("zero width") << u"r\u200bm"_s << u"r⟦U+200B⟧m"_s;
        QTest::newRow("no-break space") << u"a\u00a0b"_s << u"a⟦U+00A0⟧b"_s;
        QTest::newRow("Hangul filler") << u"a\u3164b"_s << u"a⟦U+3164⟧b"_s;
        QTest::newRow("place of an object") << u"echo ok \ufffc# ; rm x"_s << u"echo ok ⟦U+FFFC⟧# ; rm x"_s;
        QTest::newRow("blank braille") << u"a\u2800b"_s << u"a⟦U+2800⟧b"_s;
        QTest::newRow("null notehead") << u"a\U0001D159b"_s << u"a⟦U+1D159⟧b"_s;
        QTest::newRow("tag beyond the first plane") << u"a\U000E0041b"_s << u"a⟦U+E0041⟧b"_s;
        QTest::newRow("half a surrogate pair") << u"a"_s + QChar(0xd800) << u"a⟦U+D800⟧"_s;
        QTest::newRow("line separator") << u"a\u2028b"_s << u"a⟦U+2028⟧b"_s;
        QTest::newRow("other scripts") << u"작업 niño 😀"_s << u"작업 niño 😀"_s;
    }

    void showsWhatWouldHide()
    {
        QFETCH(QString, text);
        QTEST(legibleText(text), "shown");
    }

    void showsRightToLeftScriptInTheOrderItIsStored()
    {
        QCOMPARE(legibleText(u"rm \u05d0\u05d1"_s), u"\u202drm \u05d0\u05d1"_s);
    }

    void breaksEndlessLinesAndLosesNothing()
    {
        const QString text = u"x"_s.repeated(10'000) + u"END"_s;
        const QString shown = legibleText(text);
        const QStringList lines = shown.split(u'\n');
        QCOMPARE(lines.size(), 3);
        for (const QString &line : lines)
            QVERIFY(line.size() <= kMaxShownLine + 1);
        QCOMPARE(QString(shown).remove(u"\n↪"_s), text);
    }

    void writesPathsAsAPersonWould_data()
    {
        QTest::addColumn<QStringList>("paths");
        QTest::addColumn<QString>("text");
        QTest::newRow("inside") << QStringList{u"/p/shop/src/a.ts"_s} << u"src/a.ts"_s;
        QTest::newRow("outside") << QStringList{u"/p/other/a.ts"_s} << u"/p/other/a.ts"_s;
        QTest::newRow("same beginning, other folder") << QStringList{u"/p/shop2/a"_s} << u"/p/shop2/a"_s;
        QTest::newRow("the project itself") << QStringList{u"/p/shop"_s} << u"."_s;
        QTest::newRow("blank") << QStringList{u"/p/shop/my file"_s} << u"\"my file\""_s;
        QTest::newRow("quote") << QStringList{u"/p/shop/a\"b"_s} << u"\"a\\\"b\""_s;
        QTest::newRow("line end") << QStringList{u"/p/shop/a\nb"_s} << u"\"a\\nb\""_s;
        QTest::newRow("Korean") << QStringList{u"/p/shop/작업.txt"_s} << u"작업.txt"_s;
        QTest::newRow("several") << QStringList{u"/p/shop/a"_s, u"/x"_s} << u"a /x"_s;
    }

    void writesPathsAsAPersonWould()
    {
        QFETCH(QStringList, paths);
        QTEST(pathsForMessage(paths, u"/p/shop"_s), "text");
    }

    void shortensTheHomeFolderForPeople()
    {
        QCOMPARE(folderForPeople(QDir::homePath()), u"~"_s);
        QCOMPARE(folderForPeople(QDir::homePath() + u"/src"_s), u"~/src"_s);
        QCOMPARE(folderForPeople(QDir::homePath() + u"2"_s), QDir::homePath() + u"2"_s);
    }
};

MEANWHILE_TEST(MessageTextTest)
#include "tst_messagetext.moc"
