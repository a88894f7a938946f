// SPDX-License-Identifier: MIT
#include "paneltasks.h"
#include "shownpanel.h"
#include "support/testregistry.h"
#include "ui/taskpanel/ansipalette.h"
#include "ui/taskpanel/logview.h"
#include "ui/taskpanel/taskdelegate.h"
#include "ui/taskpanel/taskpanel.h"
#include "ui/taskpanel/tasktable.h"
#include "ui/widgets/elidedlabel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QtTest>
#include <QWindow>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Models::TaskTableModel;
using Tasks::Task;
using Tasks::TaskState;
using Testing::ended;
using Testing::MemoryLog;
using Testing::panelTask;
using Testing::running;
using Ui::TaskPanel;
using Shown = Testing::ShownPanel;

class TaskPanelTest : public QObject {
    Q_OBJECT

private slots:
    void saysThatAnOldLogWasRemoved()
    {
        Shown shown;
        shown.logs.insert(u"gone"_s, std::make_shared<MemoryLog>());
        Task gone = ended(u"gone"_s);
        gone.outputBytes = 100;
        shown.add(gone);
        auto *view = shown.child<Ui::LogView>(u"logView"_s);
        QTRY_VERIFY(view->placeholderText().contains(u"removed"_s));
        shown.logs.insert(u"silent"_s, std::make_shared<MemoryLog>());
        Task silent = ended(u"silent"_s);
        silent.outputBytes = 0;
        shown.add(silent);
        shown.table()->setCurrentIndex(
            shown.table()->model()->index(shown.shownIds().indexOf(u"silent"_s), 0));
        QTRY_COMPARE(view->placeholderText(), u"No output"_s);
    }

    void saysThatThereIsNoOutputYet()
    {
        Shown shown;
        shown.logs.insert(u"t1"_s, std::make_shared<MemoryLog>());
        Task task = running(u"t1"_s);
        task.outputBytes = 0;
        shown.add(task);
        auto *view = shown.child<Ui::LogView>(u"logView"_s);
        QTRY_COMPARE(view->placeholderText(), u"No output yet"_s);
        task.state = Tasks::TaskState::Exited;
        task.exitCode = 0;
        shown.add(task);
        QTRY_COMPARE(view->placeholderText(), u"No output"_s);
    }

    void teachesWhatItIsForWhileItIsEmpty()
    {
        const Shown shown;
        QCOMPARE(shown.child<QLabel>(u"taskEmpty"_s)->text(), u"Long-running commands appear here"_s);
        QVERIFY(shown.child<QLabel>(u"taskEmpty"_s)->isVisible());
        QVERIFY(!shown.table()->isVisible());
        QCOMPARE(shown.child<QLabel>(u"taskSummary"_s)->text(), QString());
    }

