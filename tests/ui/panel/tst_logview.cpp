// SPDX-License-Identifier: MIT
#include "memorylog.h"
#include "support/testregistry.h"
#include "ui/taskpanel/ansipalette.h"
#include "ui/taskpanel/logview.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>
#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using Testing::MemoryLog;
using Testing::numberedLines;
using Ui::LogTail;
using Ui::LogUpdate;
using Ui::LogView;

namespace {

/// A view that is shown, with a log behind it.
struct Shown {
    Ui::Theme theme{*qApp};
    std::shared_ptr<MemoryLog> log;
    LogTail tail;
    LogView view{theme};
    int charsTouched = 0;

    explicit Shown(const QByteArray &bytes)
        : log(std::make_shared<MemoryLog>(bytes))
        , tail(log)
    {
        view.resize(400, 300);
        view.show();
        QObject::connect(view.document(), &QTextDocument::contentsChange, &view,
            [this](int, int removed, int added) { charsTouched += removed + added; });
        update();
    }

    void update() { view.showUpdate(tail.readNew()); }
    void append(const QByteArray &bytes)
    {
        log->append(bytes);
        update();
    }
    bool isAtEnd() const { return view.verticalScrollBar()->value() == view.verticalScrollBar()->maximum(); }
    QString firstInSight() { return view.cursorForPosition({12, 12}).block().text(); }
};

QColor colourAt(const QTextBlock &block, int position)
{
    for (const QTextLayout::FormatRange &range : block.layout()->formats()) {
        if (position >= range.start && position < range.start + range.length)
            return range.format.foreground().color();
    }
    return {};
}

struct PaintCount : QObject {
    int count = 0;
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
};

} // namespace

class LogViewTest : public QObject {
    Q_OBJECT

private slots:
    void showsLinesAndTheOpenOne()
    {
        Shown shown("one\ntwo\nthr");
        QCOMPARE(shown.view.toPlainText(), u"one\ntwo\nthr"_s);
        shown.append("ee\nfour");
        QCOMPARE(shown.view.toPlainText(), u"one\ntwo\nthree\nfour"_s);
        shown.append("\r5555\n");
        QCOMPARE(shown.view.toPlainText(), u"one\ntwo\nthree\n5555\n"_s);
    }

    void paintsTheTextThatStandsInForNothing()
    {
        Shown shown("");
        PaintCount paints;
        shown.view.viewport()->installEventFilter(&paints);
        shown.view.setEmptyText(u"nothing yet"_s);
        QTRY_VERIFY(paints.count > 0);
        QCoreApplication::processEvents();
        paints.count = 0;
        shown.view.setEmptyText(u"nothing"_s);
        QTRY_VERIFY(paints.count > 0);
    }

