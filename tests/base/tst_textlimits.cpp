// SPDX-License-Identifier: MIT
#include "base/textlimits.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

class TextLimitsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void keepsShortTextAsItIs() { QCOMPARE(clipMiddle(u"abc"_s, 3), u"abc"_s); }

    void saysHowMuchOfTheMiddleIsGone()
    {
        QCOMPARE(clipMiddle(u"aaaaXXXXbbbb"_s, 8), u"aaaa\n[… 4 characters left out …]\nbbbb"_s);
    }

    void neverSplitsASurrogatePair()
    {
        const QString clipped = clipMiddle(u"😀"_s.repeated(10), 7);
        QVERIFY(clipped.startsWith(u"😀\n"_s));
        QVERIFY(clipped.endsWith(u"\n😀😀"_s));
        QVERIFY(clipped.isValidUtf16());
    }

    void replacesInvalidUtf8AndDropsControlCharacters()
    {
        QCOMPARE(cleanText(QByteArrayView("a\xff\x00z\x1b\n", 6)), u"a\uFFFDz\n"_s);
    }

    void formatsSizesAndTimesForPeople_data()
    {
        QTest::addColumn<QString>("is");
        QTest::addColumn<QString>("should");
        QTest::newRow("bytes") << formatBytes(999) << u"999 B"_s;
        QTest::newRow("one decimal") << formatBytes(1'234) << u"1.2 KB"_s;
        QTest::newRow("whole") << formatBytes(16'000'000) << u"16 MB"_s;
        QTest::newRow("small number") << formatCount(999) << u"999"_s;
        QTest::newRow("large number") << formatCount(84'000'000) << u"84,000,000"_s;
        QTest::newRow("seconds") << formatDuration(41'900) << u"41 s"_s;
        QTest::newRow("minutes") << formatDuration(125'000) << u"2 min 5 s"_s;
        QTest::newRow("hours") << formatDuration(3'780'000) << u"1 h 3 min"_s;
    }

    void formatsSizesAndTimesForPeople()
    {
        QFETCH(QString, is);
        QFETCH(QString, should);
        QCOMPARE(is, should);
    }

    void writesElapsedTimes_data()
    {
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << 0 << u"0:00"_s;
        QTest::newRow("seconds") << 41 << u"0:41"_s;
        QTest::newRow("minutes") << 725 << u"12:05"_s;
        QTest::newRow("hours") << 3'723 << u"1:02:03"_s;
        QTest::newRow("a clock that went back") << -5 << u"0:00"_s;
    }

    void writesElapsedTimes()
    {
        QFETCH(int, seconds);
        QTEST(formatElapsed(std::chrono::seconds(seconds)), "text");
    }
};

MEANWHILE_TEST(TextLimitsTest)
#include "tst_textlimits.moc"
