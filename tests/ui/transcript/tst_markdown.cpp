// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/transcript/rowdocument.h"
#include "ui/widgets/theme.h"

#include <QTextBlock>
#include <QTextTable>
#include <QtTest>

using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

namespace {

struct Rendered {
    RowDocument document{Theme::light()};

    explicit Rendered(const QString &markdown) { document.setMarkdown(markdown); }

    QStringList blocks()
    {
        QStringList texts;
        for (QTextBlock block = text()->begin(); block.isValid(); block = block.next())
            texts.append(block.text());
        return texts;
    }
    QTextDocument *text() { return document.document(); }
    QTextBlock block(int number) { return text()->findBlockByNumber(number); }
    QTextBlockFormat format(int number) { return block(number).blockFormat(); }
    /// The character format of the first place where `word` stands.
    QTextCharFormat at(const QString &word)
    {
        const QTextCursor found = text()->find(word);
        return found.charFormat();
    }
    /// Everything that is seen: blocks with their roles and margins, runs with their looks.
    QString dump()
    {
        QString dump;
        for (QTextBlock b = text()->begin(); b.isValid(); b = b.next()) {
            const QTextBlockFormat f = b.blockFormat();
            dump += u"%1/%2/%3/%4/%5: "_s.arg(int(roleOf(f)))
                        .arg(f.leftMargin())
                        .arg(f.bottomMargin())
                        .arg(f.intProperty(CodeEdgeProperty))
                        .arg(f.intProperty(QuoteDepthProperty));
            for (auto it = b.begin(); !it.atEnd(); ++it) {
                const QTextCharFormat c = it.fragment().charFormat();
                dump += u"[%1|%2|%3|%4]"_s
                            .arg(it.fragment().text(), c.foreground().color().name(), c.anchorHref())
                            .arg(c.fontWeight());
            }
            dump += u'\n';
        }
        return dump;
    }
};

const QString kEverything =
    u"# Title\n\nA **bold** and *thin* word, `code`, [a link](https://example.org) and ~~gone~~.\n\n"
    "- one\n- two\n  1. deep\n  2. deeper\n\n"
    "text\n\n1. loose\n\n1. and counted\n\n   with more\n\n"
    "> quoted\n> again\n\n"
    "```cpp\nint main() {\n    return 42; // answer\n}\n```\n\n"
    "| a | b |\n|---|--:|\n| 1 | 2 |\n\n---\n\n- [x] done\n- [ ] open\n\n~~~\nplain\n~~~\nThe end"_s;

} // namespace

class MarkdownTest : public QObject {
    Q_OBJECT

private slots:
    void marksEmphasisCodeAndStrikethrough()
    {
        Rendered r(u"plain **bold** *thin* `code` ~~gone~~"_s);
        QCOMPARE(r.blocks(), QStringList{u"plain bold thin code gone"_s});
        QCOMPARE(r.at(u"bold"_s).fontWeight(), int(QFont::Bold));
        QVERIFY(r.at(u"thin"_s).fontItalic());
        QCOMPARE(r.at(u"code"_s).background().color(), Theme::light().selected);
        QVERIFY(r.at(u"gone"_s).fontStrikeOut());
        QVERIFY(r.at(u"plain"_s).fontWeight() != int(QFont::Bold));
    }

    void makesHeadingsLarger()
    {
        Rendered r(u"# One\n\n### Three\n\ntext"_s);
        const double body = QApplication::font().pointSizeF();
        QVERIFY(r.at(u"One"_s).fontPointSize() > r.at(u"Three"_s).fontPointSize());
        QVERIFY(r.at(u"Three"_s).fontPointSize() > body);
        QCOMPARE(r.at(u"Three"_s).fontWeight(), int(QFont::Bold));
    }

    void indentsListsAndNumbersThem()
    {
        Rendered r(u"3. three\n4. four\n   - deep\n\n- [x] done\n- [ ] open"_s);
        QCOMPARE(r.blocks(),
            (QStringList{u"3.\tthree"_s, u"4.\tfour"_s, u"–\tdeep"_s, u"☑\tdone"_s, u"☐\topen"_s}));
        QCOMPARE(r.format(0).leftMargin(), kListStep);
        QCOMPARE(r.format(0).textIndent(), -kListStep);
        QCOMPARE(r.format(2).leftMargin(), 2 * kListStep);
    }

