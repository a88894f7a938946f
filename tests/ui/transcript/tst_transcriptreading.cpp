// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "transcriptwindow.h"
#include "ui/transcript/linkbutton.h"
#include "ui/transcript/rulerow.h"
#include "ui/transcript/shownpart.h"
#include "ui/transcript/textsurface.h"

#include <QClipboard>
#include <QMenu>
#include <QTextBlock>
#include <QTextTable>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

namespace {

/// Where the words of a block are, line by line, in its surface.
QVector<QRectF> linesOf(const QTextBlock &block)
{
    QVector<QRectF> lines;
    const QPointF origin = block.layout()->position();
    for (int i = 0; i < block.layout()->lineCount(); ++i)
        lines += block.layout()->lineAt(i).naturalTextRect().translated(origin);
    return lines;
}

/// The words of a text as its lines break them.
QStringList brokenWords(const QTextTableCell &cell)
{
    QStringList words;
    for (auto it = cell.begin(); !it.atEnd(); ++it) {
        const QTextBlock block = it.currentBlock();
        for (int i = 0; i < block.layout()->lineCount(); ++i) {
            const QTextLine line = block.layout()->lineAt(i);
            words += block.text().mid(line.textStart(), line.textLength()).split(u' ', Qt::SkipEmptyParts);
        }
    }
    return words;
}

} // namespace

