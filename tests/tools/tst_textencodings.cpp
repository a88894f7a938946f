// SPDX-License-Identifier: MIT
#include "project/textencoding.h"
#include "support/testregistry.h"
#include "toolbench.h"

#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Project;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;

namespace {

struct Language {
    QByteArray charset; ///< as the program iconv knows it
    QString name;       ///< as the tools say it
    QString words;
};

const QVector<Language> &languages()
{
    static const QString korean =
        u"파일을 읽을 수 없습니다 안녕하세요 사용자가 저장한 내용 주석 함수 반환값 오류 처리 시작합니다 값을 더한다"_s;
    static const QString japanese =
        u"ファイルを 読み込む ことが できません こんにちは 世界 関数の 戻り値 エラー 処理を 開始します 設定 です"_s;
    static const QString russian =
        u"Файл не найден Привет мир функция возвращает значение ошибка обработка начало настройки пользователь"_s;
    static const QVector<Language> all{
        {"EUC-KR", u"EUC-KR"_s, korean},
        {"CP949", u"CP949"_s, korean + u" 똠방각하 뷁 펲시콜라 쀍"_s},
        {"CP932", u"Shift-JIS"_s, japanese},
        {"EUC-JP", u"EUC-JP"_s, japanese},
        {"GB18030", u"GB18030"_s,
            u"文件无法读取 你好世界 用户保存的内容 注释 函数返回值 错误处理 开始 设置 请检查编码 这是一个测试"_s},
        {"BIG5", u"BIG5"_s,
            u"檔案無法讀取 你好世界 使用者儲存的內容 註解 函數返回值 錯誤處理 開始 設定 請檢查編碼 這是一個測試"_s},
        {"WINDOWS-1251", u"WINDOWS-1251"_s, russian},
        {"KOI8-R", u"KOI8-R"_s, russian},
        {"ISO-8859-1", u"Latin-1"_s,
            u"Größe Übung Straße déjà vu café niño mañana façade naïve Müller piñata garçon"_s},
        {"WINDOWS-1252", u"WINDOWS-1252"_s,
            u"Größe “quoted” Übung – déjà vu café niño mañana façade naïve Müller’s œuvre 5 €"_s},
        {"UTF-16LE", u"UTF-16LE without a byte order mark"_s, korean + u" 😀"_s},
        {"UTF-16BE", u"UTF-16BE without a byte order mark"_s, russian},
        {"UTF-32LE", u"UTF-32LE without a byte order mark"_s, japanese + u" 😀"_s},
        {"UTF-16", u"UTF-16"_s, korean},
        {"UTF-32", u"UTF-32"_s, korean},
    };
    return all;
}

QByteArray iconv(const QByteArray &input, const QByteArray &from, const QByteArray &to)
{
    QProcess program;
    program.start(u"iconv"_s, {u"-f"_s, QString::fromLatin1(from), u"-t"_s, QString::fromLatin1(to)});
    program.write(input);
    program.closeWriteChannel();
    program.waitForFinished();
    return program.exitCode() == 0 ? program.readAllStandardOutput() : QByteArray();
}

QByteArray inCharset(const QString &text, const QByteArray &charset)
{
    return iconv(text.toUtf8(), "UTF-8", charset);
}

/// A source file with comments in a language, and the places "@0@", "@1@", … to edit.
QString sourceFile(QRandomGenerator &random, const QStringList &words, int places, const QString &lineEnd)
{
    QString text;
    for (int i = 0; i < places; ++i) {
        for (int line = random.bounded(2, 6); line > 0; --line) {
            text += u"int f%1(); // "_s.arg(line);
            for (int n = random.bounded(3, 8); n > 0; --n)
                text += words.at(random.bounded(int(words.size()))) + u' ';
            text += lineEnd;
        }
        text += u"/* @%1@ */"_s.arg(i) + lineEnd;
    }
    return text;
}

void addLanguages()
{
    QTest::addColumn<Language>("language");
    for (const Language &language : languages())
        QTest::newRow(language.charset.constData()) << language;
}

} // namespace

Q_DECLARE_METATYPE(Language)

