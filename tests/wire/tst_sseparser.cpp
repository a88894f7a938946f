// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "wire/sseparser.h"

#include <QtTest>

using namespace Meanwhile::Wire;
using namespace Qt::StringLiterals;

class SseParserTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsEveryShapeOfEvent_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArrayList>("events"); // name, data, name, data …

        QTest::newRow("plain") << QByteArray("data: a\n\n") << QByteArrayList{"message", "a"};
        QTest::newRow("named") << QByteArray("event: ping\ndata: {}\n\n") << QByteArrayList{"ping", "{}"};
        QTest::newRow("CR LF") << QByteArray("event: x\r\ndata: a\r\n\r\n") << QByteArrayList{"x", "a"};
        QTest::newRow("CR alone") << QByteArray("event: x\rdata: a\r\r") << QByteArrayList{"x", "a"};
        QTest::newRow("no space after the colon")
            << QByteArray("data:a\n\n") << QByteArrayList{"message", "a"};
        QTest::newRow("only one space is dropped")
            << QByteArray("data:  a\n\n") << QByteArrayList{"message", " a"};
        QTest::newRow("several data lines")
            << QByteArray("data: a\ndata: b\n\n") << QByteArrayList{"message", "a\nb"};
        QTest::newRow("empty data line") << QByteArray("data\n\n") << QByteArrayList{"message", ""};
        QTest::newRow("comments") << QByteArray(": hello\n:\ndata: a\n\n: bye\n\n")
                                  << QByteArrayList{"message", "a"};
        QTest::newRow("BOM") << QByteArray("\xef\xbb\xbf"
                                           "data: a\n\n")
                             << QByteArrayList{"message", "a"};
        QTest::newRow("name without data")
            << QByteArray("event: x\n\ndata: a\n\n") << QByteArrayList{"message", "a"};
        QTest::newRow("unknown fields")
            << QByteArray("id: 7\nretry: 5\nfoo\ndata: a\n\n") << QByteArrayList{"message", "a"};
        QTest::newRow("last blank line missing")
            << QByteArray("data: a\n\ndata: b\n") << QByteArrayList{"message", "a", "message", "b"};
        QTest::newRow("last line end missing")
            << QByteArray("data: a\n\ndata: b") << QByteArrayList{"message", "a", "message", "b"};
        QTest::newRow("Korean") << QByteArray("data: 안녕\n\n") << QByteArrayList{"message", "안녕"};
    }

    void readsEveryShapeOfEvent()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QByteArrayList, events);
        // Cut in two at every byte, and into single bytes.
        for (qsizetype cut = 0; cut <= stream.size(); ++cut)
            QCOMPARE(play({stream.first(cut), stream.sliced(cut)}), events);
        QByteArrayList bytes;
        for (const char c : stream)
            bytes += QByteArray(1, c);
        QCOMPARE(play(bytes), events);
    }

    void givesUpOnAnEventThatIsTooLarge()
    {
        SseParser parser;
        parser.feed("data: ");
        const QByteArray megabytes(8 * 1024 * 1024, 'x');
        for (int i = 0; i < 9; ++i)
            QVERIFY(parser.feed(megabytes).isEmpty());
        QVERIFY(parser.hasOverflowed());
        QVERIFY(parser.feed("\n\ndata: a\n\n").isEmpty());
    }

private:
    static QByteArrayList play(const QByteArrayList &pieces)
    {
        SseParser parser;
        QVector<SseEvent> events;
        for (const QByteArray &piece : pieces)
            events += parser.feed(piece);
        events += parser.finish();
        QByteArrayList flat;
        for (const SseEvent &event : std::as_const(events))
            flat << event.name << event.data;
        return flat;
    }
};

MEANWHILE_TEST(SseParserTest)
#include "tst_sseparser.moc"
