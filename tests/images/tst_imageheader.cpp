// SPDX-License-Identifier: MIT
#include "images/imageheader.h"
#include "support/testregistry.h"

#include <QBuffer>
#include <QImage>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Images;
using namespace Qt::StringLiterals;

namespace {

QByteArray written(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    return image.save(&buffer, format) ? bytes : QByteArray();
}

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

} // namespace

class ImageHeaderTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void knowsImagesByTheirContent_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("mediaType");
        QTest::addColumn<QSize>("size");
        QImage image(300, 200, QImage::Format_RGB32);
        image.fill(Qt::red);
        QTest::newRow("png") << written(image, "png") << u"image/png"_s << image.size();
        QTest::newRow("jpeg") << written(image, "jpeg") << u"image/jpeg"_s << image.size();
        QTest::newRow("bmp") << written(image, "bmp") << u"image/bmp"_s << image.size();
        QTest::newRow("ico") << written(image.scaled(32, 32), "ico") << u"image/x-icon"_s << QSize();
        QTest::newRow("gif") << QByteArray("GIF89a\x2c\x01\xc8\x00\x00\x00\x00", 13) << u"image/gif"_s
                             << image.size();
        QTest::newRow("webp, lossy") << hex("5249464616000000574542505650382000000000000000"
                                            "9d012a2c01c800")
                                     << u"image/webp"_s << image.size();
        QTest::newRow("webp, lossless") << hex("524946461600000057454250"
                                               "5650384c00000000"
                                               "2f2bc1310000000000")
                                               .append(1, '\0')
                                        << u"image/webp"_s << image.size();
        QTest::newRow("webp, extended") << hex("524946461600000057454250"
                                               "5650385800000000"
                                               "000000002b0100c70000")
                                        << u"image/webp"_s << image.size();
        QTest::newRow("tiff") << QByteArray("II*\0\10\0\0\0", 8) << u"image/tiff"_s << QSize();
        QTest::newRow("svg") << "<?xml version=\"1.0\"?>\n<!-- drawn -->\n<svg width=\"3\"/>"_qba
                             << u"image/svg+xml"_s << QSize();
        QTest::newRow("avif") << QByteArray("\0\0\0\x20"
                                            "ftypavif\0\0\0\0",
                                     16)
                              << u"image/avif"_s << QSize();
    }

    void knowsImagesByTheirContent()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, mediaType);
        QFETCH(QSize, size);
        const auto header = readImageHeader(bytes);
        QVERIFY(header);
        QCOMPARE(header->mediaType, mediaType);
        QCOMPARE(header->size, size);
        QVERIFY(!header->isCut);
    }

    void takesNothingElseForAnImage_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("text") << "BM is not always a bitmap; this is a text\n"_qba;
        QTest::newRow("XML") << "<?xml version=\"1.0\"?><note/>"_qba;
        QTest::newRow("HTML with a drawing") << "<p><svg/></p>"_qba;
        QTest::newRow("program") << QByteArray("\x7f"
                                               "ELF\2\1\1\0\0\0\0\0",
            12);
        QTest::newRow("film") << QByteArray("\0\0\0\x20"
                                            "ftypisom\0\0\0\0",
            16);
    }

    void takesNothingElseForAnImage()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!readImageHeader(bytes));
    }

    void survivesACutAtEveryByte_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QImage image(8, 8, QImage::Format_RGB32);
        image.fill(Qt::red);
        QTest::newRow("png") << written(image, "png");
        QTest::newRow("jpeg") << written(image, "jpeg");
        QTest::newRow("bmp") << written(image, "bmp");
        QTest::newRow("webp") << hex("524946461600000057454250565038580000000000000000"
                                     "2b0100c70000");
    }

    void survivesACutAtEveryByte()
    {
        QFETCH(QByteArray, bytes);
        for (qsizetype size = 0; size < bytes.size(); ++size) {
            const QByteArray cut(bytes.constData(), size); // a copy, so that reading behind its end shows
            const auto header = readImageHeader(cut);
            if (header && header->size.isValid())
                QCOMPARE(header->size, readImageHeader(bytes)->size);
        }
    }

    void seesThatAJpegIsCut()
    {
        QImage image(64, 64, QImage::Format_RGB32);
        image.fill(Qt::red);
        const QByteArray bytes = written(image, "jpeg");
        QVERIFY(!readImageHeader(bytes)->isCut);
        QVERIFY(readImageHeader(bytes.chopped(1))->isCut);
        QVERIFY(readImageHeader(bytes.first(bytes.size() / 2))->isCut);
    }

    void expectsImagesByName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("is");
        QTest::newRow("png") << u"shot.png"_s << true;
        QTest::newRow("capitals") << u"IMG_0001.JPG"_s << true;
        QTest::newRow("source") << u"png.cpp"_s << false;
        QTest::newRow("no dot") << u"png"_s << false;
    }

    void expectsImagesByName()
    {
        QFETCH(QString, name);
        QTEST(isImageName(name), "is");
    }
};

MEANWHILE_TEST(ImageHeaderTest)
#include "tst_imageheader.moc"
