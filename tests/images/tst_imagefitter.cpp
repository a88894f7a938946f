// SPDX-License-Identifier: MIT
#include "images/imagefitter.h"
#include "support/testregistry.h"

#include <QBuffer>
#include <QImage>
#include <QImageReader>
#include <QPainter>
#include <QRandomGenerator>
#include <QTemporaryFile>
#include <QtEndian>
#include <QtTest>

#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Images;
using namespace Qt::StringLiterals;

namespace {

QByteArray written(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    return image.save(&buffer, format, qstrcmp(format, "jpeg") == 0 ? 100 : -1) ? bytes : QByteArray();
}

QImage plain(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(QColor(10, 120, 200));
    return image;
}

QImage noise(int width, int height, QImage::Format format = QImage::Format_RGB32)
{
    QImage image(width, height, format);
    QRandomGenerator random(1);
    for (int y = 0; y < height; ++y)
        random.fillRange(reinterpret_cast<quint32 *>(image.scanLine(y)), width);
    return image;
}

// An APP1 segment with one entry, Orientation, right behind the start of the image.
QByteArray withOrientation(QByteArray jpeg, char orientation)
{
    const QByteArray exif = QByteArray("Exif\0\0MM\0*\0\0\0\10\0\1\x01\x12\0\3\0\0\0\1\0", 25) + orientation +
                            QByteArray("\0\0\0\0\0\0", 6);
    QByteArray length(2, '\0');
    qToBigEndian<quint16>(quint16(exif.size() + 2), length.data());
    return jpeg.insert(2, "\xff\xe1" + length + exif);
}

quint32 crcOf(const QByteArray &bytes)
{
    quint32 crc = 0xffffffff;
    for (const char byte : bytes) {
        crc ^= uchar(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
    return ~crc;
}

// A valid PNG that says it is larger than it is.
QByteArray claimingSize(QByteArray png, quint32 width, quint32 height)
{
    qToBigEndian(width, png.data() + 16);
    qToBigEndian(height, png.data() + 20);
    qToBigEndian(crcOf(png.mid(12, 17)), png.data() + 29);
    return png;
}

} // namespace

class ImageFitterTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        // What Qt's readers say of damaged files; the program silences it the same way.
        QLoggingCategory::setFilterRules(u"qt.gui.imageio*=false"_s);
        QTest::failOnWarning(QRegularExpression(u".*"_s));
    }

