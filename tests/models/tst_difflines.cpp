// SPDX-License-Identifier: MIT
#include "models/difflines.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile::Models;
using namespace Qt::StringLiterals;
using Kind = DiffLine::Kind;

class DiffLinesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void leavesOutHeadersAndKeepsTheLines()
    {
        const QVector<DiffLine> lines = parseDiff(
            u"diff --git a/x b/x\nindex 1..2\n--- a/x\n+++ b/x\n@@ -7,2 +7,2 @@ int main()\n same\n-old\n+new\n\\ No newline at end of file\n"_s);
        const QVector<DiffLine> expected{{Kind::Hunk, u"int main()"_s, 7}, {Kind::Context, u"same"_s, 7},
            {Kind::Removed, u"old"_s, 8}, {Kind::Added, u"new"_s, 8}};
        QCOMPARE(lines, expected);
    }

    void leavesNothingOutAboveTheFirstLine()
    {
        QCOMPARE(parseDiff(u"@@ -0,0 +1 @@\n+new"_s), (QVector<DiffLine>{{Kind::Added, u"new"_s, 1}}));
        QCOMPARE(parseDiff(u"@@ -1,2 +1,3 @@\n a"_s), (QVector<DiffLine>{{Kind::Context, u"a"_s, 1}}));
        QCOMPARE(parseDiff(u"@@ -10,2 +1,3 @@ f()\n a"_s).size(), 2);
    }

    void takesALineOfDashesForWhatItIs()
    {
        QCOMPARE(parseDiff(u"@@ -1 +1 @@\n--- comment in SQL\n+++x"_s).at(0),
            (DiffLine{Kind::Removed, u"-- comment in SQL"_s, 1}));
        QCOMPARE(toString(countChanges(u"@@ -1 +1 @@\n--- a\n-b\n+++c\n"_s)), u"+1 −2"_s);
    }

    void takesLinesThatLookLikeAHeaderForWhatTheyAre()
    {
        const QVector<DiffLine> lines = parseDiff(u"--- a\n+++ a\n@@ -3,2 +3,2 @@\n--- x\n+++ y\n z\n"_s);
        QCOMPARE(lines.size(), 4);
        QCOMPARE(lines.at(1), (DiffLine{Kind::Removed, u"-- x"_s, 3}));
        QCOMPARE(lines.at(2), (DiffLine{Kind::Added, u"++ y"_s, 3}));
        QCOMPARE(lines.at(3).number, 4);
    }

    void numbersTheLinesOfEveryPlace()
    {
        QStringList numbers;
        for (const DiffLine &line :
            parseDiff(u"@@ -3,3 +3,4 @@\n a\n-b\n+c\n+d\n e\n@@ -40 +41 @@ f()\n-x\n"_s))
            numbers += QString::number(line.number);
        QCOMPARE(numbers.join(u' '), u"3 3 4 4 5 6 41 40"_s);
        QCOMPARE(parseDiff(u"--- a\n+++ b\n-x\n+y\n"_s).last().number, 0); // it tells no place
    }

    void saysNothingWhereNothingChanges()
    {
        QCOMPARE(toString(countChanges(u"@@ -1 +1 @@\n a\n"_s)), QString());
    }

    void dropsCarriageReturns() { QCOMPARE(parseDiff(u"+a\r\n"_s).first().text, u"a"_s); }
};

MEANWHILE_TEST(DiffLinesTest)
#include "tst_difflines.moc"