    void saysHowManyRunAndFailed()
    {
        Shown shown({running(u"a"_s), running(u"b"_s), ended(u"c"_s, 1)});
        const auto *summary = shown.child<QLabel>(u"taskSummary"_s);
        QTRY_COMPARE(summary->text(), u"2 running, 1 failed"_s);
        shown.add(panelTask(u"d"_s, TaskState::Queued, u"ls"_s));
        QTRY_COMPARE(summary->text(), u"2 running, 1 queued, 1 failed"_s);
        for (const QString &id : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
            shown.add(ended(id));
        QTRY_COMPARE(summary->text(), u"4 ended"_s);
        QVERIFY(!shown.child<QLabel>(u"taskEmpty"_s)->isVisible());
    }

    void putsTheNewestFirstAndSortsByAClickOnAHead()
    {
        const Shown shown({ended(u"a"_s, 0, u"b command"_s), ended(u"b"_s, 2, u"c command"_s),
            running(u"c"_s, u"a command"_s)});
        QCOMPARE(shown.shownIds(), (QStringList{u"c"_s, u"b"_s, u"a"_s}));
        QHeaderView *header = shown.table()->horizontalHeader();
        const auto click = [&](int column) {
            const QPoint at(header->sectionViewportPosition(column) + 20, header->height() / 2);
            QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
        };
        click(TaskTableModel::CommandColumn);
        QCOMPARE(shown.shownIds(), (QStringList{u"c"_s, u"a"_s, u"b"_s}));
        click(TaskTableModel::CommandColumn);
        QCOMPARE(shown.shownIds(), (QStringList{u"b"_s, u"a"_s, u"c"_s}));
        click(TaskTableModel::CommandColumn);
        QCOMPARE(shown.shownIds(), (QStringList{u"c"_s, u"b"_s, u"a"_s}));
        click(TaskTableModel::StateColumn);
        QCOMPARE(shown.shownIds(), (QStringList{u"c"_s, u"b"_s, u"a"_s}));
    }

    void filtersByTextAndState()
    {
        const Shown shown(
            {ended(u"a"_s, 0, u"npm install"_s), ended(u"b"_s, 1, u"npm run lint"_s), running(u"c"_s)});
        shown.table()->setFocus();
        QTest::keyClick(shown.table(), Qt::Key_F, Qt::ControlModifier);
        auto *text = shown.child<QLineEdit>(u"taskFilterText"_s);
        QVERIFY(text->isVisible());
        QVERIFY(!text->findChild<QToolButton *>()); // nothing to clear yet
        QCOMPARE(QApplication::focusWidget(), text);
        QTest::keyClicks(text, u"NPM exit"_s);
        QCOMPARE(shown.shownIds(), QStringList{u"b"_s});
        auto *clear = text->findChild<QToolButton *>();
        QVERIFY(clear && clear->isVisible());
        QTest::mouseClick(clear, Qt::LeftButton);
        QCOMPARE(text->text(), QString());
        auto *states = shown.child<QComboBox>(u"taskFilterStates"_s);
        QTest::keyClick(states, Qt::Key_Down);
        QCOMPARE(shown.shownIds(), QStringList{u"c"_s});
        QTest::keyClick(states, Qt::Key_Down);
        QCOMPARE(shown.shownIds(), QStringList{u"b"_s});
        QTest::keyClick(states, Qt::Key_Down);
        QCOMPARE(shown.shownIds(), QStringList{u"a"_s});
        QTest::keyClicks(text, u"nothing like it"_s);
        QVERIFY(shown.shownIds().isEmpty());
        QTRY_VERIFY(shown.child<QLabel>(u"taskNoMatch"_s)->isVisible());
        QTest::keyClick(text, Qt::Key_Escape);
        QVERIFY(!text->isVisible());
        QCOMPARE(shown.shownIds().size(), 3);
        QTRY_VERIFY(!shown.child<QLabel>(u"taskNoMatch"_s)->isVisible());
    }

    void showsTheLogOfTheSelectedTask()
    {
        const Shown shown({running(u"a"_s), running(u"b"_s, u"npm run dev"_s)});
        QCOMPARE(shown.panel.selectedTaskId(), u"a"_s);
        QTRY_COMPARE(shown.logText(), u"log of a\n"_s);
        shown.table()->setFocus();
        QTest::keyClick(shown.table(), Qt::Key_Up);
        QCOMPARE(shown.panel.selectedTaskId(), u"b"_s);
        QTRY_COMPARE(shown.logText(), u"log of b\n"_s);
        QCOMPARE(shown.child<Ui::ElidedLabel>(u"logCommand"_s)->text(), u"npm run dev"_s);
        QTest::keyClick(shown.table(), Qt::Key_Return);
        QCOMPARE(QApplication::focusWidget(), shown.child<Ui::LogView>(u"logView"_s));
    }

    void readsMoreOfALogOnlyWhenItGrew()
    {
        Shown shown({running(u"a"_s)});
        QTRY_COMPARE(shown.logText(), u"log of a\n"_s);
        const int reads = shown.logs[u"a"_s]->reads();
        Task task = running(u"a"_s);
        task.lastLine = u"x"_s;
        shown.add(task);
        QCOMPARE(shown.logs[u"a"_s]->reads(), reads);
        shown.logs[u"a"_s]->append("more\n");
        task.outputBytes = 14;
        shown.add(task);
        QTRY_COMPARE(shown.logText(), u"log of a\nmore\n"_s);
        const auto *size = shown.child<QLabel>(u"logSize"_s);
        QCOMPARE(size->text(), u"14 B"_s);
        QCOMPARE(size->accessibleName(), u"Size of the output: 14 B"_s);
    }

    void leavesALogAloneWhileItIsNotInSight()
    {
        Shown shown({running(u"a"_s)});
        QTRY_COMPARE(shown.logText(), u"log of a\n"_s);
        shown.panel.hide();
        shown.logs[u"a"_s]->append("more\n");
        Task task = running(u"a"_s);
        task.outputBytes = 14;
        shown.add(task);
        QThreadPool::globalInstance()->waitForDone();
        QCOMPARE(shown.logText(), u"log of a\n"_s);
        shown.panel.show();
        QTRY_COMPARE(shown.logText(), u"log of a\nmore\n"_s);
    }

    void keepsTheChoiceOfThePersonWhenTasksCome()
    {
        Shown shown({ended(u"a"_s)});
        shown.add(running(u"b"_s));
        QCOMPARE(shown.panel.selectedTaskId(), u"b"_s);
        shown.add(running(u"c"_s));
        QCOMPARE(shown.panel.selectedTaskId(), u"b"_s);
        QVERIFY(shown.panel.showTask(u"a"_s));
        shown.add(running(u"d"_s));
        QCOMPARE(shown.panel.selectedTaskId(), u"a"_s);
        QVERIFY(!shown.panel.showTask(u"unknown"_s));
    }

    void showsATaskThatTheFilterHides()
    {
        const Shown shown({running(u"a"_s, u"ls"_s), running(u"b"_s)});
        shown.child<QAction>(u"taskFilterAction"_s)->setChecked(true);
        shown.child<QLineEdit>(u"taskFilterText"_s)->setText(u"npm"_s);
        QVERIFY(const_cast<TaskPanel &>(shown.panel).showTask(u"a"_s));
        QCOMPARE(shown.panel.selectedTaskId(), u"a"_s);
    }

    void stopsByButtonAtOnceAndByKeyOnTheSecondPress()
    {
        Shown shown({running(u"a"_s)});
        auto *button = shown.child<QPushButton>(u"logStop"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(shown.asked<Ui::StopTask>().size(), 1);
        QCOMPARE(shown.asked<Ui::StopTask>().value(0).taskId, u"a"_s);
        QCOMPARE(button->text(), u"Stopping…"_s);
        // The focus stays; what is pressed now does nothing.
        QTest::keyClick(button, Qt::Key_Space);
        shown.add(panelTask(u"a"_s, TaskState::Stopped, u"npm test"_s));
        QCOMPARE(button->text(), u"Stop"_s);
        QVERIFY(button->hasFocus());
        QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(shown.asked<Ui::StopTask>().size(), 1);
        shown.table()->setFocus();
        QVERIFY(!button->isEnabled());
        QTest::keyClick(shown.table(), Qt::Key_Delete);
        QTest::keyClick(shown.table(), Qt::Key_Delete);
        QCOMPARE(shown.asked<Ui::StopTask>().size(), 1);

        shown.add(running(u"b"_s));
        QTest::keyClick(shown.table(), Qt::Key_Delete);
        QCOMPARE(shown.asked<Ui::StopTask>().size(), 1);
        QVERIFY(shown.child<QLabel>(u"taskHint"_s)->isVisible());
        QTest::keyClick(shown.table(), Qt::Key_Delete);
        QCOMPARE(shown.asked<Ui::StopTask>().size(), 2);
        QCOMPARE(shown.asked<Ui::StopTask>().value(1).taskId, u"b"_s);
        QVERIFY(!shown.child<QLabel>(u"taskHint"_s)->isVisible());
    }

    void forgetsTheFirstPressWhenTheSelectionMoves()
    {
        Shown shown({running(u"a"_s), running(u"b"_s)});
        QTest::keyClick(shown.table(), Qt::Key_Delete);
        QTest::keyClick(shown.table(), Qt::Key_Up);
        QVERIFY(!shown.child<QLabel>(u"taskHint"_s)->isVisible());
        QTest::keyClick(shown.table(), Qt::Key_Delete);
        QCOMPARE(shown.asked<Ui::StopTask>().size(), 0);
    }

    void stopsWhatATaskLeftBehind()
    {
        Task task = ended(u"a"_s);
        task.survivors = 1;
        Shown shown({task});
        QVERIFY(shown.child<QPushButton>(u"logStop"_s)->isEnabled());
        const QModelIndex command = shown.table()->model()->index(0, TaskTableModel::CommandColumn);
        QCOMPARE(Ui::TaskDelegate::lines(command, true).second, u"1 process still runs"_s);
        QTest::mouseClick(shown.child<QPushButton>(u"logStop"_s), Qt::LeftButton);
        QCOMPARE(shown.asked<Ui::StopTask>().size(), 1);
    }

    void offersWhatFitsTheTaskInItsMenu()
    {
        Task waited = running(u"a"_s, u"npm test"_s);
        waited.spec.foreground = true;
        Shown shown({waited});
        shown.table()->setFocus();
        const QPoint centre = shown.table()->visualRect(shown.table()->currentIndex()).center();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, centre, shown.table()->mapToGlobal(centre));
        QApplication::sendEvent(shown.table()->viewport(), &event);
        auto *menu = shown.child<QMenu>(u"taskMenu"_s);
        QVERIFY(menu->isVisible());
        QVERIFY(shown.child<QAction>(u"taskBackground"_s)->isVisible());
        QVERIFY(shown.child<QAction>(u"taskStop"_s)->isEnabled());
        shown.child<QAction>(u"taskBackground"_s)->trigger();
        QCOMPARE(shown.asked<Ui::ContinueInBackground>().value(0).taskId, u"a"_s);
        shown.child<QAction>(u"taskRunAgain"_s)->trigger();
        QCOMPARE(shown.asked<Ui::RunAgain>().value(0).command, u"npm test"_s);
        menu->close();

        waited.spec.foreground = false;
        shown.add(waited);
        QVERIFY(!shown.child<QAction>(u"taskBackground"_s)->isVisible());
        shown.add(ended(u"a"_s));
        QVERIFY(!shown.child<QAction>(u"taskStop"_s)->isEnabled());
        QVERIFY(shown.child<QAction>(u"taskRunAgain"_s)->isEnabled());
    }

    void warnsWhereFilesChangedMeanwhileAndOffersToRunItAgain()
    {
        Task task = ended(u"a"_s, 0, u"npm test"_s);
        Shown shown({task});
        auto *changes = shown.child<QWidget>(u"logChanges"_s);
        QVERIFY(!changes->isVisible());
        task.changedFiles = {3, {u"src/a.cpp"_s, u"b <b>"_s}};
        shown.add(task);
        QVERIFY(changes->isVisible());
        QCOMPARE(shown.child<Ui::ElidedLabel>(u"logChangesText"_s)->text(),
            u"△ 3 files changed while it ran: src/a.cpp, b <b>, and 1 more"_s);
        QVERIFY2(changes->toolTip().contains(u"b &lt;b&gt;"), qPrintable(changes->toolTip()));
        shown.child<QPushButton>(u"logRunAgain"_s)->click();
        QCOMPARE(shown.asked<Ui::RunAgain>().size(), 1);
        QCOMPARE(shown.asked<Ui::RunAgain>().value(0).command, u"npm test"_s);
        QVERIFY(shown.model.index(0, TaskTableModel::CommandColumn)
                    .data(TaskTableModel::LastLineRole)
                    .toString()
                    .startsWith(u"△ 3 files changed while it ran"));
        shown.add(ended(u"b"_s));
        QVERIFY(!changes->isVisible());
    }

    void showsAHostileCommandInOneLineAndCopiesItWhole()
    {
        const QString command = u"printf 'a\nb' \u202E# "_s + QString(10'000, u'x');
        Shown shown({running(u"a"_s, command)});
        const QModelIndex cell = shown.table()->model()->index(0, TaskTableModel::CommandColumn);
        const QString first = Ui::TaskDelegate::lines(cell, true).first;
        QVERIFY(first.startsWith(u"printf 'a ↵ b' ⟦U+202E⟧# xxx"_s));
        QVERIFY(!shown.panel.grab().isNull());
        QVERIFY(shown.panel.minimumSizeHint().width() <= TaskPanel::kWidth);
        shown.table()->setFocus();
        QTest::keySequence(shown.table(), QKeySequence::Copy);
        QCOMPARE(QApplication::clipboard()->text(), command);
    }

    void foldsExitCodeAndSizeIntoSecondLinesWhileItIsNarrow()
    {
        Shown shown({ended(u"a"_s)});
        const auto second = [&](int column) {
            return Ui::TaskDelegate::lines(
                shown.table()->model()->index(0, column), shown.table()->isFolded())
                .second;
        };
        QVERIFY(shown.table()->isColumnHidden(TaskTableModel::ExitColumn));
        QCOMPARE(second(TaskTableModel::StateColumn), u"exit 0"_s);
        QCOMPARE(second(TaskTableModel::TimeColumn), u"100 B"_s);
        shown.panel.resize(700, 700);
        QTRY_VERIFY(!shown.table()->isColumnHidden(TaskTableModel::ExitColumn));
        QVERIFY(!shown.table()->isColumnHidden(TaskTableModel::OutputColumn));
        QCOMPARE(second(TaskTableModel::TimeColumn), QString());
        shown.panel.resize(TaskPanel::kWidth, 700);
        QTRY_VERIFY(shown.table()->isColumnHidden(TaskTableModel::OutputColumn));
        // Another conversation's tasks stand in the same columns.
        shown.panel.setModel(nullptr);
        shown.panel.setModel(&shown.model);
        QVERIFY(shown.table()->isColumnHidden(TaskTableModel::OutputColumn));
    }

    void showsEarlierOutputOnDemand()
    {
        Shown shown;
        shown.logs.insert(u"a"_s, std::make_shared<MemoryLog>(Testing::numberedLines(9'000)));
        shown.add(running(u"a"_s));
        auto *earlier = shown.child<QPushButton>(u"logEarlier"_s);
        QTRY_VERIFY(earlier->isVisible());
        QTest::mouseClick(earlier, Qt::LeftButton);
        QTRY_COMPARE(shown.logText().toUtf8(), Testing::numberedLines(9'000));
        QVERIFY(!earlier->isVisible());
        auto *follow = shown.child<QPushButton>(u"logFollow"_s);
        QVERIFY(!follow->isChecked());
        QTest::mouseClick(follow, Qt::LeftButton);
        QVERIFY(shown.child<Ui::LogView>(u"logView"_s)->isFollowing());
    }

    void isRunWithoutAMouseAndReadAloud()
    {
        Shown shown({running(u"a"_s)});
        for (auto *button : shown.panel.findChildren<QPushButton *>()) {
            QVERIFY2(!button->objectName().isEmpty(), qPrintable(button->text()));
            QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(),
                qPrintable(button->objectName()));
            QVERIFY2(button->focusPolicy() != Qt::NoFocus, qPrintable(button->objectName()));
        }
        QVERIFY(!shown.table()->accessibleName().isEmpty());
        QVERIFY(!shown.table()->tabKeyNavigation());
        const QModelIndex state = shown.table()->model()->index(0, TaskTableModel::StateColumn);
        QCOMPARE(state.data(Qt::AccessibleTextRole).toString(), u"running"_s);
    }

    void canBeReadOnTheSelectedRow()
    {
        for (const Ui::Tokens &tokens : {Ui::Theme::light(), Ui::Theme::dark()}) {
            for (const QColor &text :
                {tokens.text, tokens.dim, tokens.accent, tokens.done, tokens.failed, tokens.waiting}) {
                QVERIFY2(Ui::contrast(text, tokens.accentTint) >= 4.5, qPrintable(text.name()));
                QVERIFY2(Ui::contrast(text, tokens.surface) >= 4.5, qPrintable(text.name()));
            }
        }
    }

    void givesTheCommandTheRoomAndLetsColumnsBeDragged()
    {
        Shown shown({ended(u"a"_s)});
        QHeaderView *header = shown.table()->horizontalHeader();
        const auto width = [header](int column) { return header->sectionSize(column); };
        const int all = header->length();
        QVERIFY2(width(TaskTableModel::CommandColumn) * 5 >= all * 2,
            QByteArray::number(width(TaskTableModel::CommandColumn)).constData());
        const int command = width(TaskTableModel::CommandColumn);
        const int time = width(TaskTableModel::TimeColumn);
        const auto drag = [header](int column, int by) {
            const int y = header->height() / 2;
            const int edge = header->sectionViewportPosition(column) + header->sectionSize(column) - 1;
            const auto send = [&](QEvent::Type type, int x, Qt::MouseButtons pressed) {
                const QPointF at(x, y);
                const auto button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
                QMouseEvent event(type, at, header->viewport()->mapToGlobal(at), button, pressed, {});
                QApplication::sendEvent(header->viewport(), &event);
            };
            send(QEvent::MouseButtonPress, edge, Qt::LeftButton);
            send(QEvent::MouseMove, edge + by / 2, Qt::LeftButton);
            send(QEvent::MouseMove, edge + by, Qt::LeftButton);
            send(QEvent::MouseButtonRelease, edge + by, {});
        };
        QSignalSpy changed(&shown.panel, &TaskPanel::viewChanged);
        drag(TaskTableModel::StateColumn, 20);
        QCOMPARE(width(TaskTableModel::CommandColumn), command - 20);
        drag(TaskTableModel::CommandColumn, 10);
        QCOMPARE(width(TaskTableModel::CommandColumn), command - 10);
        QCOMPARE(width(TaskTableModel::TimeColumn), time - 10);
        QCOMPARE(header->length(), all);
        QVERIFY(!changed.isEmpty());
        // They are the same at the next start, and with another conversation's tasks.
        Shown next({ended(u"a"_s)});
        next.panel.restoreView(shown.panel.saveView());
        next.panel.setModel(nullptr);
        next.panel.setModel(&next.model);
        const QHeaderView *nextHeader = next.table()->horizontalHeader();
        QCOMPARE(nextHeader->sectionSize(TaskTableModel::CommandColumn), command - 10);
        QCOMPARE(nextHeader->sectionSize(TaskTableModel::TimeColumn), time - 10);
        // A wider panel gives what it has to the command.
        next.panel.resize(TaskPanel::kWidth + 60, 700);
        QTRY_COMPARE(nextHeader->sectionSize(TaskTableModel::CommandColumn), command + 50);
        // What is no state of a panel changes nothing.
        next.panel.restoreView("nonsense");
        QCOMPARE(nextHeader->sectionSize(TaskTableModel::TimeColumn), time - 10);
    }

    void theArrowOfTheOrderStandsBesideTheHeadsWords()
    {
        Shown shown({ended(u"a"_s)});
        QHeaderView *header = shown.table()->horizontalHeader();
        const int column = TaskTableModel::TimeColumn;
        const QRect head(
            header->sectionViewportPosition(column), 0, header->sectionSize(column), header->height());
        const QImage before = header->viewport()->grab(head).toImage();
        header->setSortIndicator(column, Qt::AscendingOrder);
        const QImage after = header->viewport()->grab(head).toImage();
        QVERIFY(before != after);
        const int words =
            header->fontMetrics().horizontalAdvance(u"Time"_s) + 8; // and the style sheet's padding
        const QRect ofWords(head.width() - words, 0, words, head.height());
        const qreal ratio = before.devicePixelRatio();
        const QRect pixels(ofWords.topLeft() * ratio, ofWords.size() * ratio);
        QCOMPARE(after.copy(pixels), before.copy(pixels));
    }

    void saysWhatTheModelSaysThatACommandIsFor()
    {
        Task task = running(u"a"_s, u"npm test -- --run"_s);
        task.spec.description = u"run the tests <b>"_s;
        Shown shown({task});
        const QModelIndex cell = shown.table()->model()->index(0, TaskTableModel::CommandColumn);
        QCOMPARE(Ui::TaskDelegate::lines(cell, true).second, u"Purpose: "_s + task.spec.description);
        QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(u"run the tests &lt;b&gt;"_s));
        QVERIFY(cell.data(Qt::AccessibleTextRole).toString().contains(task.spec.description));
        const auto *head = shown.child<Ui::ElidedLabel>(u"logDescription"_s);
        QCOMPARE(head->text(), u"Purpose: "_s + task.spec.description);
        task.lastLine = u"38 passed"_s;
        shown.add(task);
        QCOMPARE(Ui::TaskDelegate::lines(cell, true).second, u"38 passed"_s);
        QCOMPARE(head->text(), u"Purpose: "_s + task.spec.description);
    }

    void showsTheTaskThatRunAgainStarts()
    {
        Shown shown({ended(u"a"_s, 1, u"npm test"_s), running(u"b"_s, u"npm run dev"_s)});
        QVERIFY(shown.panel.showTask(u"a"_s));
        shown.child<QAction>(u"taskRunAgain"_s)->trigger();
        QCOMPARE(shown.asked<Ui::RunAgain>().size(), 1);
        shown.add(running(u"c"_s, u"ls"_s)); // the agent's
        QCOMPARE(shown.panel.selectedTaskId(), u"a"_s);
        shown.add(running(u"d"_s, u"npm test"_s));
        QCOMPARE(shown.panel.selectedTaskId(), u"d"_s);
    }

    void whatIsSwitchedOnDoesNotLookFocused()
    {
        Shown shown({running(u"a"_s)});
        shown.table()->setFocus();
        auto *follow = shown.child<QPushButton>(u"logFollow"_s);
        const auto edge = [follow] {
            const QImage image = follow->grab().toImage();
            return image.pixelColor(image.width() / 2, 0);
        };
        QVERIFY(follow->isChecked());
        QVERIFY(edge() != shown.theme.tokens().accent);
        follow->setFocus();
        QTRY_COMPARE(edge(), shown.theme.tokens().accent);
    }

    void noCellLooksFocusedWhileTheFocusIsElsewhere()
    {
        Shown shown({running(u"a"_s), running(u"b"_s)});
        shown.child<QPushButton>(u"logFollow"_s)->setFocus();
        shown.panel.showTask(u"b"_s);
        // A screen reader is told that the current cell has the focus.
        QVERIFY(!shown.table()->currentIndex().isValid());
        QCOMPARE(shown.panel.selectedTaskId(), u"b"_s);
        shown.table()->setFocus();
        QCOMPARE(shown.table()->currentIndex().data(TaskTableModel::TaskIdRole).toString(), u"b"_s);
        shown.child<QPushButton>(u"logFollow"_s)->setFocus();
        QVERIFY(!shown.table()->currentIndex().isValid());
        QCOMPARE(shown.panel.selectedTaskId(), u"b"_s);
    }

    // The press gives the focus, and what is selected is out of sight above.
    void aPressFindsTheRowUnderTheMouse()
    {
        Shown shown;
        for (int i = 0; i < 40; ++i)
            shown.add(ended(u"t%1"_s.arg(i)));
        const QString first = shown.shownIds().first();
        shown.panel.showTask(first);
        shown.child<QPushButton>(u"logFollow"_s)->setFocus();
        QScrollBar *bar = shown.table()->verticalScrollBar();
        bar->setValue(bar->maximum());
        QWidget *viewport = shown.table()->viewport();
        const QPoint place = viewport->rect().center();
        const QString under = shown.table()->indexAt(place).data(TaskTableModel::TaskIdRole).toString();
        QVERIFY(under != first);
        const QPoint inWindow = viewport->mapTo(&shown.panel, place);
        QTest::mouseClick(shown.panel.windowHandle(), Qt::LeftButton, {}, inWindow);
        QVERIFY(shown.table()->hasFocus());
        QCOMPARE(shown.panel.selectedTaskId(), under);
        QCOMPARE(bar->value(), bar->maximum());
        // With a key it is gone to.
        shown.panel.showTask(first);
        shown.child<QPushButton>(u"logFollow"_s)->setFocus();
        bar->setValue(bar->maximum());
        shown.table()->setFocus(Qt::TabFocusReason);
        QCOMPARE(bar->value(), 0);
    }

    void letsTheModelGo()
    {
        Shown shown({running(u"a"_s)});
        shown.panel.setModel(nullptr);
        QVERIFY(shown.child<QLabel>(u"taskEmpty"_s)->isVisible());
        shown.add(running(u"b"_s));
        QVERIFY(shown.panel.selectedTaskId().isEmpty());
        auto second = std::make_unique<TaskTableModel>(shown.clock);
        shown.panel.setModel(second.get());
        second->addOrUpdate(running(u"c"_s));
        QCOMPARE(shown.panel.selectedTaskId(), u"c"_s);
        second.reset();
        QVERIFY(!shown.panel.showTask(u"c"_s));
        QTRY_VERIFY(shown.child<QLabel>(u"taskEmpty"_s)->isVisible());
    }
};

MEANWHILE_TEST(TaskPanelTest)
#include "tst_taskpanel.moc"