    void touchesOnlyWhatIsNew()
    {
        Shown shown(numberedLines(4'000));
        shown.charsTouched = 0;
        shown.append("next\n");
        QVERIFY2(shown.charsTouched <= 20, QByteArray::number(shown.charsTouched).constData());
        shown.charsTouched = 0;
        shown.update();
        QCOMPARE(shown.charsTouched, 0);
    }

    void staysBoundedHoweverMuchComes()
    {
        Shown shown(numberedLines(9'000));
        for (int i = 0; i < 20; ++i)
            shown.append(numberedLines(1'000, 9'000 + 1'000 * i));
        QCOMPARE(shown.view.blockCount(), LogView::kMaxLines + 1);
        QVERIFY(shown.view.toPlainText().endsWith(u"line 28999\n"_s));
        QVERIFY(shown.view.firstOffset() > 0);

        Shown wide(QByteArray(LogTail::kWindowBytes, 'x'));
        for (int i = 0; i < 5; ++i)
            wide.append("\n" + QByteArray(LogTail::kWindowBytes - 1, 'y'));
        QVERIFY(wide.view.document()->characterCount() <=
                LogView::kMaxChars + int(Ui::AnsiParser::kMaxLineChars) + 2);
    }

    void opensALogOf16MiBByItsEndOnly()
    {
        Shown shown((QByteArray(63, 'x') + "\n").repeated(16 * 1024 * 1024 / 64));
        QCOMPARE(shown.view.blockCount(), LogView::kMaxLines + 1);
        QVERIFY(shown.log->takeBytesRead() <= LogTail::kWindowBytes);
        QVERIFY(shown.charsTouched <= LogView::kMaxLines * 64 + 1'000);
        QVERIFY(shown.isAtEnd());
    }

    void followsTheEndUntilThePersonScrollsUp()
    {
        Shown shown(numberedLines(200));
        QSignalSpy following(&shown.view, &LogView::followingChanged);
        QVERIFY(shown.isAtEnd());
        shown.append(numberedLines(50));
        QVERIFY(shown.isAtEnd());
        QCOMPARE(following.count(), 0);

        QTest::keyClick(&shown.view, Qt::Key_PageUp);
        QTRY_VERIFY(!shown.view.isFollowing());
        const QString inSight = shown.firstInSight();
        shown.append(numberedLines(50));
        QVERIFY(!shown.isAtEnd());
        QCOMPARE(shown.firstInSight(), inSight);

        QTest::keyClick(&shown.view, Qt::Key_End);
        QVERIFY(shown.view.isFollowing());
        QVERIFY(shown.isAtEnd());
        QCOMPARE(following.count(), 2);
    }

    void keepsTheLinesInSightWhenOldOnesGo()
    {
        Shown shown(numberedLines(5'000));
        shown.view.setFollowing(false);
        shown.view.verticalScrollBar()->setValue(3'000);
        const QString inSight = shown.firstInSight();
        shown.append(numberedLines(1'000, 5'000));
        QCOMPARE(shown.view.blockCount(), LogView::kMaxLines + 1);
        QCOMPARE(shown.firstInSight(), inSight);
    }

    void showsEarlierLinesAboveThoseInSight()
    {
        Shown shown(numberedLines(12'000));
        shown.view.setFollowing(false);
        shown.view.verticalScrollBar()->setValue(0);
        const QString inSight = shown.firstInSight();
        shown.view.prependLines(shown.tail.readBefore(shown.view.firstOffset()));
        QCOMPARE(shown.view.blockCount(), 10'001);
        QCOMPARE(shown.view.document()->firstBlock().text(), u"line 2000"_s);
        QCOMPARE(shown.firstInSight(), inSight);
        shown.view.prependLines(shown.tail.readBefore(shown.view.firstOffset()));
        QCOMPARE(shown.view.firstOffset(), 0);
        QCOMPARE(shown.view.toPlainText().toUtf8(), numberedLines(12'000));
        // What was asked for stays while more comes, and goes when the end is followed again.
        shown.append("more\n");
        QCOMPARE(shown.view.firstOffset(), qint64(numberedLines(1).size()));
        shown.view.setFollowing(true);
        shown.append("more\n");
        QCOMPARE(shown.view.blockCount(), LogView::kMaxLines + 1);
    }

    void keepsASelectionWhileTheLogGrows()
    {
        Shown shown(numberedLines(100) + "open");
        QTextCursor cursor(shown.view.document()->findBlockByNumber(50));
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        shown.view.setTextCursor(cursor);
        shown.append(" line goes on\n" + numberedLines(10));
        QCOMPARE(shown.view.textCursor().selectedText(), u"line 50"_s);
        QApplication::clipboard()->clear();
        QTest::keySequence(&shown.view, QKeySequence::Copy);
        QCOMPARE(QApplication::clipboard()->text(), u"line 50"_s);
    }

    void coloursInTheTonesOfTheThemeAndAgainWhenItChanges()
    {
        Shown shown("plain \x1b[31mred\x1b[0m\n\x1b[32mopen");
        const QTextBlock first = shown.view.document()->firstBlock();
        QCOMPARE(colourAt(first, 6), shown.theme.tokens().failed);
        QCOMPARE(colourAt(first, 0), QColor());
        QCOMPARE(colourAt(first.next(), 0), shown.theme.tokens().done);
        const QColor before = shown.theme.tokens().failed;
        shown.theme.setChoice(shown.theme.isDark() ? Ui::Theme::Choice::Light : Ui::Theme::Choice::Dark);
        QVERIFY(before != shown.theme.tokens().failed);
        QCOMPARE(colourAt(first, 6), shown.theme.tokens().failed);
        // The style of the open line goes when it is drawn anew without one.
        shown.append("\r\x1b[0mopen\n");
        QCOMPARE(colourAt(first.next(), 0), QColor());
    }

    void showsAPartAndTheEndAgainWhenItIsAskedFor()
    {
        Shown shown(numberedLines(12'000));
        const qint64 offset = qint64(numberedLines(3'000).size());
        shown.view.showPart(shown.tail.readAround(offset));
        QVERIFY(shown.view.isApart());
        QVERIFY(!shown.view.isFollowing());
        QVERIFY(shown.view.blockCount() <= LogView::kMaxLines + 1);
        QVERIFY(shown.view.select({offset, 5}, 4));
        QCOMPARE(shown.view.textCursor().selectedText(), u"3000"_s);
        QVERIFY(shown.view.viewport()->rect().contains(shown.view.cursorRect()));
        QVERIFY(!shown.view.select({0, 0}, 4));
        QVERIFY(!shown.view.select({shown.view.endOffset(), 0}, 4));
        // What was being read of the end when it was asked for is not put behind it.
        const QString part = shown.view.toPlainText();
        shown.append("more\n");
        QVERIFY(shown.view.isApart());
        QCOMPARE(shown.view.toPlainText(), part);
        // Scrolled to its end, it is still a part.
        shown.view.verticalScrollBar()->setValue(shown.view.verticalScrollBar()->maximum());
        QVERIFY(shown.view.isApart());
        QSignalSpy asked(&shown.view, &LogView::endRequested);
        QTest::keyClick(&shown.view, Qt::Key_End);
        QCOMPARE(asked.size(), 1);
        shown.tail.restart();
        shown.update();
        QVERIFY(!shown.view.isApart());
        QVERIFY(shown.view.isFollowing());
        QVERIFY(shown.isAtEnd());
        QVERIFY(shown.view.toPlainText().endsWith(u"line 11999\nmore\n"_s));
    }

    void breaksLinesBetweenWordsAndOnlyWhereItIsToBreakThem()
    {
        Shown shown("abcdefgh 12345678 ABCDEFGH 12345678 abcdefgh 12345678 ABCDEFGH 12345678 abcdefgh\n");
        const QTextBlock block = shown.view.document()->firstBlock();
        QVERIFY(block.layout()->lineCount() > 1);
        for (int i = 0; i + 1 < block.layout()->lineCount(); ++i) {
            const QTextLine line = block.layout()->lineAt(i);
            QCOMPARE(block.text().at(line.textStart() + line.textLength() - 1), u' ');
        }
        shown.view.setWrapping(false);
        QCoreApplication::processEvents();
        QCOMPARE(block.layout()->lineCount(), 1);
    }

    void marksWhatIsLookedForWhereverItIsInSight()
    {
        Shown shown("one match\nnothing\nanother Match\n");
        const QColor mark = shown.theme.tokens().accentTint;
        const auto marked = [&] {
            const QImage image = shown.view.viewport()->grab().toImage();
            QSet<int> lines;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    if (image.pixelColor(x, y) == mark)
                        lines += shown.view.cursorForPosition({x, y}).blockNumber();
                }
            }
            return lines;
        };
        QVERIFY(marked().isEmpty());
        shown.view.setMarkedText(u"match"_s);
        QCOMPARE(marked(), (QSet<int>{0, 2}));
        shown.view.setMarkedText({});
        QVERIFY(marked().isEmpty());
    }

    void cannotBeEdited()
    {
        Shown shown("text\n");
        QTest::keyClicks(&shown.view, u"typed"_s);
        QTest::keySequence(&shown.view, QKeySequence::Paste);
        QCOMPARE(shown.view.toPlainText(), u"text\n"_s);
    }
};

class AnsiPaletteTest : public QObject {
    Q_OBJECT

private slots:
    void computesContrastAsTheGuidelineDoes()
    {
        QCOMPARE(Ui::contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(Ui::contrast(Qt::red, Qt::red), 1.0);
    }

    void canBeReadInEveryColour_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void canBeReadInEveryColour()
    {
        QFETCH(bool, dark);
        const Ui::Tokens tokens = dark ? Ui::Theme::dark() : Ui::Theme::light();
        const Ui::AnsiPalette palette(tokens);
        const auto check = [&](const Ui::AnsiStyle &style) {
            const QTextCharFormat format = palette.format(style);
            const QColor ground =
                format.hasProperty(QTextFormat::BackgroundBrush) ? format.background().color() : tokens.code;
            return Ui::contrast(format.foreground().color(), ground) >= 4.5;
        };
        for (quint32 i = 0; i < 256; ++i) {
            Ui::AnsiStyle style;
            style.foreground = {Ui::AnsiColor::Kind::Indexed, i};
            QVERIFY2(check(style), QByteArray::number(i).constData());
            style.dim = true;
            QVERIFY2(check(style), QByteArray::number(i).constData());
            style = {};
            style.background = {Ui::AnsiColor::Kind::Indexed, i};
            QVERIFY2(check(style), QByteArray::number(i).constData());
            style.inverse = true;
            QVERIFY2(check(style), QByteArray::number(i).constData());
            style.foreground = {Ui::AnsiColor::Kind::Rgb, i * 0x010203};
            QVERIFY2(check(style), QByteArray::number(i).constData());
        }
    }
};

MEANWHILE_TEST(LogViewTest)
MEANWHILE_TEST(AnsiPaletteTest)
#include "tst_logview.moc"