    void leavesWhatFitsAsItIs_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("type");
        QTest::newRow("png") << written(plain(1'568, 900), "png") << u"image/png"_s;
        QTest::newRow("jpeg") << written(plain(1'568, 900), "jpeg") << u"image/jpeg"_s;
    }

    void leavesWhatFitsAsItIs()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, type);
        const auto fitted = ImageFitter().fit(bytes);
        QVERIFY(fitted);
        QCOMPARE(*fitted, (FittedImage{type, bytes, {1'568, 900}, {1'568, 900}}));
    }

    void scalesTheLongestSide_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QSize>("original");
        QTest::newRow("png stays png") << written(plain(3'136, 1'000), "png") << u"image/png"_s
                                       << QSize(1'568, 500) << QSize(3'136, 1'000);
        QTest::newRow("jpeg stays jpeg") << written(plain(1'000, 3'136), "jpeg") << u"image/jpeg"_s
                                         << QSize(500, 1'568) << QSize(1'000, 3'136);
        QTest::newRow("a strip keeps a pixel")
            << written(plain(20'000, 3), "png") << u"image/png"_s << QSize(1'568, 1) << QSize(20'000, 3);
        QTest::newRow("bmp becomes png")
            << written(plain(40, 30), "bmp") << u"image/png"_s << QSize(40, 30) << QSize(40, 30);
    }

    void scalesTheLongestSide()
    {
        QFETCH(QByteArray, bytes);
        const auto fitted = ImageFitter().fit(bytes);
        QVERIFY(fitted);
        QTEST(fitted->mediaType, "type");
        QTEST(fitted->size, "size");
        QTEST(fitted->originalSize, "original");
        QCOMPARE(QImage::fromData(fitted->bytes).size(), fitted->size);
        QCOMPARE(readImageHeader(fitted->bytes)->mediaType, fitted->mediaType);
    }

    void writesAPngThatIsTooLargeAsJpegOnWhite()
    {
        QImage image = noise(1'500, 1'500, QImage::Format_ARGB32);
        for (int y = 0; y < 100; ++y)
            memset(image.scanLine(y), 0, size_t(image.bytesPerLine()));
        const QByteArray bytes = written(image, "png");
        QVERIFY(bytes.size() > kMaxSentBytes);
        const auto fitted = ImageFitter().fit(bytes);
        QVERIFY(fitted);
        QCOMPARE(fitted->mediaType, u"image/jpeg"_s);
        QVERIFY(fitted->bytes.size() <= kMaxSentBytes);
        QVERIFY(QImage::fromData(fitted->bytes).pixelColor(700, 20).lightness() > 250);
    }

    void writesAJpegThatIsTooLargeAgain()
    {
        const QByteArray bytes = written(noise(1'568, 1'568), "jpeg");
        QVERIFY(bytes.size() > kMaxSentBytes);
        const auto fitted = ImageFitter().fit(bytes);
        QVERIFY(fitted);
        QCOMPARE(fitted->mediaType, u"image/jpeg"_s);
        QVERIFY(fitted->bytes.size() <= kMaxSentBytes);
        QCOMPARE(fitted->size, QSize(1'568, 1'568));
    }

    void turnsAPhotographUpright()
    {
        QImage image = plain(60, 40);
        QPainter(&image).fillRect(0, 0, 60, 8, Qt::white); // what lies on top becomes the right side
        const auto fitted = ImageFitter().fit(withOrientation(written(image, "jpeg"), 6));
        QVERIFY(fitted);
        QCOMPARE(fitted->size, QSize(40, 60));
        QCOMPARE(fitted->originalSize, QSize(40, 60));
        const QImage upright = QImage::fromData(fitted->bytes);
        QVERIFY(upright.pixelColor(37, 30).lightness() > 240);
        QVERIFY(upright.pixelColor(3, 30).lightness() < 160);
    }

    void turnsAndScalesAtOnce()
    {
        const auto fitted = ImageFitter().fit(withOrientation(written(plain(3'136, 1'000), "jpeg"), 8));
        QVERIFY(fitted);
        QCOMPARE(fitted->size, QSize(500, 1'568));
        QCOMPARE(fitted->originalSize, QSize(1'000, 3'136));
    }

    void leavesAnUprightPhotographAsItIs()
    {
        const QByteArray bytes = withOrientation(written(plain(60, 40), "jpeg"), 1);
        QCOMPARE(ImageFitter().fit(bytes)->bytes, bytes);
    }

    void refusesBombsByTheirHeader()
    {
        const QByteArray bytes = claimingSize(written(plain(8, 8), "png"), 60'000, 60'000);
        QVERIFY(bytes.size() < 1'000);
        ImageFitter fitter(u"/no/such/module.so"_s); // opening it would warn
        const auto fitted = fitter.fit(bytes);
        QVERIFY(!fitted);
        QCOMPARE(fitted.error().kind, ErrorKind::TooLarge);
        QCOMPARE(
            fitted.error().message, u"the image has 60000×60000 pixels; at most 64 million can be opened"_s);
    }

    void refusesSizesThatNoIntHolds()
    {
        const auto fitted =
            ImageFitter().fit(claimingSize(written(plain(8, 8), "png"), 0xffffffff, 0xffffffff));
        QVERIFY(!fitted);
        QCOMPARE(fitted.error().kind, ErrorKind::TooLarge);
    }

    void saysWhatIsDamaged_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ErrorKind>("kind");
        const QByteArray png = written(noise(100, 100), "png");
        const QByteArray jpeg = written(noise(100, 100), "jpeg");
        QTest::newRow("no image") << "hello"_qba << ErrorKind::InvalidArgument;
        QTest::newRow("empty") << QByteArray() << ErrorKind::InvalidArgument;
        QTest::newRow("png, half of it") << png.first(png.size() / 2) << ErrorKind::Protocol;
        QTest::newRow("png, its signature") << png.first(8) << ErrorKind::Protocol;
        QTest::newRow("png of a size without pixels") << claimingSize(png, 0, 100) << ErrorKind::Protocol;
        QTest::newRow("jpeg, half of it") << jpeg.first(jpeg.size() / 2) << ErrorKind::Protocol;
        QTest::newRow("jpeg, no end") << jpeg.chopped(2) << ErrorKind::Protocol;
        QTest::newRow("gif, its header") << "GIF89a\1\2\1\2\3\4\5"_qba << ErrorKind::Protocol;
        QTest::newRow("no decoder") << QByteArray("\0\0\0\x20"
                                                  "ftypheic\0\0\0\0",
                                           16)
                                    << ErrorKind::Unsupported;
        QTest::newRow("svg without a window") << "<svg/>"_qba << ErrorKind::Unsupported;
    }

    void saysWhatIsDamaged()
    {
        QFETCH(QByteArray, bytes);
        const auto fitted = ImageFitter().fit(bytes);
        QVERIFY(!fitted);
        QTEST(fitted.error().kind, "kind");
    }

    void leavesStandardErrorToTheProgram_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray png = written(noise(100, 100), "png");
        QByteArray flipped = png;
        flipped[png.size() / 2] = char(~flipped.at(png.size() / 2));
        QTest::newRow("png, half of it") << png.first(png.size() / 2);
        QTest::newRow("png, another bit in the middle") << flipped;
        QTest::newRow("png, its signature") << png.first(8);
        QTest::newRow("jpeg, half of it") << written(noise(100, 100), "jpeg").first(2'000);
        QTest::newRow("gif, its header") << "GIF89a\1\2\1\2\3\4\5"_qba;
        QTest::newRow("tiff, its header") << "II*\0\x08\0\0\0\x02\0"_qba;
    }

    void leavesStandardErrorToTheProgram()
    {
        QFETCH(QByteArray, bytes);
        QTemporaryFile said;
        QVERIFY(said.open());
        const int kept = ::dup(STDERR_FILENO);
        ::dup2(said.handle(), STDERR_FILENO);
        const auto fitted = ImageFitter().fit(bytes);
        ::dup2(kept, STDERR_FILENO);
        ::close(kept);
        QVERIFY(!fitted);
        QVERIFY(said.seek(0));
        QCOMPARE(said.readAll(), QByteArray());
    }

    void readsWebpWhereQtCan()
    {
        if (!QImageReader::supportedImageFormats().contains("webp"))
            QSKIP("qt6-image-formats-plugins is not installed");
        const auto fitted = ImageFitter().fit(written(plain(3'136, 1'000), "webp"));
        QVERIFY(fitted);
        QCOMPARE(fitted->mediaType, u"image/png"_s);
        QCOMPARE(fitted->size, QSize(1'568, 500));
    }

    void readsTiffWhereQtCan()
    {
        if (!QImageReader::supportedImageFormats().contains("tiff"))
            QSKIP("qt6-image-formats-plugins is not installed");
        const auto fitted = ImageFitter().fit(written(plain(30, 20), "tiff"));
        QVERIFY(fitted);
        QCOMPARE(fitted->mediaType, u"image/png"_s);
        QCOMPARE(fitted->size, QSize(30, 20));
    }

    void worksWithoutTheModuleAndSaysSoOnce()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^image support is missing"_s));
        ImageFitter fitter(u"/no/such/module.so"_s);
        const QByteArray small = written(plain(20, 10), "png");
        QCOMPARE(fitter.fit(small)->bytes, small);
        const auto large = fitter.fit(written(plain(2'000, 10), "png"));
        QVERIFY(!large);
        QCOMPARE(large.error().kind, ErrorKind::Unsupported);
    }
};

MEANWHILE_TEST(ImageFitterTest)
#include "tst_imagefitter.moc"
