// SPDX-License-Identifier: MIT
#include "base/pathtext.h"
#include "support/testregistry.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

/// Paths as text and back, and paths from outside.
class PathTextTest : public QObject {
    Q_OBJECT

private slots:
    void showsEachNameInItsOwnWay_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QByteArray &path, const QString &text) {
            QTest::newRow(name) << path << text;
        };
        row("plain", "src/main.cpp", u"src/main.cpp"_s);
        row("Korean", "한글.txt", u"한글.txt"_s);
        row("no UTF-8", "bad\xff.txt", uR"(bad\xff.txt)"_s);
        row("EUC-KR", "\xc7\xd1\xb1\xdb.txt", uR"(\xc7\xd1\xb1\xdb.txt)"_s);
        row("a line break", "a\nb", uR"(a\x0ab)"_s);
        row("right-to-left override", "a\xe2\x80\xae.txt", uR"(a\xe2\x80\xae.txt)"_s);
        row("a backslash", R"(a\b\n\xzz)", uR"(a\b\n\xzz)"_s);
        row("what looks like an escape", R"(bad\xff.txt)", uR"(bad\x5cxff.txt)"_s);
        row("and with a backslash before", R"(bad\\xff.txt)", uR"(bad\\x5cxff.txt)"_s);
        row("what spells a slash", R"(a\x2fb)", uR"(a\x2fb)"_s);
        row("an emoji with a selector", "❤\xef\xb8\x8f.png", u"❤\ufe0f.png"_s);
    }

    void showsEachNameInItsOwnWay()
    {
        QFETCH(QByteArray, path);
        QFETCH(QString, text);
        QCOMPARE(pathToText(path), text);
        QCOMPARE(*pathFromText(text), path);
    }

    void takesBackWhateverItShowed()
    {
        QRandomGenerator random(39);
        const QByteArray letters("ab\\\\\\xxff50\n\x01\x7f\x80\xc3\xa9\xe2\x80\xae\xff/.", 23);
        for (int i = 0; i < 20'000; ++i) {
            QByteArray path;
            const int size = random.bounded(1, 12);
            for (int k = 0; k < size; ++k)
                path += letters.at(random.bounded(int(letters.size())));
            const QString text = pathToText(path);
            const Result<QByteArray> back = pathFromText(text);
            QVERIFY2(back && *back == path, path.toHex(' ').constData());
        }
    }

    void refusesWhatNoPathCanBe_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("said");
        QTest::newRow("NUL") << u"keep.txt"_s + QChar(u'\0') + u".new"_s << u"NUL"_s;
        QTest::newRow("escaped NUL") << uR"(keep.txt\x00.new)"_s << u"NUL"_s;
        QTest::newRow("NUL in an address") << u"file:///tmp/a%00b"_s << u"NUL"_s;
        QTest::newRow("half a pair") << u"a"_s + QChar(0xd83d) << u"half a character"_s;
        QTest::newRow("too long") << QString(4'096, u'a') << u"at most 4,095"_s;
        QTest::newRow("another computer") << u"file://server/share"_s << u"\"server\""_s;
        QTest::newRow("no path") << u"file://"_s << u"no path"_s;
        QTest::newRow("a lone percent sign") << u"file:///tmp/50%"_s << u"hexadecimal"_s;
    }

    void refusesWhatNoPathCanBe()
    {
        QFETCH(QString, given);
        QFETCH(QString, said);
        const Result<QString> path = pathFromOutside(given);
        QVERIFY(!path);
        QCOMPARE(path.error().kind, ErrorKind::InvalidArgument);
        QVERIFY2(path.error().message.contains(said), qPrintable(path.error().message));
        if (!given.contains(u'\\'))
            QVERIFY(!folderFromOutside(given));
    }

    void understandsTheAddressOfAFile()
    {
        QCOMPARE(*pathFromOutside(u"file:///home/me/a%20b"_s), u"/home/me/a b"_s);
        QCOMPARE(*pathFromOutside(u"FILE://localhost/home/%ed%95%9c"_s), u"/home/한"_s);
        QCOMPARE(*pathFromOutside(u"file:/tmp/bad%FF"_s), uR"(/tmp/bad\xff)"_s);
        QCOMPARE(*folderFromOutside(u"file:///home/me/a%20b"_s), u"/home/me/a b"_s);
        QCOMPARE(*folderFromOutside(uR"(/home/me/a\xff)"_s), uR"(/home/me/a\xff)"_s);
        QCOMPARE(*pathFromOutside(u"file:name"_s), u"file:name"_s);
    }

    void saysOfAFolderThatItsNameIsNotUtf8()
    {
        const Result<QString> folder = folderFromOutside(u"/tmp/bad\ufffd"_s);
        QVERIFY(!folder && folder.error().message.contains(u"not UTF-8"_s));
        QVERIFY(!folderFromOutside(u"file:///tmp/bad%FF"_s));
    }
};

MEANWHILE_TEST(PathTextTest)
#include "tst_pathtext.moc"