/// Files in the encodings of the past, through the tools as the model uses them.
class TextEncodingsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void editsKeepEveryOtherByteAndTheEncoding_data() { addLanguages(); }
    void editsKeepEveryOtherByteAndTheEncoding()
    {
        QFETCH(Language, language);
        const QStringList words = language.words.split(u' ');
        QRandomGenerator random(uint(qHash(language.charset)));
        for (int round = 0; round < 2; ++round) {
            const QString lineEnd = round % 2 == 0 ? u"\n"_s : u"\r\n"_s;
            const QString before = sourceFile(random, words, 6, lineEnd);
            ToolBench bench;
            bench.put(u"k.c"_s, inCharset(before, language.charset));
            QString after = before;
            for (int i = 0; i < 6; ++i) {
                const QString fresh = words.at(random.bounded(int(words.size())));
                const ToolOutcome edited =
                    bench.run(u"edit_file"_s, {{u"path"_s, u"k.c"_s}, {u"old_text"_s, u"@%1@"_s.arg(i)},
                                                  {u"new_text"_s, fresh + u"\nx"_s}});
                QVERIFY2(!edited.isError, qPrintable(edited.text));
                after.replace(u"@%1@"_s.arg(i), fresh + lineEnd + u"x"_s);
            }
            QCOMPARE(bench.contentOf(u"k.c"_s), inCharset(after, language.charset));
        }
    }

    void readsThemAndSaysTheEncodingOnce_data() { addLanguages(); }
    void readsThemAndSaysTheEncodingOnce()
    {
        QFETCH(Language, language);
        QRandomGenerator random(7);
        const QString text =
            language.words + u'\n' + sourceFile(random, language.words.split(u' '), 3, u"\n"_s);
        ToolBench bench;
        bench.put(u"k.c"_s, inCharset(text, language.charset));
        const ToolOutcome read = bench.run(u"read_file"_s, {{u"path"_s, u"k.c"_s}});
        QVERIFY2(read.text.startsWith(u"1\t"_s + language.words + u'\n'), qPrintable(read.text));
        QVERIFY2(
            read.text.endsWith(u"[Encoding: %1. edit_file and write_file keep it.]"_s.arg(language.name)),
            qPrintable(read.text));
    }

    /// Whatever the encoding, the same lines are found.
    void aSignForAnyLetterFindsTheSameLines_data() { addLanguages(); }
    void aSignForAnyLetterFindsTheSameLines()
    {
        QFETCH(const Language, language);
        if (language.charset.startsWith("UTF-"))
            QSKIP("another way to search");
        QRandomGenerator random(7);
        const QString text = sourceFile(random, language.words.split(u' '), 12, u"\n"_s);
        const ToolBench bench;
        bench.put(u"other/a.c"_s, inCharset(text, language.charset));
        bench.put(u"other/plain.c"_s, "int f1(); // plain words of ASCII\n");
        bench.put(u"utf8/a.c"_s, text.toUtf8());
        bench.put(u"utf8/plain.c"_s, "int f1(); // plain words of ASCII\n");
        const auto linesIn = [](const QString &folder, QStringList lines) {
            lines = lines.filter(QRegularExpression(u'^' + folder)).replaceInStrings(folder, QString());
            lines.sort();
            return lines;
        };
        int matching = 0;
        for (const QString &regex : {u"^int f2\\(\\); // \\w+ .{2} "_s, u"f[12]... // [^x]+ \\w+ $"_s,
                 u"// \\S\\S\\w "_s, u"f1.*\\b\\w{4}\\b"_s, u"f3.*\\B\\w\\W$"_s, u"// \\D{9}\\s"_s,
                 u"(?i)F1.*[^[:alpha:]]\\w{5} "_s, u"f1\\W+\\w"_s, u"f4.*?(\\w|\\W)$"_s, u"\\B; //"_s,
                 u"\\w\\b $"_s, u"//\\s\\b"_s, u" \\b"_s, u"(?<=f1).*\\w $"_s, u"f2(?=\\().*"_s,
                 u"(?x) f3 \\( .* [ ] $"_s, u"(?x)\\)\\;\\ //"_s, u"// .{9}.*\\z"_s, u"\\Aint.* \\Z"_s}) {
            const QStringList lines = bench.run(u"search_files"_s, {{u"regex"_s, regex}}).text.split(u'\n');
            QCOMPARE(linesIn(u"other/"_s, lines), linesIn(u"utf8/"_s, lines));
            matching += !linesIn(u"utf8/"_s, lines).isEmpty();
        }
        QVERIFY2(matching >= 14, qPrintable(QString::number(matching)));
    }

    void oneFileWithManyMatchesHidesNoOther()
    {
        const ToolBench bench;
        bench.put(u"a.txt"_s, QByteArray("foo caf\xe9\n").repeated(2'500));
        bench.put(u"b.txt"_s, "foo na\xefve\n");
        const QString text = bench.run(u"search_files"_s, {{u"regex"_s, u"foo \\w"_s}}).text;
        QVERIFY2(text.contains(u"b.txt:1:foo naïve\n"_s) && text.contains(u"a.txt:1:foo café\n"_s) &&
                     !text.contains(u"Ended early"_s),
            qPrintable(text.right(300)));
    }

    void aWholeFileWrittenAnewKeepsTheEncoding_data() { addLanguages(); }
    void aWholeFileWrittenAnewKeepsTheEncoding()
    {
        QFETCH(Language, language);
        ToolBench bench;
        bench.put(u"k.c"_s, inCharset(u"/* "_s + language.words + u" */\n"_s, language.charset));
        const QString text = u"// "_s + language.words.section(u' ', 3, 6) + u"\n"_s;
        const ToolOutcome written = bench.run(u"write_file"_s, {{u"path"_s, u"k.c"_s}, {u"content"_s, text}});
        QCOMPARE(bench.contentOf(u"k.c"_s), inCharset(text, language.charset));
        QVERIFY2(written.text.contains(u", in %1 as it was"_s.arg(language.name)), qPrintable(written.text));
    }

    void aCharacterThatTheEncodingLacksIsAnErrorThatSaysSo()
    {
        ToolBench bench;
        const QByteArray before = inCharset(u"/* 파일을 읽을 수 없습니다. 안녕하세요 */ x\n"_s, "EUC-KR");
        bench.put(u"k.c"_s, before);
        for (const QString &lacking : {u"é"_s, u"뷁"_s, u"😀"_s}) {
            const ToolOutcome edited = bench.run(u"edit_file"_s,
                {{u"path"_s, u"k.c"_s}, {u"old_text"_s, u"x"_s}, {u"new_text"_s, u"값 "_s + lacking}});
            QVERIFY(edited.isError);
            QVERIFY2(edited.text.contains(u"k.c is in EUC-KR, which has no “%1”"_s.arg(lacking)) &&
                         edited.text.contains(u"iconv -f EUC-KR -t UTF-8"_s),
                qPrintable(edited.text));
            QCOMPARE(bench.contentOf(u"k.c"_s), before);
        }
    }

    void aChangeOfEncodingIsSaid()
    {
        QByteArray content;
        const auto written = [&content](const QByteArray &before, const QString &text) {
            ToolBench bench;
            bench.put(u"k.c"_s, before);
            const QString said =
                bench.run(u"write_file"_s, {{u"path"_s, u"k.c"_s}, {u"content"_s, text}}).text;
            content = bench.contentOf(u"k.c"_s);
            return said;
        };
        const QByteArray korean = inCharset(u"파일을 읽을 수 없습니다. 안녕하세요\n"_s, "EUC-KR");
        QCOMPARE(written(korean, u"값 😀\n"_s),
            u"Replaced k.c: now 1 line, 9 B, UTF-8 (was EUC-KR, which has no “😀” (U+1F600))."_s);
        QCOMPARE(content, "값 😀\n");
        QCOMPARE(written("caf\xe9"_qba, u"한"_s),
            u"Replaced k.c: now 1 line, 3 B, UTF-8 (was Latin-1, which has no “한” (U+D55C))."_s);
        const QString unknown = written("\x81\xfe\xff\x90\xd5 \xff\xff"_qba, u"é"_s);
        QVERIFY2(unknown.contains(u"UTF-8 (was "_s), qPrintable(unknown));
    }

    /// What little text leaves open must not be settled by writing into it.
    void tooLittleTextIsReadAndKeepsItsBytesButTakesOnlyAscii()
    {
        ToolBench bench;
        bench.put(u"k.c"_s, "/* \xc4\xe3\xba\xc3 */ int x;\n"_qba); // two characters of GBK, or of EUC-KR
        const ToolOutcome read = bench.run(u"read_file"_s, {{u"path"_s, u"k.c"_s}});
        QVERIFY2(read.text.contains(u"which is a guess"_s), qPrintable(read.text));
        const auto edit = [&bench](const QString &text) {
            return bench.run(
                u"edit_file"_s, {{u"path"_s, u"k.c"_s}, {u"old_text"_s, u"int x"_s}, {u"new_text"_s, text}});
        };
        const ToolOutcome refused = edit(u"int é"_s);
        QVERIFY(refused.isError);
        QVERIFY2(refused.text.contains(u"iconv"_s), qPrintable(refused.text));
        QVERIFY(!edit(u"long y"_s).isError);
        QCOMPARE(bench.contentOf(u"k.c"_s), "/* \xc4\xe3\xba\xc3 */ long y;\n"_qba);
    }

    void whatIsWrittenSettlesAShortFile()
    {
        ToolBench bench;
        bench.put(u"k.c"_s, inCharset(u"/* 한글 */ int x;\n"_s, "EUC-KR"));
        const ToolOutcome read = bench.run(u"read_file"_s, {{u"path"_s, u"k.c"_s}});
        QVERIFY2(read.text.startsWith(u"1\t/* 한글 */"_s), qPrintable(read.text));
        const ToolOutcome edited = bench.run(u"edit_file"_s,
            {{u"path"_s, u"k.c"_s}, {u"old_text"_s, u"한글"_s}, {u"new_text"_s, u"한국어"_s}});
        QVERIFY2(!edited.isError, qPrintable(edited.text));
        QCOMPARE(bench.contentOf(u"k.c"_s), inCharset(u"/* 한국어 */ int x;\n"_s, "EUC-KR"));
        const ToolOutcome accent = bench.run(u"edit_file"_s,
            {{u"path"_s, u"k.c"_s}, {u"old_text"_s, u"int x"_s}, {u"new_text"_s, u"int é"_s}});
        QVERIFY(accent.isError && accent.text.contains(u"é"_s));
        QCOMPARE(iconv(bench.contentOf(u"k.c"_s), "EUC-KR", "UTF-8"), "/* 한국어 */ int x;\n"_qba);
    }

    void aMatchBeginsWhereACharacterBegins()
    {
        ToolBench bench;
        // The second byte of one character and the first of the next are a character of their own.
        const QString text = u"가가가가 파일을 읽을 수 없습니다 안녕하세요\n"_s;
        const QByteArray bytes = inCharset(text, "EUC-KR");
        bench.put(u"k.c"_s, bytes);
        const QString inner = QString::fromUtf8(iconv(bytes.mid(1, 2), "EUC-KR", "UTF-8"));
        QVERIFY(!inner.isEmpty() && !text.contains(inner));
        QVERIFY(
            bench
                .run(u"edit_file"_s, {{u"path"_s, u"k.c"_s}, {u"old_text"_s, inner}, {u"new_text"_s, u"x"_s}})
                .isError);
        QCOMPARE(bench.contentOf(u"k.c"_s), bytes);
    }

    void aFileThatIsMostlyUtf8StaysSo()
    {
        ToolBench bench;
        bench.put(u"k.c"_s, "/* 한글 주석 \xff */ x\n"_qba);
        const ToolOutcome edited = bench.run(
            u"edit_file"_s, {{u"path"_s, u"k.c"_s}, {u"old_text"_s, u"x"_s}, {u"new_text"_s, u"값"_s}});
        QVERIFY2(!edited.isError, qPrintable(edited.text));
        QCOMPARE(bench.contentOf(u"k.c"_s), "/* 한글 주석 \xff */ 값\n"_qba);
    }

    void decodesInPiecesAsInOne_data() { addLanguages(); }
    void decodesInPiecesAsInOne()
    {
        QFETCH(Language, language);
        const QByteArray bytes = inCharset(language.words, language.charset);
        const TextEncoding encoding = detectEncoding(bytes);
        const QString whole = decode(bytes, encoding);
        QCOMPARE(whole, language.words);
        for (qsizetype size = 1; size < 8; ++size) {
            TextDecoder decoder(encoding);
            QString text;
            for (qsizetype at = bomSize(encoding); at < bytes.size(); at += size)
                text += decoder.decode(QByteArrayView(bytes).sliced(at, qMin(size, bytes.size() - at)));
            QCOMPARE(text + decoder.finish(), whole);
        }
    }

    void binaryFilesStayBinary_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("ELF") << QByteArray("\x7f\x45LF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0", 20);
        QTest::newRow("numbers") << QByteArray("\1\0\2\0\3\0\4\0\5\0", 10);
        QTest::newRow("zeros") << QByteArray(64, '\0');
        QTest::newRow("a text with a NUL") << QByteArray("hello\0world!", 12);
    }

    void binaryFilesStayBinary()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(looksBinary(bytes));
    }
};

MEANWHILE_TEST(TextEncodingsTest)
#include "tst_textencodings.moc"