/// What a person reads: nothing lies over it, nothing is broken or cut without a sign of it.
class TranscriptReadingTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void keepsTheCopyButtonOffTheCode_data()
    {
        QTest::addColumn<QString>("language");
        for (const QString &language :
            {QString(), u"bash"_s, u"typescript"_s, u"dockerfile"_s, u"a-language-with-a-very-long-name"_s})
            QTest::newRow(qPrintable(language)) << language;
    }

    void keepsTheCopyButtonOffTheCode()
    {
        QFETCH(QString, language);
        Window w;
        for (int chars = 20; chars < 100; chars += 3) {
            const QString code = u"x"_s.repeated(chars / 2) + u' ' + u"y"_s.repeated(chars / 2);
            w.say(u"```%1\n%2\n```"_s.arg(language, code));
            w.view.jumpToLatest();
            auto *surface = w.last()->surfaces().first();
            const auto *button = surface->findChild<LinkButton *>(u"copyCode"_s);
            QVERIFY(button && button->isVisible());
            for (const QRectF &line : linesOf(surface->document()->document()->begin()))
                QVERIFY2(!line.intersects(QRectF(button->geometry())), qPrintable(code));
            QVERIFY(surface->rect().contains(button->geometry().adjusted(0, 6, 0, 0)));
        }
    }

    void breaksNoWordOfATableWhileThereIsRoom_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("wide") << 660;
        QTest::newRow("narrow") << 440;
    }

    void breaksNoWordOfATableWhileThereIsRoom()
    {
        QFETCH(int, width);
        Window w;
        w.view.resize(width, 600);
        w.say(
            u"| Payments | Language | What it does for the person who asked for it | `Discovery` |\n"
            "|---|---|---|---|\n"
            "| Payments | TypeScript | Takes the money, gives it back, and writes a line for each of them | "
            "**service**-registry |\n"_s);
        const QTextDocument *document = w.last()->surfaces().first()->document()->document();
        const auto *table = qobject_cast<QTextTable *>(document->rootFrame()->childFrames().value(0));
        QVERIFY(table);
        for (int column = 0; column < table->columns(); ++column) {
            for (int row = 0; row < table->rows(); ++row) {
                const QTextTableCell cell = table->cellAt(row, column);
                const QString text = cell.firstCursorPosition().block().text();
                QString whole = brokenWords(cell).join(u' ');
                whole.replace(u"- "_s, u"-"_s); // where a word may be broken
                QCOMPARE(whole, text);
            }
        }
        const QString place = u"%1 in %2"_s.arg(document->size().width()).arg(w.last()->width());
        QVERIFY2(document->size().width() <= w.last()->width(), qPrintable(place));
    }

    void sharesARoomThatIsTooSmallAmongTheLongWords()
    {
        Window w;
        w.say(u"| no | name |\n|---|---|\n| 1 | %1 |\n"_s.arg(u"Donaudampfschiff"_s.repeated(20)));
        const QTextDocument *document = w.last()->surfaces().first()->document()->document();
        const auto *table = qobject_cast<QTextTable *>(document->rootFrame()->childFrames().value(0));
        QCOMPARE(brokenWords(table->cellAt(0, 0)), QStringList{u"no"_s});
        QCOMPARE(brokenWords(table->cellAt(0, 1)), QStringList{u"name"_s});
        const QString place = u"%1 in %2"_s.arg(document->size().width()).arg(w.last()->width());
        QVERIFY2(document->size().width() <= w.last()->width(), qPrintable(place));
    }

    void showsNoTableBeforeItIsOne_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("no table") << u"a\nb"_s << u"a\nb"_s;
        QTest::newRow("its head begins") << u"text\n\n| Serv"_s << u"text\n\n"_s;
        QTest::newRow("its head") << u"| Service | Owner |"_s << QString();
        QTest::newRow("and its end") << u"a\n\n| Service | Owner |\n"_s << u"a\n\n"_s;
        QTest::newRow("half of the second line") << u"| Service | Owner |\n|---|--"_s << QString();
        QTest::newRow("the second line") << u"| a |\n|---|\n"_s << u"| a |\n|---|\n"_s;
        QTest::newRow("a row begins") << u"| a |\n|---|\n| x"_s << u"| a |\n|---|\n| x"_s;
        QTest::newRow("two lines with strokes") << u"| a |\n| b |"_s << u"| a |\n| b |"_s;
    }

    void showsNoTableBeforeItIsOne()
    {
        QFETCH(QString, text);
        QTEST(text.first(partWithoutTableHead(text)), "shown");
        Window w;
        w.model.handle(ResponseStarted{1});
        w.model.handle(TextStreamed{u"Here:\n\n"_s + text});
        w.settle();
        const auto *shown = w.last()->surfaces().first()->document()->document();
        QVERIFY(!shown->toPlainText().contains(u'|') || !text.contains(u"Serv"_s));
        // What ends there was no table after all.
        w.model.handle(ResponseEnded{1, Conversation::StopReason::EndTurn, true, {}});
        w.settle();
        QVERIFY(shown->toPlainText().contains(u"Serv"_s) == text.contains(u"Serv"_s));
    }

    void keepsTheTabsOfCode_data()
    {
        QTest::addColumn<bool>("streamed");
        QTest::newRow("as it came") << true;
        QTest::newRow("read again") << false;
    }

    void keepsTheTabsOfCode()
    {
        QFETCH(bool, streamed);
        const QString code = u"all:\n\tgo build\n\t\tdeep\n    \tmixed\nx\ty"_s;
        const QString text = u"Do:\n\n```make\n%1\n```\n\n- item\n\n  ```go\n  \tif x {\n  ```\n"_s.arg(code);
        Window w;
        w.model.handle(ResponseStarted{1});
        for (qsizetype i = 0; streamed && i < text.size(); ++i)
            w.model.handle(TextStreamed{text.mid(i, 1)});
        if (!streamed)
            w.model.handle(TextStreamed{text});
        w.model.handle(ResponseEnded{1, Conversation::StopReason::EndTurn, true, {}});
        w.settle();
        auto *surface = w.last()->surfaces().first();
        QVERIFY(surface->document()->document()->toPlainText().contains(code));
        const auto buttons = surface->findChildren<LinkButton *>(u"copyCode"_s);
        QTest::mouseClick(buttons.at(0), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text().trimmed(), code);
        QTest::mouseClick(buttons.at(1), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text().trimmed(), u"if x {"_s);
        surface->selectAll();
        QVERIFY(surface->selectedText().contains(u"\tgo build\n\t\tdeep"_s));
        const qreal space = QFontMetricsF(Theme::codeFont()).horizontalAdvance(u' ');
        QCOMPARE(surface->document()->document()->defaultTextOption().tabStopDistance(), 4 * space);
    }

    void foldsALongMessageOfThePersons()
    {
        Window w;
        QStringList lines;
        for (int i = 1; i <= 40; ++i)
            lines += u"line %1 of what was pasted"_s.arg(i);
        w.model.handle(person(lines.join(u'\n')));
        w.settle();
        QVERIFY(w.last()->height() < 400);
        auto *more = w.find<LinkButton>(u"showRest"_s);
        QVERIFY(more);
        QCOMPARE(more->text(), u"Show 28 more lines"_s);
        QCOMPARE(w.last()->messageText(), lines.join(u'\n'));
        QTest::mouseClick(more, Qt::LeftButton);
        QCOMPARE(w.last()->surfaces().first()->document()->document()->blockCount(), 40);
        QVERIFY(!w.find<LinkButton>(u"showRest"_s));
        // A little more than fits is shown whole.
        w.model.handle(person(lines.first(18).join(u'\n')));
        w.view.jumpToLatest();
        QCOMPARE(w.last()->surfaces().first()->document()->document()->blockCount(), 18);
        w.model.handle(MessageQueued{u"q"_s, lines.join(u'\n')});
        w.view.jumpToLatest();
        QCOMPARE(w.last()->surfaces().first()->document()->document()->lastBlock().text(), u"…"_s);
        w.model.handle(person(u"word "_s.repeated(1'000)));
        w.view.jumpToLatest();
        QVERIFY(w.find<LinkButton>(u"showRest"_s));
    }

    void unfoldsAMessageForWhatWasFoundInIt()
    {
        Window w;
        w.model.handle(person(u"line\n"_s.repeated(40) + u"needle"_s));
        w.settle();
        QVERIFY(w.find<LinkButton>(u"showRest"_s));
        w.view.jumpTo(u"m"_s, u"needle"_s);
        QVERIFY(!w.find<LinkButton>(u"showRest"_s));
        QCOMPARE(w.last()->surfaces().first()->selectedText(), u"needle"_s);
    }

    void leavesThePathBesideALongError()
    {
        Window w;
        w.model.handle(ToolCallMade{
            u"c"_s, u"edit_file"_s, "{\"path\":\"src/nothere.ts\",\"old_text\":\"x\",\"new_text\":\"y\"}"});
        Tools::ToolOutcome outcome = Tools::ToolOutcome::error(
            u"src/nothere.ts does not exist. Similar names there: src/there.ts, src/where.ts"_s);
        w.model.handle(ToolCallEnded{u"c"_s, {}, outcome});
        w.settle();
        const QStringList words = w.toolLine()->shownWords();
        QCOMPARE(words.at(1), u"src/nothere.ts"_s);
        QVERIFY2(words.last().endsWith(u'…'), qPrintable(words.last()));
        QVERIFY(w.toolLine()->toolTip().contains(u"src/where.ts"_s));
        int width = 0;
        for (const QString &word : words)
            width += w.toolLine()->fontMetrics().horizontalAdvance(word);
        QVERIFY(width <= w.toolLine()->width());
    }

    void saysQuietlyThatACommandRanOutsideTheBox()
    {
        Window w;
        Tasks::Task task;
        task.id = u"3f9a0000"_s;
        task.spec.command = u"docker ps"_s;
        task.spec.callId = u"c"_s;
        task.spec.outside = true;
        task.state = Tasks::TaskState::Exited;
        w.model.handle(ToolCallMade{u"c"_s, u"bash"_s, "{\"command\":\"docker ps\"}"});
        w.model.handle(ToolCallStarted{u"c"_s});
        w.model.handleTask(task);
        w.settle();
        QVERIFY(w.toolLine()->shownWords().contains(u"outside"_s));
        QVERIFY(w.toolLine()->toolTip().contains(u"Ran outside the box"_s));
        QVERIFY(w.toolLine()->accessibleName().contains(u"Ran outside the box"_s));
        task.spec.outside = false;
        w.model.handleTask(task);
        w.settle();
        QVERIFY(!w.toolLine()->shownWords().contains(u"outside"_s));
        QCOMPARE(w.toolLine()->toolTip(), QString());
    }

    void saysInAWordThatACallWaits()
    {
        Window w;
        w.model.handle(ToolCallMade{u"c"_s, u"read_file"_s, "{\"path\":\"a.txt\"}"});
        w.settle();
        QCOMPARE(w.toolLine()->shownWords().last(), u"◌ waiting"_s);
    }

    void keepsTheActionOfAMessageInsideItsTint_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("short") << u"hello"_s;
        QTest::newRow("as wide as the column") << u"word "_s.repeated(16).trimmed();
        QTest::newRow("two lines") << u"word "_s.repeated(32).trimmed();
        QTest::newRow("folded") << u"word "_s.repeated(1'000);
    }

    void keepsTheActionOfAMessageInsideItsTint()
    {
        QFETCH(QString, text);
        Window w;
        w.model.handle(person(text));
        w.settle();
        const auto *button = w.find<LinkButton>(u"filesAction"_s);
        const QRect place = button->geometry();
        const QImage image = w.last()->grab().toImage();
        const QRgb tint = w.theme.tokens().selected.rgb();
        const int x = w.last()->width() - 2;
        QCOMPARE(image.pixelColor(x, int(place.top() * image.devicePixelRatio())).rgb(), tint);
        QCOMPARE(image.pixelColor(x, int(place.bottom() * image.devicePixelRatio())).rgb(), tint);
        const TextSurface *surface = w.last()->surfaces().first();
        const QVector<QRectF> lines = linesOf(surface->document()->document()->lastBlock());
        for (const QRectF &line : lines)
            QVERIFY(!line.translated(surface->pos()).intersects(QRectF(place)));
    }

    void keepsBothEndsOfARule()
    {
        Window w;
        Tasks::Task task;
        task.id = u"5511aaaa"_s;
        task.spec.command = u"npm run a-very-long-script -- "_s + u"--with-many-words "_s.repeated(20);
        task.state = Tasks::TaskState::Exited;
        w.model.handleTask(task);
        w.model.handle(ResponseStarted{1});
        w.model.handle(NewsDelivered{endsOf({task.id}), 1});
        w.settle();
        const auto *rule = static_cast<RuleRow *>(w.last());
        const QString whole = w.model.row(0).text;
        QVERIFY(rule->shownText().contains(u'…'));
        QCOMPARE(rule->shownText().left(8), whole.left(8));
        QCOMPARE(rule->shownText().right(8), whole.right(8));
        QVERIFY(!rule->toolTip().isEmpty());
    }

    void numbersTheLinesOfAChangeAndNamesItsPlaces()
    {
        Window w;
        w.model.handle(ToolCallMade{u"c"_s, u"edit_file"_s, "{\"path\":\"a.txt\"}"});
        Tools::ToolOutcome outcome;
        outcome.diff = u"--- a\n+++ b\n@@ -98,3 +98,3 @@ line 97: five\n same\n-old\n+new\n last\n"_s;
        w.model.handle(ToolCallEnded{u"c"_s, {}, outcome});
        w.settle();
        const TextSurface *diff = w.last()->surfaces().value(0);
        const QTextDocument *document = diff->document()->document();
        QCOMPARE(document->begin().text(), u"⋯ line 98 · line 97: five"_s);
        QCOMPARE(roleOf(document->begin().blockFormat()), BlockRole::Hunk);
        QList<int> numbers;
        for (QTextBlock block = document->begin().next(); block.isValid(); block = block.next()) {
            numbers += block.blockFormat().intProperty(NumberProperty);
            QVERIFY(block.blockFormat().leftMargin() > document->begin().blockFormat().leftMargin());
        }
        QCOMPARE(numbers, (QList{98, 99, 99, 100}));
    }

    void namesWhatItCopies()
    {
        Window w;
        w.model.handle(person(u"hello"_s));
        w.callTool(u"text"_s);
        const auto words = [&w](int row) {
            const std::unique_ptr<QMenu> menu(
                w.view.makeContextMenu(w.view.rowWidget(row)->geometry().center()));
            return menu->findChild<QAction *>(u"copyMessage"_s)->text();
        };
        QCOMPARE(words(0), u"Copy message"_s);
        QCOMPARE(words(1), u"Copy call and result"_s);
    }
};

MEANWHILE_TEST(TranscriptReadingTest)
#include "tst_transcriptreading.moc"
