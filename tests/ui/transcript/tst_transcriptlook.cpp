// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "transcriptwindow.h"
#include "ui/transcript/rowwidget.h"
#include "ui/transcript/textsurface.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QFontDatabase>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextLayout>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

/// What is seen and heard of the rows: by a screen reader, in both themes, of text that was made to hurt.
class TranscriptLookTest : public QObject {
    Q_OBJECT

private slots:
    void saysEveryRowToAScreenReader()
    {
        Window w;
        w.view.resize(660, 3'000);
        Testing::playSampleConversation(w.model);
        w.settle();
        QCOMPARE(w.view.shownCount(), w.model.rowCount());
        for (int row = 0; row < w.model.rowCount(); ++row) {
            const auto *spoken = QAccessible::queryAccessibleInterface(w.view.rowWidget(row));
            QVERIFY(spoken);
            QVERIFY2(!spoken->text(QAccessible::Name).isEmpty(), qPrintable(QString::number(row)));
        }
        for (const auto *button : w.view.findChildren<QAbstractButton *>()) {
            if (button->isVisible())
                QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                    qPrintable(button->objectName()));
        }
    }

    void isReadFromTopToBottomAfterScrolling()
    {
        Window w(200);
        QScrollBar *bar = w.view.verticalScrollBar();
        for (const int step : {-700, -900, 500, -4'000, 300, -200}) {
            bar->setValue(bar->value() + step);
            const auto *spoken = QAccessible::queryAccessibleInterface(&w.view);
            int bottom = std::numeric_limits<int>::min();
            int rows = 0;
            for (int i = 0; i < spoken->childCount(); ++i) {
                if (spoken->child(i)->role() != QAccessible::ListItem)
                    continue;
                QVERIFY(spoken->child(i)->rect().top() >= bottom);
                bottom = spoken->child(i)->rect().bottom();
                ++rows;
            }
            QVERIFY(rows > 0);
        }
    }

    void keepsALineOfHangulShort()
    {
        Window w;
        const QFont font(u"Noto Sans CJK KR"_s, 10);
        if (!QFontDatabase::hasFamily(font.family()))
            QSKIP("needs a font with hangul that is named so");
        w.window.resize(1'600, 660);
        w.view.resize(1'560, 600);
        w.view.setFont(font);
        w.say(u"가"_s);
        QVERIFY(w.last()->width() >= 40 * QFontMetrics(font).horizontalAdvance(u'가'));
        QVERIFY(w.last()->width() <= 60 * QFontMetrics(font).horizontalAdvance(u'가'));
    }

    void showsWhatAChangedFileWouldHoldUnseen()
    {
        Window w;
        w.model.handle(ToolCallMade{u"c1"_s, u"edit_file"_s, "{\"path\":\"a.txt\"}"});
        Tools::ToolOutcome outcome;
        outcome.diff = u"--- a\n+++ b\n@@ -1 +1 @@\n-x\n+a\u202Eb\u200Bc\a\n"_s;
        w.model.handle(ToolCallEnded{u"c1"_s, {}, outcome});
        w.settle();
        const QString shown = w.last()->surfaces().first()->document()->document()->toPlainText();
        QVERIFY2(shown.contains(u"a⟦U+202E⟧b⟦U+200B⟧c⟦U+0007⟧"_s), qPrintable(shown));
    }

    void givesCodeAndTablesTheWidthThatTheyNeed()
    {
        Window w;
        w.window.resize(1'600, 660);
        w.view.resize(1'560, 600);
        w.say(u"words "_s.repeated(200));
        const int words = w.last()->width();
        w.say(u"words "_s.repeated(200) + u"\n\n```cpp\n"_s + u"x"_s.repeated(110) +
              u"\n```\n\nmore "_s.repeated(1));
        QVERIFY(w.last()->width() > words);
        const auto blockOf = [&w](const QString &text) {
            QTextDocument *document = w.last()->surfaces().first()->document()->document();
            return document->find(text).block();
        };
        QCOMPARE(blockOf(u"xxx"_s).layout()->lineCount(), 1);
        for (int i = 0; i < blockOf(u"words"_s).layout()->lineCount(); ++i)
            QVERIFY(blockOf(u"words"_s).layout()->lineAt(i).naturalTextRect().right() <= words);
        w.say(u"```cpp\nshort\n```\n"_s);
        QCOMPARE(w.last()->width(), words);
        w.say(u"| a | b |\n|---|---|\n| "_s + u"long "_s.repeated(22) + u"| x |\n"_s);
        QVERIFY(w.last()->width() > words);
        // Where there is no room, all keep to what there is.
        w.view.resize(500, 600);
        w.settle();
        for (QWidget *row : w.view.shownRows())
            QVERIFY(row->geometry().right() <= w.view.viewport()->width());
    }

    /// Rows that are made anew may stand where the old ones stood in memory.
    void keepsItsStopsInAnotherTheme()
    {
        Window w;
        w.say(u"a [link](https://example.org) here"_s);
        w.view.setFocus();
        QTest::keyClick(&w.view, Qt::Key_Down);
        const auto stopBehindView = [&w] {
            const QWidget *next = w.view.nextInFocusChain();
            while (!qobject_cast<const RowWidget *>(next) && !(next->focusPolicy() & Qt::TabFocus))
                next = next->nextInFocusChain();
            return next;
        };
        for (int i = 0; i < 20; ++i) {
            QVERIFY(w.view.currentRow());
            QCOMPARE(stopBehindView(), w.view.currentRow());
            w.theme.setChoice(i % 2 == 0 ? Theme::Choice::Dark : Theme::Choice::Light);
        }
    }

    void drawsItselfAgainInAnotherTheme()
    {
        Window w;
        w.say(u"a `word` here"_s);
        w.settle();
        w.theme.setChoice(Theme::Choice::Dark);
        // At once: a frame without rows would be a flash.
        QVERIFY(w.last() && w.last()->isVisible() && !w.last()->surfaces().isEmpty());
        QTextCursor word = w.last()->surfaces().first()->document()->document()->find(u"word"_s);
        QCOMPARE(word.charFormat().foreground().color(), Theme::dark().text);
        w.theme.setChoice(Theme::Choice::Light);
    }

    void bearsHostileText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("one line of 1 MB") << u"x"_s.repeated(1'000'000);
        QTest::newRow("2,000 quotes") << u"> "_s.repeated(2'000) + u"deep"_s;
        QTest::newRow("half surrogates") << QString(200, QChar(0xd83d)) + u" "_s + QString(QChar(0xdc00));
        QTest::newRow("right to left") << u"\u202Eשלום עולם\u202C `קוד` **עבה**"_s;
        QTest::newRow("Korean") << u"설치가 **끝났습니다**. `npm test`를 실행합니다."_s;
        QTest::newRow("control characters") << u"a\u0000b\u0007c\u001b[31m"_s;
        QTest::newRow("nothing but marks") << u"*_`~[]()<>|#-"_s.repeated(500);
    }

    void bearsHostileText()
    {
        QFETCH(QString, text);
        Window w;
        w.model.handle(person(text));
        w.say(text);
        w.callTool(text);
        w.view.verticalScrollBar()->setValue(0);
        w.view.jumpToLatest();
        QVERIFY(w.last());
        QTest::mouseClick(w.last()->findChild<DisclosureLine *>(), Qt::LeftButton);
        QVERIFY(w.view.shownCount() > 0);
        QVERIFY(!w.view.grab().isNull());
    }
};

MEANWHILE_TEST(TranscriptLookTest)
#include "tst_transcriptlook.moc"
