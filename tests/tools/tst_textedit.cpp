// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tools/textedit.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;

namespace {

QByteArray utf16(const QString &text, bool bigEndian = false)
{
    QStringEncoder encoder(
        bigEndian ? QStringConverter::Utf16BE : QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
    return encoder.encode(text);
}

} // namespace

class TextEditTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void changesNothingOutsideTheEdit_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("oldText");
        QTest::addColumn<QString>("newText");
        QTest::addColumn<QByteArray>("result");
        QTest::newRow("plain") << "a b c"_qba << u"b"_s << u"B"_s << "a B c"_qba;
        QTest::newRow("at the start") << "abc"_qba << u"a"_s << u""_s << "bc"_qba;
        QTest::newRow("at the end") << "abc"_qba << u"c"_s << u"c\n"_s << "abc\n"_qba;
        QTest::newRow("lines") << "1\n2\n3\n"_qba << u"1\n2\n"_s << u"x\n"_s << "x\n3\n"_qba;
        QTest::newRow("Korean") << "안녕 세계\n"_qba << u"세계"_s << u"여러분"_s << "안녕 여러분\n"_qba;
        QTest::newRow("CR LF stays") << "1\r\n2\r\n3\r\n"_qba << u"1\n2"_s << u"x\ny"_s
                                     << "x\r\ny\r\n3\r\n"_qba;
        QTest::newRow("CR LF, a line break within one line's edit")
            << "1\r\n2\r\n"_qba << u"2"_s << u"2\n3"_s << "1\r\n2\r\n3\r\n"_qba;
        QTest::newRow("CR LF, written by the model too")
            << "1\r\n2\r\n"_qba << u"1\r\n2"_s << u"x\r\ny"_s << "x\r\ny\r\n"_qba;
        QTest::newRow("CR LF, from the line break on")
            << "1\r\n2"_qba << u"\n2"_s << u"\n3"_s << "1\r\n3"_qba;
        QTest::newRow("LF stays") << "1\n2\n"_qba << u"1\r\n2"_s << u"x\ny"_s << "x\ny\n"_qba;
        QTest::newRow("each line end where it was")
            << "1\n2\r\n3\n4\r\n"_qba << u"2"_s << u"B"_s << "1\nB\r\n3\n4\r\n"_qba;
        QTest::newRow("byte order mark") << "\xef\xbb\xbf"
                                            "abc"_qba
                                         << u"a"_s << u"x"_s
                                         << "\xef\xbb\xbf"
                                            "xbc"_qba;
        QTest::newRow("UTF-16") << utf16(u"가나다\r\n라"_s) << u"다\n라"_s << u"é\nx"_s
                                << utf16(u"가나é\r\nx"_s);
        QTest::newRow("UTF-16, big-endian")
            << utf16(u"abc"_s, true) << u"b"_s << u"한"_s << utf16(u"a한c"_s, true);
        QTest::newRow("UTF-16, a byte too many")
            << utf16(u"ab"_s) + "x" << u"b"_s << u"c"_s << utf16(u"ac"_s) + "x";
        QTest::newRow("Latin-1") << "caf\xe9 noir\n"_qba << u"café"_s << u"thé"_s << "th\xe9 noir\n"_qba;
        QTest::newRow("a broken byte elsewhere")
            << "\xff\n안녕\n"_qba << u"안녕"_s << u"여러분"_s << "\xff\n여러분\n"_qba;
    }

    void changesNothingOutsideTheEdit()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, oldText);
        QFETCH(QString, newText);
        QFETCH(QByteArray, result);
        const Result<EditedText> edited = applyEdit(file, {oldText, newText, false}, u"f"_s);
        QVERIFY2(edited, edited ? "" : qPrintable(edited.error().message));
        QCOMPARE(edited->bytes, result);
    }

    void replacesEveryOccurrenceWhenAsked()
    {
        const Result<EditedText> edited = applyEdit("a\nb\na a\n", {u"a"_s, u"aa"_s, true}, u"f"_s);
        QVERIFY(edited);
        QCOMPARE(edited->bytes, "aa\nb\naa aa\n");
        QCOMPARE(edited->lines, (QVector<qsizetype>{1, 3, 3}));
    }

    void countsOverlappingOccurrencesOnce()
    {
        const Result<EditedText> edited = applyEdit("aaaa", {u"aa"_s, u"b"_s, true}, u"f"_s);
        QVERIFY(edited);
        QCOMPARE(edited->bytes, "bb");
    }

    void saysWhyNot_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("oldText");
        QTest::addColumn<QString>("newText");
        QTest::addColumn<QString>("message");
        QTest::newRow("twice") << "x\na\na\n"_qba << u"a"_s << u"b"_s
                               << u"old_text is not unique in f: it begins at lines 2, 3."_s;
        QTest::newRow("empty") << "a"_qba << u""_s << u"b"_s << u"old_text is empty."_s;
        QTest::newRow("the same") << "a"_qba << u"a"_s << u"a"_s << u"old_text and new_text are the same"_s;
        QTest::newRow("absent, a line is like it")
            << "int main()\n{\n    return runServer(port);\n}\n"_qba << u"return run_server(port);"_s
            << u"x"_s
            << u"old_text was not found in f. The nearest lines are:\n3\t    return runServer(port);\n"_s;
        QTest::newRow("absent, but for spaces")
            << "if (a) {\n\tb();\n\tc();\n}\n"_qba << u"    b();\n    c();"_s << u"x"_s
            << u"old_text was not found in f. The same text with other spaces or indentation is at line 2:\n"
               u"2\t\tb();\n3\t\tc();\n"_s;
        QTest::newRow("absent, nothing is like it")
            << "alpha\nbeta\n"_qba << u"0123456789"_s << u"x"_s
            << u"old_text was not found in f. Nothing in it looks like it."_s;
        QTest::newRow("characters that Latin-1 lacks")
            << "caf\xe9"_qba << u"caf"_s << u"한"_s << u"f is in Latin-1, which has no “한” (U+D55C)"_s;
    }

    void saysWhyNot()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, oldText);
        QFETCH(QString, newText);
        QFETCH(QString, message);
        const Result<EditedText> edited = applyEdit(file, {oldText, newText, false}, u"f"_s);
        QVERIFY(!edited);
        QVERIFY2(edited.error().message.startsWith(message), qPrintable(edited.error().message));
    }

    void findsTheNearestLineOfAHugeFileInBoundedTime()
    {
        const QByteArray file = QByteArray("some line that is not it at all\n").repeated(300'000);
        QVERIFY(!applyEdit(file, {u"some line that is not here"_s, u"x"_s, false}, u"f"_s));
    }
};

MEANWHILE_TEST(TextEditTest)
#include "tst_textedit.moc"