    void putsABarBesideQuotes()
    {
        Rendered r(u"> outer\n>\n> > inner\n\ntext"_s);
        QCOMPARE(r.blocks(), (QStringList{u"outer"_s, u"inner"_s, u"text"_s}));
        QCOMPARE(r.format(0).intProperty(QuoteDepthProperty), 1);
        QCOMPARE(r.format(1).intProperty(QuoteDepthProperty), 2);
        QCOMPARE(r.format(2).intProperty(QuoteDepthProperty), 0);
    }

    void setsCodeOnATintWithItsLanguageAndColours()
    {
        Rendered r(u"```cpp\nint x = 42; // why\n\nreturn \"s\";\n```"_s);
        QCOMPARE(r.blocks(), (QStringList{u"int x = 42; // why"_s, QString(), u"return \"s\";"_s}));
        QCOMPARE(roleOf(r.format(1)), BlockRole::Code);
        QCOMPARE(r.format(0).intProperty(CodeEdgeProperty), int(CodeFirst));
        QCOMPARE(r.format(2).intProperty(CodeEdgeProperty), int(CodeLast));
        QCOMPARE(r.format(0).stringProperty(LanguageProperty), u"cpp"_s);
        const Tokens t = Theme::light();
        QCOMPARE(r.at(u"int"_s).foreground().color(), t.accent);
        QCOMPARE(r.at(u"42"_s).foreground().color(), t.waiting);
        QCOMPARE(r.at(u"why"_s).foreground().color(), t.dim);
        QCOMPARE(r.at(u"\"s\""_s).foreground().color(), t.done);
    }

    void keepsCodeInAListInItsPlace()
    {
        Rendered r(u"- item\n\n  ```\n  code\n  ```\n\nafter"_s);
        QCOMPARE(r.blocks(), (QStringList{u"•\titem"_s, u"code"_s, u"after"_s}));
        QCOMPARE(roleOf(r.format(1)), BlockRole::Code);
        QVERIFY(r.format(1).leftMargin() > kListStep);
        QCOMPARE(roleOf(r.format(2)), BlockRole::Prose);
    }

    void makesTables()
    {
        Rendered r(u"before\n\n| a | b |\n|---|--:|\n| 1 | **2** |\n\nafter"_s);
        const auto frames = r.text()->rootFrame()->childFrames();
        QCOMPARE(frames.size(), 1);
        auto *table = qobject_cast<QTextTable *>(frames.first());
        QVERIFY(table);
        QCOMPARE(table->rows(), 2);
        QCOMPARE(table->columns(), 2);
        QCOMPARE(table->cellAt(1, 1).firstCursorPosition().block().text(), u"2"_s);
        QCOMPARE(table->cellAt(1, 1).firstCursorPosition().blockFormat().alignment(), Qt::AlignRight);
        QCOMPARE(r.blocks().last(), u"after"_s);
    }

    void showsAHugeTableAsText()
    {
        QString markdown = u"|a|b|\n|---|---|\n"_s;
        for (int i = 0; i < 1500; ++i)
            markdown += u"|1|2|\n"_s;
        Rendered r(markdown);
        QVERIFY(r.text()->rootFrame()->childFrames().isEmpty());
        QCOMPARE(r.blocks().last(), u"1 | 2"_s);
    }

    void showsRawHtmlAsText()
    {
        Rendered r(u"<script>alert(1)</script>\n\na <b>word</b> &amp; &#8364; &nosuch;"_s);
        QCOMPARE(r.blocks(), (QStringList{u"<script>alert(1)</script>"_s, u"a <b>word</b> & € &nosuch;"_s}));
    }

    void showsImagesByTheirWordsAndFetchesNothing()
    {
        Rendered r(u"see ![a cat](https://example.org/cat.png) here"_s);
        QCOMPARE(r.blocks(), QStringList{u"see a cat here"_s});
        QVERIFY(!r.at(u"cat"_s).isAnchor());
        QVERIFY(!r.at(u"cat"_s).isImageFormat());
    }

