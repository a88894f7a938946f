// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "wire/inflater.h"

#include <QRegularExpression>
#include <QTest>

using namespace Meanwhile::Wire;
using namespace Qt::StringLiterals;
using Coding = Inflater::Coding;

namespace {

struct Decoded {
    QByteArray body;
    bool isSound = true;
    bool isComplete = false;
    qsizetype largest = 0;
};

Decoded decode(Coding coding, const QByteArray &bytes, qsizetype pieceSize)
{
    Inflater inflater(coding);
    Decoded result;
    for (qsizetype at = 0; at < bytes.size() && result.isSound; at += pieceSize) {
        result.isSound =
            inflater.feed(bytes.sliced(at, qMin(pieceSize, bytes.size() - at)), [&](const QByteArray &out) {
                result.body += out;
                result.largest = qMax(result.largest, out.size());
                return true;
            });
    }
    result.isComplete = inflater.isComplete();
    return result;
}

// qCompress() makes a length of four bytes and the zlib format: two bytes, bare deflate, Adler-32.
QByteArray zlib(const QByteArray &text)
{
    return qCompress(text).sliced(4);
}

QByteArray bare(const QByteArray &text)
{
    const QByteArray whole = zlib(text);
    return whole.sliced(2, whole.size() - 6);
}

quint32 crc32(const QByteArray &text)
{
    quint32 crc = 0xffffffff;
    for (const char c : text) {
        crc ^= quint8(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc;
}

QByteArray gzip(const QByteArray &text)
{
    QByteArray out("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", 10);
    out += bare(text);
    for (const quint32 number : {crc32(text), quint32(text.size())}) {
        for (int i = 0; i < 4; ++i)
            out += char(number >> (8 * i));
    }
    return out;
}

} // namespace

class InflaterTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void decodesWhateverWasSentHoweverItIsCut_data()
    {
        QTest::addColumn<Coding>("coding");
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("text");
        const QByteArray text = "data: {\"type\":\"ping\"}\n\n";
        QTest::newRow("gzip") << Coding::Gzip << gzip(text) << text;
        QTest::newRow("two members") << Coding::Gzip << gzip("one ") + gzip("two") << QByteArray("one two");
        QTest::newRow("padding behind it") << Coding::Gzip << gzip(text) + QByteArray(3, '\0') << text;
        QTest::newRow("zlib") << Coding::Deflate << zlib(text) << text;
        QTest::newRow("bare deflate") << Coding::Deflate << bare(text) << text;
        QTest::newRow("gzip called deflate") << Coding::Deflate << gzip(text) << text;
        QTest::newRow("not encoded") << Coding::Gzip << text << text;
        QTest::newRow("nothing") << Coding::Gzip << QByteArray() << QByteArray();
    }
    void decodesWhateverWasSentHoweverItIsCut()
    {
        QFETCH(Coding, coding);
        QFETCH(QByteArray, sent);
        QFETCH(QByteArray, text);
        for (const qsizetype size : {1, 2, 7, 100'000}) {
            const Decoded decoded = decode(coding, sent, size);
            QVERIFY(decoded.isSound);
            QCOMPARE(decoded.body, text);
            QVERIFY(decoded.isComplete);
        }
    }

    void knowsThatABodyIsNotWholeAtEveryCut()
    {
        const QByteArray sent = gzip("a body that is long enough to be cut");
        for (qsizetype cut = 1; cut < sent.size(); ++cut)
            QVERIFY2(
                !decode(Coding::Gzip, sent.first(cut), 1'000).isComplete, qPrintable(QString::number(cut)));
    }

    void saysThatABodyIsBroken()
    {
        QByteArray sent = gzip(QByteArray(1'000, 'a') + "end");
        sent[sent.size() - 6] = char(sent.at(sent.size() - 6) ^ 1); // in the checksum
        QVERIFY(!decode(Coding::Gzip, sent, 1'000).isSound);
    }

    void handsOutLittleAtOnceHoweverFarItExpands()
    {
        const QByteArray text(20'000'000, 'a');
        const QByteArray sent = gzip(text);
        QVERIFY(sent.size() < 40'000);
        const Decoded decoded = decode(Coding::Gzip, sent, sent.size());
        QCOMPARE(decoded.body.size(), text.size());
        QVERIFY(decoded.largest <= 32 * 1024);
    }

    void stopsWhereItsReaderDoes()
    {
        const QByteArray sent = gzip(QByteArray(1'000'000, 'a'));
        Inflater inflater(Coding::Gzip);
        int pieces = 0;
        QVERIFY(inflater.feed(sent, [&](const QByteArray &) {
            ++pieces;
            return false;
        }));
        QCOMPARE(pieces, 1);
    }
};

MEANWHILE_TEST(InflaterTest)
#include "tst_inflater.moc"
