// SPDX-License-Identifier: MIT
#include "support/knowntools.h"
#include "support/testregistry.h"
#include "transcriptwindow.h"
#include "ui/transcript/linkbutton.h"
#include "ui/transcript/textsurface.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QMenu>
#include <QPushButton>
#include <QTextBlock>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;
using Models::TranscriptModel;
using Models::TranscriptRow;

/// Takes what would go to the desktop.
class Desktop : public QObject {
    Q_OBJECT

public:
    Desktop()
    {
        for (const auto &scheme : {u"https"_s, u"file"_s})
            QDesktopServices::setUrlHandler(scheme, this, "open");
    }
    ~Desktop() override
    {
        for (const auto &scheme : {u"https"_s, u"file"_s})
            QDesktopServices::unsetUrlHandler(scheme);
    }
    QList<QUrl> opened;

public slots:
    void open(const QUrl &url) { opened.append(url); }
};

namespace {

/// A place inside the first `word` of a surface.
QPoint placeOf(TextSurface *surface, const QString &word)
{
    const QTextDocument *document = surface->document()->document();
    const QTextCursor found = document->find(word);
    const QTextBlock block = found.block();
    const QTextLine line = block.layout()->lineForTextPosition(found.selectionStart() - block.position());
    const qreal x = line.cursorToX(found.selectionStart() - block.position());
    return (block.layout()->position() + QPointF(x + 3, line.y() + line.height() / 2)).toPoint();
}

/// What was asked for since the last look.
QVector<SessionCommand> takeCommands(QSignalSpy &commanded)
{
    QVector<SessionCommand> all;
    while (!commanded.isEmpty())
        all += commanded.takeFirst().first().value<SessionCommand>();
    return all;
}

} // namespace

class TranscriptViewTest : public QObject {
    Q_OBJECT

private slots:
    // ---- widgets

