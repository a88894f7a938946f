// SPDX-License-Identifier: MIT
#include "base/sanitizers.h"
#include "images/imageplugin.h"
#include "support/samplepicture.h"
#include "support/testregistry.h"
#include "tools/toolbench.h"

#include <QImage>
#include <QtTest>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Project;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;
using Meanwhile::Testing::samplePicture;
using Meanwhile::Testing::ToolBench;

namespace {

/// Always 0 under a sanitizer, which keeps what was freed.
qint64 peakMemoryKb()
{
#ifdef MEANWHILE_IS_SANITIZED
    return 0;
#else
    rusage usage{};
    return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0;
#endif
}

} // namespace

class ReadFileToolTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void numbersTheLines_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << "a\nb\n"_qba << u"1\ta\n2\tb\n"_s;
        QTest::newRow("no last line end") << "a\nb"_qba << u"1\ta\n2\tb\n"_s;
        QTest::newRow("CR LF") << "a\r\nb\r\n"_qba << u"1\ta\n2\tb\n"_s;
        QTest::newRow("UTF-8 with a mark") << "\xef\xbb\xbf"
                                              "안녕\n"_qba
                                           << u"1\t안녕\n"_s;
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe"
                                              "a\0\x48\xc5\n\0",
                                       8)
                                << u"1\ta안\n[Encoding: UTF-16. edit_file and write_file keep it.]"_s;
        QTest::newRow("Latin-1") << "caf\xe9\n"_qba
                                 << u"1\tcafé\n[Encoding: Latin-1. edit_file and write_file keep it.]"_s;
        QTest::newRow("empty") << ""_qba << u"(f is empty.)"_s;
        QTest::newRow("blank lines count") << "\n\nx\n"_qba << u"1\t\n2\t\n3\tx\n"_s;
    }

    void numbersTheLines()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, text);
        const ToolBench bench;
        bench.put(u"f"_s, content);
        const ToolOutcome outcome = bench.run(u"read_file"_s, {{u"path"_s, u"f"_s}});
        QCOMPARE(outcome.text, text);
        QVERIFY(!outcome.isError);
    }

    void showsAPartAndSaysHowToReadOn()
    {
        const ToolBench bench;
        bench.put(u"f"_s, "1\n2\n3\n4\n5\n");
        const auto read = [&](int offset, int limit) {
            return bench.run(
                u"read_file"_s, {{u"path"_s, u"f"_s}, {u"offset"_s, offset}, {u"limit"_s, limit}});
        };
        QCOMPARE(read(2, 2).text, u"2\t2\n3\t3\n[Lines 2 to 3 of 5. Read on with offset=4.]"_s);
        QCOMPARE(read(2, 2).summary, u"2 lines"_s);
        QCOMPARE(read(4, 9).text, u"4\t4\n5\t5\n[Lines 4 to 5 of 5.]"_s);
        QCOMPARE(read(6, 1).text, u"f has 5 lines, so there is nothing from line 6 on."_s);
        QVERIFY(read(6, 1).isError);
    }

    void cutsLongLinesAndLongAnswers()
    {
        const ToolBench bench;
        bench.put(u"long"_s, QByteArray(50'000, 'x') + "\nend\n");
        const QString text = bench.run(u"read_file"_s, {{u"path"_s, u"long"_s}}).text;
        QVERIFY(text.contains(u"x… [line cut, 50 KB in all]\n2\tend\n"_s));
        QVERIFY(text.size() < 2'100);
        bench.put(u"many"_s, QByteArray(79, 'y').append('\n').repeated(1'000));
        const QString many = bench.run(u"read_file"_s, {{u"path"_s, u"many"_s}}).text;
        QVERIFY(many.size() <= 30'000);
        static const QRegularExpression kReadOn(
            u"\\[Lines 1 to (\\d+) of 1000\\. Read on with offset=(\\d+)\\.\\]$"_s);
        QVERIFY2(kReadOn.match(many).hasMatch(), qPrintable(many.right(100)));
    }

    void readsAHugeFileInBoundedMemory()
    {
        const ToolBench bench;
        {
            QFile file(bench.path(u"huge"_s));
            QVERIFY(file.open(QFile::WriteOnly));
            const QByteArray block = QByteArray(99, 'z').append('\n').repeated(10'000);
            for (int i = 0; i < 100; ++i)
                QCOMPARE(file.write(block), block.size());
        }
        const qint64 before = peakMemoryKb();
        const ToolOutcome outcome =
            bench.run(u"read_file"_s, {{u"path"_s, u"huge"_s}, {u"offset"_s, 999'999}, {u"limit"_s, 1}});
        QVERIFY(outcome.text.startsWith(u"999999\tzzz"_s));
        QVERIFY(
            outcome.text.endsWith(u"[Lines 999999 to 999999 of 1000000. Read on with offset=1000000.]"_s));
        QVERIFY2(peakMemoryKb() - before < 10'000, qPrintable(QString::number(peakMemoryKb() - before)));
    }

    void readsOneLineOfAHundredMegabytes()
    {
        const ToolBench bench;
        {
            QFile file(bench.path(u"line"_s));
            QVERIFY(file.open(QFile::WriteOnly));
            const QByteArray block(1'000'000, 'z');
            for (int i = 0; i < 100; ++i)
                QCOMPARE(file.write(block), block.size());
        }
        const qint64 before = peakMemoryKb();
        const QString text = bench.run(u"read_file"_s, {{u"path"_s, u"line"_s}}).text;
        QVERIFY(text.contains(u"[line cut, 100 MB in all]"_s));
        QVERIFY(peakMemoryKb() - before < 10'000);
    }

    void showsImagesByTheirContent_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("type");
        QTest::newRow("png") << samplePicture(40, 30, "png") << u"image/png"_s;
        QTest::newRow("jpeg") << samplePicture(40, 30, "jpeg") << u"image/jpeg"_s;
    }

    void showsImagesByTheirContent()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, type);
        const ToolBench bench;
        bench.put(u"picture.dat"_s, content);
        const ToolOutcome outcome = bench.run(u"read_file"_s, {{u"path"_s, u"picture.dat"_s}});
        QCOMPARE(outcome.images, (QVector<Conversation::ImageBlock>{{type, content, u"picture.dat"_s}}));
        QVERIFY(outcome.text.startsWith(u"picture.dat: %1, 40×30, "_s.arg(type)));
        QCOMPARE(outcome.summary, u"40×30"_s);
    }

    void scalesLargeImagesAndSaysSo()
    {
        const ToolBench bench;
        bench.put(u"screen.bmp"_s, samplePicture(3'136, 1'000, "bmp"));
        const ToolOutcome outcome = bench.run(u"read_file"_s, {{u"path"_s, u"screen.bmp"_s}});
        QVERIFY2(outcome.text.startsWith(u"screen.bmp: image/png, 1568×500, scaled down from 3136×1000, "_s),
            qPrintable(outcome.text));
        QCOMPARE(QImage::fromData(outcome.images.value(0).bytes).size(), QSize(1'568, 500));
    }

    void showsADrawingAsItsText()
    {
        const ToolBench bench;
        bench.put(u"icon.svg"_s, "<svg/>\n");
        const ToolOutcome outcome = bench.run(u"read_file"_s, {{u"path"_s, u"icon.svg"_s}});
        QCOMPARE(outcome.text, u"1\t<svg/>\n"_s);
        QVERIFY(outcome.images.isEmpty());
    }

    void refusesImagesThatCannotBeShown_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("message");
        const QByteArray png = samplePicture(40, 30, "png");
        QTest::newRow("cut off") << png.chopped(30) << u"x.png cannot be shown: the image is damaged"_s;
        QTest::newRow("a bomb") << png.first(16) + QByteArray::fromHex("0000ea600000ea60") + png.mid(24)
                                << u"x.png cannot be shown: the image has 60000×60000 pixels"_s;
        QTest::newRow("too large a file") << png + QByteArray(Images::kMaxFileBytes, '\1')
                                          << u"x.png is an image of 64 MB; at most 64 MB can be opened."_s;
    }

    void refusesImagesThatCannotBeShown()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, message);
        QLoggingCategory::setFilterRules(u"qt.gui.imageio*=false"_s);
        const ToolBench bench;
        bench.put(u"x.png"_s, content);
        const ToolOutcome outcome = bench.run(u"read_file"_s, {{u"path"_s, u"x.png"_s}});
        QVERIFY(outcome.isError);
        QVERIFY2(outcome.text.startsWith(message), qPrintable(outcome.text));
    }

    void saysWhyItCannotRead_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("message");
        QTest::newRow("missing, alike")
            << u"src/mian.cpp"_s << u"src/mian.cpp does not exist. Similar names there: src/main.cpp"_s;
        QTest::newRow("missing, nothing alike")
            << u"src/QQQ"_s << u"src/QQQ does not exist. Nothing in that folder"_s;
        QTest::newRow("folder missing")
            << u"lib/x"_s << u"lib/x does not exist. The folder lib does not exist either."_s;
        QTest::newRow("below a file")
            << u"src/main.cpp/x"_s
            << u"src/main.cpp/x does not exist. src/main.cpp is a file, not a folder."_s;
        QTest::newRow("folder") << u"src"_s << u"src is a folder. Use list_files to see what is in it."_s;
        QTest::newRow("binary") << u"program"_s << u"program is a binary file (3 B), not text."_s;
        QTest::newRow("pipe") << u"pipe"_s << u"pipe is a pipe, socket or device and was not opened."_s;
        QTest::newRow("outside") << u"../secret"_s << u"../secret leads outside the project folder."_s;
        QTest::newRow("outside, absolute")
            << u"/etc/passwd"_s << u"/etc/passwd leads outside the project folder."_s;
        QTest::newRow("outside, by a link")
            << u"link/passwd"_s << u"link/passwd leads outside the project folder."_s;
        QTest::newRow("empty path") << u""_s << u" is a folder."_s;
    }

    void saysWhyItCannotRead()
    {
        QFETCH(QString, path);
        QFETCH(QString, message);
        const ToolBench bench;
        bench.put(u"src/main.cpp"_s, "x");
        bench.put(u"program"_s, QByteArray("a\0b", 3));
        bench.put(u"../secret"_s, "secret");
        QCOMPARE(::mkfifo(QFile::encodeName(bench.path(u"pipe"_s)).constData(), 0600), 0);
        QVERIFY(QFile::link(u"/etc"_s, bench.path(u"link"_s)));
        const ToolOutcome outcome = bench.run(u"read_file"_s, {{u"path"_s, path}});
        QVERIFY(outcome.isError);
        QVERIFY2(outcome.text.startsWith(message), qPrintable(outcome.text));
    }

    void saysThatThePermissionIsMissing()
    {
        const ToolBench bench;
        bench.put(u"closed"_s, "x");
        QVERIFY(QFile::setPermissions(bench.path(u"closed"_s), {}));
        if (QFile(bench.path(u"closed"_s)).open(QFile::ReadOnly))
            QSKIP("this user may read everything; tst_projectfiles does it with another one");
        const ToolOutcome outcome = bench.run(u"read_file"_s, {{u"path"_s, u"closed"_s}});
        QVERIFY(outcome.isError);
        QVERIFY(outcome.text.startsWith(u"closed cannot be opened: permission denied."_s));
    }

    void tellsWhetherAPathLeavesTheProject_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("leaves");
        QTest::newRow("inside") << u"src/main.cpp"_s << false;
        QTest::newRow("inside, missing") << u"no/such/file"_s << false;
        QTest::newRow("up and in again") << u"src/../src/main.cpp"_s << false;
        QTest::newRow("up") << u"../x"_s << true;
        QTest::newRow("absolute") << u"/etc/passwd"_s << true;
        QTest::newRow("home") << u"~/.ssh/id_rsa"_s << true;
        QTest::newRow("link out") << u"out/passwd"_s << true;
        QTest::newRow("link out, missing below") << u"out/no/such/file"_s << true;
    }

    void tellsWhetherAPathLeavesTheProject()
    {
        QFETCH(QString, path);
        QFETCH(bool, leaves);
        const ToolBench bench;
        bench.put(u"src/main.cpp"_s, "x");
        QVERIFY(QFile::link(u"/etc"_s, bench.path(u"out"_s)));
        const Intent intent = bench.intent(u"read_file"_s, {{u"path"_s, path}});
        QCOMPARE(int(intent.effect), int(Effect::Read));
        QCOMPARE(intent.leavesProject, leaves);
        QCOMPARE(intent.subject, leaves ? intent.place : path);
    }

    void readsOutsideWhenThePersonAllowedThisCall()
    {
        const ToolBench bench;
        bench.put(u"../note"_s, "hello\n");
        ToolCall call = bench.call(u"read_file"_s, {{u"path"_s, u"../note"_s}});
        call.mayLeaveProject = true;
        QCOMPARE(bench.run(call).text, u"1\thello\n"_s);
    }
};

MEANWHILE_TEST(ReadFileToolTest)
#include "tst_readfiletool.moc"
