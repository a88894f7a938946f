// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "transcriptwindow.h"
#include "ui/transcript/rowwidget.h"
#include "ui/transcript/textsurface.h"

#include <QClipboard>
#include <QMenu>
#include <QTextBlock>
#include <QTextLayout>
#include <QWindow>

using namespace Meanwhile;
using namespace Meanwhile::Testing;

namespace {

/// Three messages of which the second is an answer, and a pointer over them.
struct Talk {
    Window w;

    explicit Talk(int rows = 0)
        : w(rows)
    {
        w.model.handle(person(u"First question"_s));
        w.say(u"Second **answer**\n\nof two"_s);
        w.model.handle(person(u"Third words"_s));
        w.settle();
    }
    TextSurface *text(int fromEnd) const
    {
        return w.view.rowWidget(w.model.rowCount() - 1 - fromEnd)->surfaces().first();
    }
    QPoint placeOf(TextSurface *surface, const QString &words) const
    {
        surface->selectText(words);
        const QRect rect = surface->selectText(words);
        surface->clearSelection();
        QTextCursor at = surface->document()->document()->find(words);
        const QTextBlock block = surface->document()->document()->findBlock(at.selectionStart());
        const QTextLine line = block.layout()->lineForTextPosition(at.selectionStart() - block.position());
        return {int(line.cursorToX(at.selectionStart() - block.position())) + 1, rect.center().y()};
    }
    void drag(TextSurface *from, const QString &word, TextSurface *to, const QString &last)
    {
        const QPoint begin = placeOf(from, word);
        const QPoint end = to->mapTo(w.view.viewport(), placeOf(to, last));
        QTest::mousePress(from, Qt::LeftButton, {}, begin);
        moveTo(from, from->mapFrom(w.view.viewport(), end));
        QTest::mouseRelease(from, Qt::LeftButton, {}, from->mapFrom(w.view.viewport(), end));
    }
    /// QTest's moves hold no button.
    static void moveTo(QWidget *widget, const QPoint &place)
    {
        QMouseEvent move(QEvent::MouseMove, place, widget->mapToGlobal(place), Qt::NoButton, Qt::LeftButton,
            Qt::NoModifier);
        QApplication::sendEvent(widget, &move);
    }
    static QString copied(QWidget *focus)
    {
        QTest::keySequence(focus, QKeySequence::Copy);
        return QApplication::clipboard()->text();
    }
};

} // namespace

class SpanningSelectionTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QApplication::clipboard()->setText(u"nothing"_s); }

    void reachesFromOneMessageToAnother()
    {
        Talk talk;
        talk.drag(talk.text(2), u"question"_s, talk.text(0), u"words"_s);
        QVERIFY(talk.w.view.selection().isActive());
        QCOMPARE(talk.text(2)->selectedText(), u"question"_s);
        QCOMPARE(talk.text(1)->selectedText(), u"Second answer\nof two"_s);
        QCOMPARE(talk.text(0)->selectedText(), u"Third "_s);
        QCOMPARE(Talk::copied(talk.text(2)), u"question\n\nSecond answer\nof two\n\nThird "_s);
        const std::unique_ptr<QMenu> menu(
            talk.w.view.makeContextMenu(talk.text(1)->mapTo(talk.w.view.viewport(), QPoint(2, 2))));
        menu->findChild<QAction *>(u"copySelection"_s)->trigger();
        QCOMPARE(QApplication::clipboard()->text(), u"question\n\nSecond answer\nof two\n\nThird "_s);
    }

    void reachesUpwards()
    {
        Talk talk;
        talk.drag(talk.text(0), u"words"_s, talk.text(1), u"answer"_s);
        QCOMPARE(Talk::copied(talk.text(0)), u"answer\nof two\n\nThird "_s);
        QVERIFY(!talk.text(2)->hasSelection());
    }

    void isOneTextsAgainWhereThePointerComesBack()
    {
        Talk talk;
        TextSurface *from = talk.text(2);
        const QPoint begin = talk.placeOf(from, u"question"_s);
        QTest::mousePress(from, Qt::LeftButton, {}, begin);
        Talk::moveTo(from, from->mapFromGlobal(talk.text(1)->mapToGlobal(QPoint(3, 3))));
        QVERIFY(talk.w.view.selection().isActive());
        Talk::moveTo(from, QPoint(0, begin.y()));
        QVERIFY(!talk.w.view.selection().isActive());
        QVERIFY(!talk.text(1)->hasSelection());
        QCOMPARE(Talk::copied(from), u"First "_s);
    }

    void endsAtAPressElsewhere()
    {
        Talk talk;
        talk.drag(talk.text(2), u"question"_s, talk.text(1), u"answer"_s);
        QTest::mouseClick(talk.text(0), Qt::LeftButton, {}, QPoint(3, 3));
        QVERIFY(!talk.w.view.selection().isActive());
        for (int i = 0; i < 3; ++i)
            QVERIFY(!talk.text(i)->hasSelection());
        talk.drag(talk.text(2), u"question"_s, talk.text(1), u"answer"_s);
        // What is typed belongs elsewhere now.
        QTest::mouseClick(talk.w.window.windowHandle(), Qt::LeftButton, {}, talk.w.after.geometry().center());
        QVERIFY(talk.w.after.hasFocus());
        QVERIFY(!talk.text(1)->hasSelection());
    }

    void staysUnderTheRightButton()
    {
        Talk talk;
        talk.drag(talk.text(2), u"question"_s, talk.text(0), u"words"_s);
        QVERIFY(talk.text(2)->hasFocus());
        QWindow *window = talk.w.window.windowHandle();
        const QPoint place = talk.text(1)->mapTo(&talk.w.window, QPoint(3, 3));
        QTest::mousePress(window, Qt::RightButton, {}, place);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        auto *copy = menu->findChild<QAction *>(u"copySelection"_s);
        QVERIFY(copy);
        copy->trigger();
        QCOMPARE(QApplication::clipboard()->text(), u"question\n\nSecond answer\nof two\n\nThird "_s);
        menu->close();
        QTest::mouseRelease(window, Qt::RightButton, {}, place);
        // The next press selects anew, also where only one text was selected.
        QTest::mouseClick(window, Qt::LeftButton, {}, place);
        QVERIFY(!talk.text(0)->hasSelection() && !talk.text(2)->hasSelection());
        talk.text(0)->selectText(u"Third"_s);
        QTest::mouseClick(window, Qt::LeftButton, {}, place);
        QVERIFY(!talk.text(0)->hasSelection());
    }

    void isReadWhenItIsCopied()
    {
        Talk talk;
        talk.drag(talk.text(2), u"question"_s, talk.text(0), u"words"_s);
        const std::unique_ptr<QMenu> menu(
            talk.w.view.makeContextMenu(talk.text(1)->mapTo(talk.w.view.viewport(), QPoint(2, 2))));
        talk.drag(talk.text(1), u"two"_s, talk.text(0), u"words"_s);
        menu->findChild<QAction *>(u"copySelection"_s)->trigger();
        QCOMPARE(QApplication::clipboard()->text(), u"two\n\nThird "_s);
    }

    void isExtendedByAPressWithShift()
    {
        Talk talk;
        QTest::mouseClick(talk.text(2), Qt::LeftButton, {}, talk.placeOf(talk.text(2), u"question"_s));
        QTest::mouseClick(
            talk.text(0), Qt::LeftButton, Qt::ShiftModifier, talk.placeOf(talk.text(0), u"words"_s));
        QCOMPARE(Talk::copied(talk.text(0)), u"question\n\nSecond answer\nof two\n\nThird "_s);
    }

    void wordsThatWereFoundAreExtendedToo()
    {
        Talk talk;
        const QPoint place = talk.placeOf(talk.text(1), u"two"_s);
        talk.text(1)->selectText(u"answer"_s);
        QTest::mouseClick(talk.text(1), Qt::LeftButton, Qt::ShiftModifier, place);
        QCOMPARE(talk.text(1)->selectedText(), u"answer\nof "_s);
    }

    void beginsBesideTheTexts()
    {
        Talk talk;
        QWidget *viewport = talk.w.view.viewport();
        const QPoint left(4, talk.text(2)->mapTo(viewport, QPoint()).y() + 3);
        QTest::mousePress(viewport, Qt::LeftButton, {}, left);
        Talk::moveTo(viewport, talk.text(1)->mapTo(viewport, talk.placeOf(talk.text(1), u"answer"_s)));
        QTest::mouseRelease(viewport, Qt::LeftButton);
        QCOMPARE(Talk::copied(&talk.w.view), u"First question\n\nSecond "_s);
    }

    void selectsAllAtTheSecondKey()
    {
        Talk talk(300); // most of them are out of sight
        TextSurface *last = talk.text(0);
        last->setFocus();
        QTest::keySequence(last, QKeySequence::SelectAll);
        QVERIFY(!talk.w.view.selection().isActive());
        QTest::keySequence(last, QKeySequence::SelectAll);
        QVERIFY(talk.w.view.selection().isActive());
        const QString all = Talk::copied(last);
        QVERIFY(all.endsWith(u"First question\n\nSecond answer\nof two\n\nThird words"_s));
        int texts = 0;
        for (int row = 0; row < talk.w.view.rowCount(); ++row) {
            talk.w.view.visitRow(row, [&](const RowWidget &widget) {
                for (const TextSurface *surface : widget.surfaces()) {
                    texts += surface->isHidden() ? 0 : 1;
                    QVERIFY(surface->isHidden() || all.contains(surface->writtenPart(0, surface->length())));
                }
            });
        }
        QVERIFY(texts > 100);
        // What comes into sight is marked as well, and keeps no widget when it goes.
        talk.w.view.verticalScrollBar()->setValue(0);
        for (QWidget *row : talk.w.view.shownRows()) {
            for (const TextSurface *surface : static_cast<RowWidget *>(row)->surfaces())
                QVERIFY(surface->isHidden() || surface->hasSelection() || surface->length() == 0);
        }
        const int shown = talk.w.view.shownCount();
        QVERIFY2(shown < 60, qPrintable(QString::number(shown)));
    }

    void scrollsOnWhileThePointerIsBelow()
    {
        Talk talk(60);
        talk.w.view.verticalScrollBar()->setValue(0);
        TextSurface *from = static_cast<RowWidget *>(talk.w.view.shownRows().first())->surfaces().first();
        QTest::mousePress(from, Qt::LeftButton, {}, QPoint(2, 2));
        Talk::moveTo(from, from->mapFrom(&talk.w.view, QPoint(20, talk.w.view.height() + 200)));
        QTRY_VERIFY(talk.w.isAtEnd());
        QTest::mouseRelease(from, Qt::LeftButton);
        QVERIFY(Talk::copied(from).endsWith(u"Third words"_s));
    }

    void leavesRowsThatAreGone()
    {
        Talk talk;
        talk.w.model.handle(MessageQueued{u"q1"_s, u"queued words"_s});
        talk.w.settle();
        talk.w.view.setFocus();
        QTest::keySequence(&talk.w.view, QKeySequence::SelectAll);
        QVERIFY(talk.text(0)->hasSelection());
        talk.w.model.handle(QueuedMessageRemoved{u"q1"_s});
        talk.w.settle();
        QVERIFY(talk.w.view.selection().isActive());
        QCOMPARE(Talk::copied(&talk.w.view), u"First question\n\nSecond answer\nof two\n\nThird words"_s);
        // What comes behind is not selected.
        talk.w.say(u"More"_s);
        QVERIFY(!talk.text(0)->hasSelection());
        QCOMPARE(talk.text(1)->selectedText(), u"Third words"_s);
    }

    void isOneTextsWhereTheOthersAreGone()
    {
        Talk talk;
        talk.w.model.handle(MessageQueued{u"q1"_s, u"queued words"_s});
        talk.w.settle();
        talk.drag(talk.text(0), u"words"_s, talk.text(1), u"words"_s);
        QVERIFY(talk.w.view.selection().isActive());
        talk.w.model.handle(QueuedMessageRemoved{u"q1"_s});
        talk.w.settle();
        QVERIFY(!talk.w.view.selection().isActive());
        QCOMPARE(Talk::copied(talk.text(0)), u"words"_s);
    }

    void forgetsRowsThatAreGone()
    {
        Talk talk;
        talk.w.model.handle(MessageQueued{u"q1"_s, u"queued words"_s});
        talk.w.model.handle(MessageQueued{u"q2"_s, u"other words"_s});
        talk.w.settle();
        talk.drag(talk.text(0), u"words"_s, talk.text(1), u"words"_s);
        QVERIFY(talk.w.view.selection().isActive());
        talk.w.model.handle(QueuedMessageRemoved{u"q1"_s});
        talk.w.model.handle(QueuedMessageRemoved{u"q2"_s});
        talk.w.settle();
        QVERIFY(!talk.w.view.selection().isActive());
        for (int i = 0; i < 3; ++i)
            QVERIFY(!talk.text(i)->hasSelection());
        talk.drag(talk.text(2), u"question"_s, talk.text(0), u"words"_s);
        talk.w.view.setModel(nullptr);
        QVERIFY(!talk.w.view.selection().isActive());
    }

    void growsNoFurtherWithAnAnswerThatStreams()
    {
        Talk talk;
        talk.w.model.handle(ResponseStarted{2});
        talk.w.model.handle(TextStreamed{u"One two"_s});
        talk.w.settle();
        talk.drag(talk.text(1), u"words"_s, talk.text(0), u"two"_s);
        talk.w.model.handle(TextStreamed{u" three"_s});
        talk.w.settle();
        QCOMPARE(Talk::copied(talk.text(1)), u"words\n\nOne "_s);
    }
};

MEANWHILE_TEST(SpanningSelectionTest)
#include "tst_spanningselection.moc"
