// SPDX-License-Identifier: MIT
#include "shownpanel.h"
#include "support/testregistry.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTextBlock>
#include <QThreadPool>
#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using Testing::MemoryLog;
using Testing::numberedLines;
using Testing::running;

namespace {

/// A panel with the log of one task, and the bar that searches it.
struct Searched : Testing::ShownPanel {
    Ui::LogView *view = nullptr;
    QLineEdit *text = nullptr;
    QLabel *count = nullptr;

    explicit Searched(const QByteArray &log)
    {
        logs.insert(u"a"_s, std::make_shared<MemoryLog>(log));
        add(running(u"a"_s));
        view = child<Ui::LogView>(u"logView"_s);
        text = child<QLineEdit>(u"findText"_s);
        count = child<QLabel>(u"findCount"_s);
        [&] { QTRY_VERIFY(!view->toPlainText().isEmpty()); }();
        view->setFocus();
        QTest::keyClick(view, Qt::Key_F, Qt::ControlModifier);
    }

    void grow(const QByteArray &bytes)
    {
        logs[u"a"_s]->append(bytes);
        Tasks::Task task = running(u"a"_s);
        task.outputBytes = logs[u"a"_s]->extent().end;
        add(task);
    }
    void find(const QString &words)
    {
        text->setText(words);
        QTest::keyClick(text, Qt::Key_Return);
    }
    QString selectedLine() const { return view->textCursor().block().text(); }
    bool isInSight() const { return view->viewport()->rect().contains(view->cursorRect()); }
};

} // namespace

class FindInLogTest : public QObject {
    Q_OBJECT

private slots:
    void findsForwardsBackwardsAndRoundTheEnd()
    {
        Searched log("match 1\nnothing\nMatch 2, and match 3\n");
        QVERIFY(log.text->isVisible());
        QTest::keyClicks(log.text, u"match"_s);
        QTRY_COMPARE(log.count->text(), u"3 matches"_s);
        const auto press = [&](Qt::KeyboardModifiers modifiers = {}) {
            QTest::keyClick(log.text, Qt::Key_Return, modifiers);
        };
        for (const QString &at : {u"1 of 3"_s, u"2 of 3"_s, u"3 of 3"_s, u"1 of 3"_s}) {
            press();
            QTRY_COMPARE(log.count->text(), at);
        }
        QCOMPARE(log.selectedLine(), u"match 1"_s);
        press(Qt::ShiftModifier);
        QTRY_COMPARE(log.count->text(), u"3 of 3"_s);
        QCOMPARE(log.view->textCursor().selectedText(), u"match"_s);
        QCOMPARE(log.text->accessibleDescription(), u"3 of 3"_s);
        log.find(u"absent"_s);
        QTRY_COMPARE(log.count->text(), u"No match"_s);
        QTest::keyClick(log.text, Qt::Key_Escape);
        QVERIFY(!log.text->isVisible());
        QCOMPARE(QApplication::focusWidget(), log.view);
    }

    void findsWhatIsNotInThePartThatIsShown()
    {
        Searched log("needle at the beginning\n" + numberedLines(30'000) + "needle at the end\n");
        QVERIFY(!log.view->toPlainText().contains(u"beginning"_s));
        log.find(u"needle at the b"_s);
        QTRY_COMPARE(log.count->text(), u"1 of 1"_s);
        QTRY_COMPARE(log.selectedLine(), u"needle at the beginning"_s);
        QVERIFY(log.isInSight());
        log.find(u"line 12345"_s);
        QTRY_COMPARE(log.selectedLine(), u"line 12345"_s);
        QVERIFY(log.isInSight());
        QCOMPARE(log.view->textCursor().selectedText(), u"line 12345"_s);
        log.find(u"nowhere"_s);
        QTRY_COMPARE(log.count->text(), u"No match"_s);
        // From there the log goes on, and its end is a key away.
        auto *later = log.child<QPushButton>(u"logLater"_s);
        QVERIFY(later->isVisible());
        const qint64 end = log.view->endOffset();
        QTest::mouseClick(later, Qt::LeftButton);
        QTRY_VERIFY(log.view->endOffset() > end);
        QVERIFY(log.child<QPushButton>(u"logEarlier"_s)->isVisible());
        QTest::mouseClick(log.child<QPushButton>(u"logFollow"_s), Qt::LeftButton);
        QTRY_VERIFY(log.view->toPlainText().endsWith(u"needle at the end\n"_s));
        QVERIFY(!later->isVisible());
        QVERIFY(log.view->isFollowing());
    }

    void aPartStandsStillWhileTheLogGrows()
    {
        Searched log("needle\n" + numberedLines(30'000));
        log.find(u"needle"_s);
        QTRY_COMPARE(log.selectedLine(), u"needle"_s);
        const QString before = log.view->toPlainText();
        log.grow("needle again\n");
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(log.view->toPlainText(), before);
        QTest::keyClick(log.text, Qt::Key_Return);
        QTRY_COMPARE(log.count->text(), u"2 of 2"_s);
        QTRY_COMPARE(log.selectedLine(), u"needle again"_s);
    }

    void theWindowLivesWhileALogIsSearched()
    {
        Searched log(numberedLines(30'000));
        {
            const QMutexLocker slow(&log.logs[u"a"_s]->mutex());
            log.text->setText(u"line 7"_s);
            QTest::keyClick(log.text, Qt::Key_Return);
            QCOMPARE(log.count->text(), u"Searching…"_s);
            QTest::keyClicks(log.text, u"77"_s);
            QTest::keyClick(log.text, Qt::Key_Return);
        }
        QTRY_COMPARE(log.count->text(), u"1 of 11"_s);
        QTRY_COMPARE(log.selectedLine(), u"line 777"_s);
    }

    void saysThatAPartWasNotKept()
    {
        struct Torn final : Ui::LogSource {
            Ui::LogExtent extent() override { return {3'000, 4, 2'000}; }
            Piece read(qint64 offset, qint64 maxBytes) override
            {
                if (offset >= 4 && offset < 2'000)
                    offset = 2'000;
                const qint64 last = offset < 4 ? 4 : 3'000;
                return {offset, QByteArray(std::min(maxBytes, last - offset), offset < 4 ? 'a' : 'b')};
            }
        } torn;
        const std::atomic_bool goesOn = false;
        const Ui::LogMatches matches = Ui::searchLog(torn, u"ab"_s, goesOn);
        QVERIFY(matches.places.isEmpty()); // they do not stand beside each other
        QVERIFY(matches.hasGap);
        QCOMPARE(Ui::searchLog(torn, u"BBBBBBBBBB"_s, goesOn).places.size(), 100);
    }

    void countsNoFurtherThanItIsOfUse()
    {
        MemoryLog log(QByteArray("x ").repeated(30'000));
        const std::atomic_bool goesOn = false;
        const Ui::LogMatches matches = Ui::searchLog(log, u"x"_s, goesOn);
        QCOMPARE(matches.places.size(), Ui::LogMatches::kMost);
        QVERIFY(matches.hasMore);
        const std::atomic_bool isCancelled = true;
        QVERIFY(Ui::searchLog(log, u"x"_s, isCancelled).places.isEmpty());
    }
};

MEANWHILE_TEST(FindInLogTest)
#include "tst_findinlog.moc"