    void linksOnlyWhereItIsSafeToGo_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isLink");
        QTest::newRow("https") << u"https://example.org/a"_s << true;
        QTest::newRow("mail") << u"mailto:a@example.org"_s << true;
        QTest::newRow("file") << u"file:///etc/passwd"_s << false;
        QTest::newRow("script") << u"javascript:alert(1)"_s << false;
        QTest::newRow("program") << u"vscode://x"_s << false;
        QTest::newRow("relative") << u"../README.md"_s << false;
    }

    void linksOnlyWhereItIsSafeToGo()
    {
        QFETCH(QString, address);
        QFETCH(bool, isLink);
        Rendered r(u"[word](%1)"_s.arg(address));
        QCOMPARE(r.at(u"word"_s).isAnchor(), isLink);
        QCOMPARE(r.at(u"word"_s).anchorHref(), isLink ? address : QString());
    }

    // ---- growing text

    void looksTheSameHoweverItGrew_data()
    {
        QTest::addColumn<int>("step");
        for (const int step : {1, 3, 7, 40})
            QTest::newRow(qPrintable(QString::number(step))) << step;
    }

    void looksTheSameHoweverItGrew()
    {
        QFETCH(int, step);
        Rendered grown{QString()};
        for (qsizetype length = 0; length < kEverything.size(); length += step)
            grown.document.setMarkdown(kEverything.left(length));
        grown.document.setMarkdown(kEverything);
        Rendered whole(kEverything);
        QCOMPARE(grown.dump(), whole.dump());
    }

    void looksTheSameAfterEveryPrefix()
    {
        Rendered grown{QString()};
        for (qsizetype length = 1; length <= kEverything.size(); ++length) {
            grown.document.setMarkdown(kEverything.left(length));
            Rendered whole(kEverything.left(length));
            if (grown.dump() != whole.dump())
                QCOMPARE(grown.dump(), whole.dump());
        }
    }

    void startsAnewWhenTheTextIsAnother()
    {
        Rendered r(u"one\n\ntwo\n\nthree"_s);
        r.document.setMarkdown(u"other"_s);
        QCOMPARE(r.blocks(), QStringList{u"other"_s});
    }

    void readsGrowingTextOnce_data()
    {
        QTest::addColumn<QString>("piece");
        QTest::addColumn<QString>("head");
        QTest::newRow("paragraphs") << u"Some words of a paragraph.\n\n"_s << QString();
        QTest::newRow("one paragraph") << u"word "_s << QString();
        QTest::newRow("one line without a blank") << u"wordwordword"_s << QString();
        QTest::newRow("one list") << u"- item\n"_s << QString();
        QTest::newRow("one block of code") << u"int x;\n"_s << u"```cpp\n"_s;
        QTest::newRow("one line of code") << u"int x;"_s << u"```cpp\n"_s;
    }

    /// Work is counted, not timed: 400 updates may read what is open again, never the whole.
    void readsGrowingTextOnce()
    {
        QFETCH(QString, piece);
        QFETCH(QString, head);
        RowDocument document(Theme::light());
        QString text = head;
        for (int i = 0; i < 400; ++i) {
            text += piece.repeated(10);
            document.setMarkdown(text);
        }
        const bool isOneLine = head.size() > 0 && !piece.contains(u'\n');
        if (!isOneLine) // a line of code is only compared with what is shown, and its end added
            QVERIFY2(document.charactersParsed() < 400 * 5'000,
                qPrintable(QString::number(document.charactersParsed())));
        QVERIFY(document.document()->characterCount() >= text.size() / 2);
    }

    // ---- hostile text

    void splitsLinesThatAreTooLong()
    {
        Rendered prose(u"x"_s.repeated(1'000'000));
        Rendered code(u"```\n"_s + u"y"_s.repeated(1'000'000) + u"\n```"_s);
        for (Rendered *r : {&prose, &code}) {
            for (QTextBlock block = r->text()->begin(); block.isValid(); block = block.next())
                QVERIFY(block.length() <= kMaxLineChars + 1);
        }
        QCOMPARE(code.format(3).boolProperty(ContinuationProperty), true);
    }

    void followsTwoThousandQuotesAndLists()
    {
        Rendered quotes(u"> "_s.repeated(2'000) + u"deep"_s);
        QVERIFY(quotes.format(quotes.text()->blockCount() - 1).leftMargin() < 200);
        QString list;
        for (int i = 0; i < 300; ++i)
            list += u"  "_s.repeated(i) + u"- x\n"_s;
        Rendered lists(list);
        QVERIFY(lists.document.heightFor(300) > 0);
    }

    void showsHalfSurrogatesAndMixedDirections()
    {
        Rendered r(u"a"_s + QChar(0xd83d) + u" שלום **bold** 한국어 👍🏽"_s);
        QVERIFY(r.text()->toPlainText().contains(u"한국어"_s));
        QVERIFY(r.document.heightFor(200) > 0);
    }

    void neverCutsASurrogatePair()
    {
        Rendered r(u"x"_s + u"😀"_s.repeated(5'000));
        for (QTextBlock block = r.text()->begin(); block.isValid(); block = block.next())
            QVERIFY(block.text().isValidUtf16());
    }
};

MEANWHILE_TEST(MarkdownTest)
#include "tst_markdown.moc"