    void hasWidgetsOnlyForWhatIsInSight()
    {
        Window w(10'000);
        QCOMPARE_GE(w.model.rowCount(), 10'000);
        const auto widgets = [&] { return w.view.findChildren<RowWidget *>().size(); };
        QVERIFY(w.view.shownCount() > 3);
        QVERIFY(w.view.shownCount() < 60);
        for (int i = 0; i < 100; ++i)
            w.view.verticalScrollBar()->setValue(
                int(qint64(i) * 7919 % 100 * w.view.verticalScrollBar()->maximum() / 100));
        QVERIFY(w.view.shownCount() < 60);
        QVERIFY2(widgets() < 150, qPrintable(QString::number(widgets())));
    }

    void leavesNoHoleAndNoOverlap()
    {
        Window w(300);
        for (const int value : {0, 100, 1'000, 5'000, w.view.verticalScrollBar()->maximum()}) {
            w.view.verticalScrollBar()->setValue(value);
            int expected = INT_MIN;
            int bottom = 0;
            for (int row = 0; row < w.model.rowCount(); ++row) {
                const RowWidget *widget = w.view.rowWidget(row);
                if (!widget)
                    continue;
                if (expected != INT_MIN)
                    QCOMPARE(widget->y(), expected);
                expected = bottom = widget->geometry().bottom() + 1;
            }
            QVERIFY(bottom >= w.view.viewport()->height() - 30);
        }
    }

    void keepsProseWithinAReadableColumn()
    {
        Window w;
        w.view.resize(1'400, 600);
        w.say(u"word "_s.repeated(200));
        QCOMPARE(w.last()->x(), 26);
        QVERIFY(w.last()->width() < 800);
    }

    // ---- staying in place

    void followsTheEndWhileItGrows()
    {
        Window w(100);
        QVERIFY(w.view.isFollowing());
        w.model.handle(ResponseStarted{1});
        for (int i = 0; i < 5; ++i) {
            const int rows = w.model.rowCount();
            w.model.handle(TextStreamed{u"one more paragraph\n\n"_s.repeated(8)});
            QTRY_VERIFY(w.model.row(w.model.rowCount() - 1).text.size() >= 160 * (i + 1) || rows == 0);
            w.settle();
            QVERIFY(w.isAtEnd());
            QVERIFY(w.last());
        }
    }

    void staysWhereThePersonReads()
    {
        Window w(100);
        w.view.verticalScrollBar()->setValue(w.view.verticalScrollBar()->maximum() / 2);
        QVERIFY(!w.view.isFollowing());
        int row = 0;
        while (!w.view.rowWidget(row))
            ++row;
        const int y = w.view.rowWidget(row)->y();
        w.say(u"more\n\n"_s.repeated(50));
        w.model.handle(person(u"and more"_s));
        w.settle();
        QVERIFY(w.view.rowWidget(row));
        QCOMPARE(w.view.rowWidget(row)->y(), y);
        QVERIFY(!w.view.isFollowing());
    }

    void staysInsideAnAnswerThatGrowsBelow()
    {
        Window w(20);
        w.model.handle(ResponseStarted{1});
        w.model.handle(TextStreamed{u"a paragraph\n\n"_s.repeated(100)});
        w.settle();
        w.view.verticalScrollBar()->setValue(w.view.verticalScrollBar()->maximum() - 300);
        const int y = w.last()->y();
        w.model.handle(TextStreamed{u"another one\n\n"_s.repeated(100)});
        QTRY_VERIFY(w.last()->height() > 3'000);
        QCOMPARE(w.last()->y(), y);
    }

    void scrollsUpByExactlyWhatWasAsked()
    {
        Window w(400);
        QScrollBar *bar = w.view.verticalScrollBar();
        for (int i = 0; i < 60; ++i) {
            int row = 0;
            while (!w.view.rowWidget(row))
                ++row;
            const int y = w.view.rowWidget(row)->y();
            bar->setValue(bar->value() - 50);
            QVERIFY(w.view.rowWidget(row));
            QCOMPARE(w.view.rowWidget(row)->y(), y + 50);
        }
    }

    void offersTheWayBackToTheEnd()
    {
        Window w(100);
        auto *jump = w.view.findChild<QPushButton *>(u"jumpToLatest"_s);
        QVERIFY(!jump->isVisible());
        w.view.verticalScrollBar()->setValue(0);
        QVERIFY(jump->isVisible());
        QTest::mouseClick(jump, Qt::LeftButton);
        QVERIFY(w.view.isFollowing());
        QVERIFY(w.isAtEnd());
        QVERIFY(!jump->isVisible());
    }

    void keepsTheTopOfALineThatOpens()
    {
        Window w(40);
        w.callTool(u"line\n"_s.repeated(100));
        w.view.verticalScrollBar()->setValue(w.view.verticalScrollBar()->maximum() - 200);
        DisclosureLine *line = w.toolLine();
        QVERIFY(line);
        const int y = line->mapTo(w.view.viewport(), QPoint()).y();
        const int height = line->parentWidget()->height();
        QTest::mouseClick(line, Qt::LeftButton);
        QVERIFY(line->isOpen());
        QVERIFY(line->parentWidget()->height() > height);
        QCOMPARE(line->mapTo(w.view.viewport(), QPoint()).y(), y);
        QTest::mouseClick(line, Qt::LeftButton);
        QCOMPARE(line->mapTo(w.view.viewport(), QPoint()).y(), y);
        QCOMPARE(line->parentWidget()->height(), height);
    }

    void keepsItsPlaceWhenItIsResized()
    {
        Window w(200);
        w.view.resize(400, 600);
        QVERIFY(w.isAtEnd());
        w.view.verticalScrollBar()->setValue(3'000);
        int row = 0;
        while (!w.view.rowWidget(row))
            ++row;
        w.view.resize(640, 500);
        QVERIFY(w.view.rowWidget(row));
    }

    // ---- rows

    void opensACallToWhatWentInAndCameOut()
    {
        Window w;
        w.callTool(u"line\n"_s.repeated(100));
        QTest::mouseClick(w.toolLine(), Qt::LeftButton);
        const auto surfaces = w.last()->surfaces();
        QCOMPARE(surfaces.size(), 2);
        QCOMPARE(surfaces.at(0)->document()->document()->toPlainText(), u"path: a.txt"_s);
        QCOMPARE(surfaces.at(1)->document()->document()->blockCount(), 12);
        auto *showAll = w.find<LinkButton>(u"showAll"_s);
        QCOMPARE(showAll->text(), u"Show 88 more lines"_s);
        QTest::mouseClick(showAll, Qt::LeftButton);
        QCOMPARE(surfaces.at(1)->document()->document()->blockCount(), 100);
    }

    void laysOutAPartOfAVeryLongTextAndOffersTheRest_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a line without an end") << u"x"_s.repeated(200'000);
        QTest::newRow("a table") << u"| a | b |\n| - | - |\n"_s + u"| 1 | 2 |\n"_s.repeated(2'000);
    }

    void laysOutAPartOfAVeryLongTextAndOffersTheRest()
    {
        QFETCH(QString, text);
        Window w;
        w.say(text);
        auto *rest = w.find<LinkButton>(u"showRest"_s);
        QVERIFY(rest && rest->isVisible());
        const auto shown = [&w] { return w.last()->surfaces().first()->document()->document(); };
        const int before = shown()->characterCount();
        QVERIFY2(before <= 70'000, qPrintable(QString::number(before)));
        w.view.jumpToLatest();
        QTest::mouseClick(rest, Qt::LeftButton);
        QVERIFY(shown()->characterCount() > 2 * before);
        QVERIFY(rest->isHidden());
        w.say(u"short"_s);
        w.view.jumpToLatest();
        w.settle();
        QCOMPARE(shown()->toPlainText(), u"short"_s);
    }

    void showsAShortChangeAtOnce()
    {
        Window w;
        w.model.handle(ToolCallMade{
            u"c"_s, u"edit_file"_s, "{\"path\":\"a.txt\",\"old_text\":\"x\",\"new_text\":\"y\\nz\"}"});
        w.model.handle(ToolCallEnded{u"c"_s, {}, {}});
        w.settle();
        QVERIFY(w.toolLine()->isOpen());
        TextSurface *diff = w.last()->surfaces().value(0);
        QCOMPARE(diff->document()->document()->toPlainText(), u"− x\n+ y\n+ z"_s);
        QCOMPARE(roleOf(diff->document()->document()->begin().blockFormat()), BlockRole::Removed);
        QCOMPARE(roleOf(diff->document()->document()->lastBlock().blockFormat()), BlockRole::Added);
    }

    void asksForWhatItsButtonsSay()
    {
        Window w;
        QSignalSpy commanded(&w.view, &TranscriptView::commanded);
        const auto press = [&](const QString &name) {
            auto *button = w.find<QAbstractButton>(name);
            QVERIFY2(button, qPrintable(name));
            QVERIFY(!button->accessibleName().isEmpty() || !button->text().isEmpty());
            QTest::mouseClick(button, Qt::LeftButton);
        };
        w.model.handle(Failed{{ErrorKind::Network, u"Broken."_s, {}}});
        w.settle();
        press(u"remedyRetry"_s);
        w.model.handle(TurnStarted{});
        w.settle();
        QVERIFY(!w.find<QAbstractButton>(u"remedyRetry"_s));
        w.model.handle(Failed{{ErrorKind::Authentication, u"Key."_s, {}}});
        w.settle();
        press(u"remedySettings"_s);
        QCOMPARE(w.last()->findChild<QAbstractButton *>(u"remedyRetry"_s)->text(), u"Try again"_s);
        w.model.handle(RetryScheduled{1, 2, std::chrono::seconds(9), {}});
        w.settle();
        QCOMPARE(w.last()->findChild<QAbstractButton *>(u"remedyRetry"_s)->text(), u"Try now"_s);
        QTest::mouseClick(w.last()->findChild<QAbstractButton *>(u"remedyRetry"_s), Qt::LeftButton);
        QCOMPARE(takeCommands(commanded), (QVector<SessionCommand>{Retry{}, OpenSettings{}, Retry{}}));

        Tasks::Task waited;
        waited.id = u"81c20000"_s;
        waited.spec.foreground = true;
        waited.spec.callId = u"c"_s;
        waited.state = Tasks::TaskState::Running;
        w.model.handle(ResponseStarted{1});
        w.model.handle(ToolCallMade{u"c"_s, u"bash"_s, "{\"command\":\"make\"}"});
        w.model.handle(ToolCallStarted{u"c"_s});
        w.model.handleTask(waited);
        w.settle();
        press(u"continueInBackground"_s);
        press(u"stopTask"_s);
        waited.spec.foreground = false;
        w.model.handleTask(waited);
        w.settle();
        QVERIFY(!w.find<QAbstractButton>(u"stopTask"_s));
        press(u"showTask"_s);
        QCOMPARE(takeCommands(commanded), (QVector<SessionCommand>{ContinueInBackground{waited.id},
                                              StopTask{waited.id}, ShowTask{waited.id}}));

        w.model.handle(MessageQueued{u"q1"_s, u"later"_s});
        w.settle();
        press(u"editQueued"_s);
        press(u"withdrawQueued"_s);
        QCOMPARE(takeCommands(commanded), (QVector<SessionCommand>{EditQueued{u"q1"_s}, Withdraw{u"q1"_s}}));
    }

    void offersToRestoreFilesToAMessageOfThePersons()
    {
        Window w;
        QSignalSpy commanded(&w.view, &TranscriptView::commanded);
        w.model.handle(person(u"rewrite the cart"_s));
        w.settle();
        auto *button = w.find<QAbstractButton>(u"filesAction"_s);
        QVERIFY(button);
        button->setFocus(Qt::TabFocusReason);
        QTest::keyClick(button, Qt::Key_Return);
        const std::unique_ptr<QMenu> menu(w.view.makeContextMenu(w.last()->geometry().center()));
        menu->findChild<QAction *>(u"restoreFiles"_s)->trigger();
        const QVector<SessionCommand> twice{RestoreFiles{u"m"_s}, RestoreFiles{u"m"_s}};
        QCOMPARE(takeCommands(commanded), twice);

        w.say(u"Done."_s);
        QVERIFY(w.last()->findChildren<QAbstractButton *>(u"filesAction"_s).isEmpty() ||
                w.last()->findChild<QAbstractButton *>(u"filesAction"_s)->isHidden());
        const std::unique_ptr<QMenu> other(w.view.makeContextMenu(w.last()->geometry().center()));
        QVERIFY(!other->findChild<QAction *>(u"restoreFiles"_s));
        w.model.handle(MessageAdded{
            {u"m2"_s, Conversation::Role::Record, {Conversation::RestoreBlock{u"m"_s, 3, 0, u"77"_s}}, {}}});
        w.settle();
        w.last()->findChild<QAbstractButton *>(u"filesAction"_s)->click();
        QCOMPARE(takeCommands(commanded), QVector<SessionCommand>{UndoRestore{u"77"_s}});
    }

    void removesQueuedMessagesFromSight()
    {
        Window w;
        w.model.handle(MessageQueued{u"q1"_s, u"later"_s});
        w.settle();
        QCOMPARE(w.view.shownCount(), 1);
        w.model.handle(QueuedMessageRemoved{u"q1"_s});
        w.settle();
        QCOMPARE(w.view.shownCount(), 0);
        w.model.handle(MessageQueued{u"q2"_s, u"another"_s}); // shown by the same widget
        w.settle();
        QCOMPARE(w.last()->messageText(), u"another"_s);
        QCOMPARE(w.view.findChildren<RowWidget *>().size(), 1);
    }

    // ---- selection, copying, links

    void selectsAndCopiesTextInARow()
    {
        Window w;
        w.say(u"Hello **wide** world\n\nnext"_s);
        TextSurface *surface = w.last()->surfaces().first();
        QTest::mouseDClick(surface, Qt::LeftButton, {}, placeOf(surface, u"wide"_s));
        QCOMPARE(surface->selectedText(), u"wide"_s);
        surface->setFocus();
        QTest::keySequence(surface, QKeySequence::Copy);
        QCOMPARE(QApplication::clipboard()->text(), u"wide"_s);
        QTest::keySequence(surface, QKeySequence::SelectAll);
        QCOMPARE(surface->selectedText(), u"Hello wide world\nnext"_s);
        const std::unique_ptr<QMenu> menu(
            w.view.makeContextMenu(surface->mapTo(w.view.viewport(), placeOf(surface, u"wide"_s))));
        QVERIFY(menu->findChild<QAction *>(u"copySelection"_s));
        menu->findChild<QAction *>(u"copyMessage"_s)->trigger();
        QCOMPARE(QApplication::clipboard()->text(), u"Hello **wide** world\n\nnext"_s);
    }

    void keepsASelectionThatIsScrolledOutOfSight()
    {
        Window w(100);
        w.say(u"keep these words"_s);
        TextSurface *surface = w.last()->surfaces().first();
        surface->selectAll();
        w.view.verticalScrollBar()->setValue(0);
        QCOMPARE(surface->selectedText(), u"keep these words"_s);
        w.view.jumpToLatest();
        QCOMPARE(w.last()->surfaces().first(), surface);
    }

    void copiesSplitLinesAndCodeAsTheyWereWritten()
    {
        Window w;
        const QString code = u"x"_s.repeated(10'000) + u"\nlast"_s;
        w.say(u"```txt\n"_s + code + u"\n```"_s);
        w.view.verticalScrollBar()->setValue(0);
        auto *copy = w.find<LinkButton>(u"copyCode"_s);
        QVERIFY(copy);
        QCOMPARE(copy->text(), u"txt · Copy"_s);
        QTest::mouseClick(copy, Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), code);
        TextSurface *surface = w.last()->surfaces().first();
        surface->selectAll();
        QCOMPARE(surface->selectedText(), code);
    }

    void opensSafeLinksOnly()
    {
        Desktop desktop;
        Window w;
        w.say(u"see [safe](https://example.org/a) and [bad](file:///etc/passwd)"_s);
        TextSurface *surface = w.last()->surfaces().first();
        QTest::mouseClick(surface, Qt::LeftButton, {}, placeOf(surface, u"safe"_s));
        QTest::mouseClick(surface, Qt::LeftButton, {}, placeOf(surface, u"bad"_s));
        QCOMPARE(desktop.opened, QList<QUrl>{QUrl(u"https://example.org/a"_s)});
    }

    // ---- keyboard

    void scrollsByTheKeyboard()
    {
        Window w(200);
        QScrollBar *bar = w.view.verticalScrollBar();
        w.view.setFocus();
        QTest::keyClick(&w.view, Qt::Key_Home);
        QCOMPARE(bar->value(), 0);
        QTest::keyClick(&w.view, Qt::Key_PageDown);
        const int page = bar->value();
        QVERIFY(page > 300);
        QTest::keyClick(&w.view, Qt::Key_End);
        QVERIFY(w.isAtEnd());
        QVERIFY(w.view.isFollowing());
        QTest::keyClick(&w.view, Qt::Key_PageUp);
        QVERIFY(!w.view.isFollowing());
    }

    void followsStillWhenWhatWasOpenedFits()
    {
        Window w;
        w.callTool(u"one line"_s);
        w.toolLine()->click();
        w.settle();
        QVERIFY(w.view.isFollowing());
        w.say(u"word\n\n"_s.repeated(100));
        QVERIFY(w.isAtEnd());
    }

    void goesFromRowToRowWithTheArrows()
    {
        Window w(40);
        w.view.setFocus();
        QTest::keyClick(&w.view, Qt::Key_Up);
        QCOMPARE(QApplication::focusWidget(), w.last()); // where reading ended
        int row = w.model.rowCount() - 1;
        while (row > 0) {
            const auto *before = QApplication::focusWidget();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
            if (QApplication::focusWidget() == before)
                continue; // a long one is scrolled to its top first
            --row;
            QCOMPARE(QApplication::focusWidget(), w.view.rowWidget(row));
            const QRect place = w.view.rowWidget(row)->geometry();
            QVERIFY(w.view.viewport()->rect().intersects(place));
        }
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
        QCOMPARE(QApplication::focusWidget(), w.view.rowWidget(0));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QCOMPARE(QApplication::focusWidget(), w.view.rowWidget(1));
    }

    void scrollsThroughARowThatIsHigherThanTheView()
    {
        Window w;
        w.say(u"word\n\n"_s.repeated(100));
        w.say(u"last"_s);
        w.view.setFocus();
        QTest::keyClick(&w.view, Qt::Key_Up);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
        QCOMPARE(QApplication::focusWidget(), w.view.rowWidget(0));
        const int end = w.view.verticalScrollBar()->value();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
        QVERIFY(w.view.verticalScrollBar()->value() < end);
        QCOMPARE(QApplication::focusWidget(), w.view.rowWidget(0));
    }

    void opensTheFocusedLineWithEnterAndGoesOnWithItsArrows()
    {
        Window w(40);
        w.callTool(u"text"_s);
        auto *line = w.last()->findChild<DisclosureLine *>();
        line->setFocus();
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(line->isOpen());
        QTest::keyClick(line, Qt::Key_Space);
        QVERIFY(!line->isOpen());
        QTest::keyClick(line, Qt::Key_Up);
        QCOMPARE(QApplication::focusWidget(), w.view.rowWidget(w.model.rowCount() - 2));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(line->isOpen());
    }

    void isOneStopOfTheTabKeyWithWhatItsCurrentRowOffers()
    {
        Window w;
        w.callTool(u"text"_s, u"c1"_s);
        w.say(u"[one](https://example.org/1) and [two](https://example.org/2)\n\n```sh\nls\n```"_s);
        w.callTool(u"text"_s, u"c2"_s);
        const auto press = [](Qt::Key key) {
            QTest::keyClick(QApplication::focusWidget(), key);
            return QApplication::focusWidget()->objectName();
        };
        w.before.setFocus();
        QCOMPARE(press(Qt::Key_Tab), u"transcript"_s);
        press(Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), &w.after);
        QCOMPARE(press(Qt::Key_Backtab), u"transcript"_s);
        press(Qt::Key_Up);
        QCOMPARE(press(Qt::Key_Up), u"transcriptRow"_s);
        QCOMPARE(QApplication::focusWidget(), w.view.rowWidget(1));
        QStringList stops;
        for (int i = 0; i < 4; ++i)
            stops += press(Qt::Key_Tab);
        QCOMPARE(stops, (QStringList{u"rowText"_s, u"rowText"_s, u"copyCode"_s, QString()}));
        QCOMPARE(QApplication::focusWidget(), &w.after);
        QCOMPARE(press(Qt::Key_Backtab), u"copyCode"_s);
    }

    void letsItsModelGo()
    {
        Window w(50);
        auto other = std::make_unique<TranscriptModel>(Testing::knownTools());
        Testing::playSampleConversation(*other);
        w.view.setModel(other.get());
        w.settle();
        QVERIFY(w.view.shownCount() > 0);
        other.reset();
        w.settle();
        QCOMPARE(w.view.shownCount(), 0);
    }
};

MEANWHILE_TEST(TranscriptViewTest)
#include "tst_transcriptview.moc"
