// SPDX-License-Identifier: MIT
#include "models/taskstatus.h"
#include "models/tasktablemodel.h"
#include "support/fakeclock.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Models::TaskTableModel;
using Tasks::Delivery;
using Tasks::Task;
using Tasks::TaskState;

static Task makeTask(const QString &id, TaskState state)
{
    Task task;
    task.id = id;
    task.spec.command = u"npm test"_s;
    task.state = state;
    task.startedMonotonic = 1s;
    return task;
}

class TaskTableModelTest : public QObject {
    Q_OBJECT

private:
    struct Table {
        Testing::FakeClock clock;
        TaskTableModel model{clock};
        QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

        QVariant at(int row, int column, int role = Qt::DisplayRole) const
        {
            return model.data(model.index(row, column), role);
        }
        QTimer *tick() const { return model.findChild<QTimer *>(); }
    };

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void countsItsTasksByTone()
    {
        using Models::Tone;
        Table t;
        t.model.addOrUpdate(makeTask(u"a"_s, TaskState::Queued));
        t.model.addOrUpdate(makeTask(u"b"_s, TaskState::Running));
        t.model.addOrUpdate(makeTask(u"c"_s, TaskState::Lost));
        t.model.addOrUpdate(makeTask(u"a"_s, TaskState::Running));
        QCOMPARE(t.model.count(Tone::Waiting), 0);
        QCOMPARE(t.model.count(Tone::Active), 2);
        QCOMPARE(t.model.count(Tone::Unknown), 1);
        Task failed = makeTask(u"b"_s, TaskState::Exited);
        failed.exitCode = 1;
        t.model.addOrUpdate(failed);
        t.model.addOrUpdate(failed);
        QCOMPARE(t.model.count(Tone::Active), 1);
        QCOMPARE(t.model.count(Tone::Failed), 1);
    }

    void saysEachStateByShapeWordAndTone_data()
    {
        QTest::addColumn<Task>("task");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("spoken");
        QTest::addColumn<Models::Tone>("tone");
        using Models::Tone;
        const auto row = [](const char *name, Task task, const QString &shape, const QString &word,
                             Tone tone) {
            QTest::newRow(name) << task << shape + u' ' + word << word << tone;
        };
        row("queued", makeTask(u"a"_s, TaskState::Queued), u"◌"_s, u"queued"_s, Tone::Waiting);
        row("starting", makeTask(u"a"_s, TaskState::Starting), u"◌"_s, u"starting"_s, Tone::Waiting);
        row("running", makeTask(u"a"_s, TaskState::Running), u"◐"_s, u"running"_s, Tone::Active);
        row("done", makeTask(u"a"_s, TaskState::Exited), u"✓"_s, u"done"_s, Tone::Done);
        Task failed = makeTask(u"a"_s, TaskState::Exited);
        failed.exitCode = 1;
        row("exit 1", failed, u"✕"_s, u"exit 1"_s, Tone::Failed);
        Task killed = makeTask(u"a"_s, TaskState::Signaled);
        killed.signal = 9;
        row("signal", killed, u"✕"_s, u"signal 9"_s, Tone::Failed);
        row("timed out", makeTask(u"a"_s, TaskState::TimedOut), u"✕"_s, u"timed out"_s, Tone::Failed);
        Task stopped = makeTask(u"a"_s, TaskState::Stopped);
        row("ended from outside", stopped, u"■"_s, u"ended"_s, Tone::Ended);
        stopped.stoppedBy = Tasks::StoppedBy::Model;
        row("stopped", stopped, u"■"_s, u"stopped"_s, Tone::Ended);
        row("not started", makeTask(u"a"_s, TaskState::FailedToStart), u"✕"_s, u"failed"_s, Tone::Failed);
        row("lost", makeTask(u"a"_s, TaskState::Lost), u"?"_s, u"lost"_s, Tone::Unknown);
    }

    void saysEachStateByShapeWordAndTone()
    {
        QFETCH(Task, task);
        Table table;
        table.model.addOrUpdate(task);
        QTEST(table.at(0, TaskTableModel::StateColumn).toString(), "shown");
        QTEST(table.at(0, TaskTableModel::StateColumn, Qt::AccessibleTextRole).toString(), "spoken");
        QTEST(Models::Tone(table.at(0, 0, TaskTableModel::ToneRole).toInt()), "tone");
        QVERIFY(!table.at(0, 0, Qt::ToolTipRole).toString().isEmpty());
    }

    void appendsNewTasksAndUpdatesKnownOnesByRow()
    {
        Table table;
        QSignalSpy inserted(&table.model, &QAbstractItemModel::rowsInserted);
        QSignalSpy changed(&table.model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&table.model, &QAbstractItemModel::modelReset);
        table.model.addOrUpdate(makeTask(u"a"_s, TaskState::Running));
        table.model.addOrUpdate(makeTask(u"b"_s, TaskState::Queued));
        QCOMPARE(inserted.count(), 2);
        QCOMPARE(table.model.rowOf(u"b"_s), 1);
        QCOMPARE(table.model.rowOf(u"c"_s), -1);

        Task ended = makeTask(u"a"_s, TaskState::Exited);
        ended.lastLine = u"added 212 packages"_s;
        table.model.addOrUpdate(ended);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 0);
        QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 0);
        QCOMPARE(table.at(0, 0, TaskTableModel::LastLineRole).toString(), u"added 212 packages"_s);
        table.model.addOrUpdate(ended);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(reset.count(), 0);
    }

    void ticksOnlyTheTimeOfWhatRunsAndOnlyWhileSomethingRuns()
    {
        Table table;
        table.model.addOrUpdate(makeTask(u"a"_s, TaskState::Queued));
        QVERIFY(!table.tick()->isActive());
        table.model.addOrUpdate(makeTask(u"b"_s, TaskState::Running));
        QVERIFY(table.tick()->isActive());
        QCOMPARE(table.tick()->intervalAsDuration(), 1'000ms);
        QCOMPARE(table.at(1, TaskTableModel::TimeColumn).toString(), u"0:00"_s);

        QSignalSpy changed(&table.model, &QAbstractItemModel::dataChanged);
        table.clock.advance(72s);
        QVERIFY(QMetaObject::invokeMethod(table.tick(), "timeout"));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.at(0).at(0).toModelIndex(), table.model.index(1, TaskTableModel::TimeColumn));
        QCOMPARE(changed.at(0).at(1).toModelIndex(), table.model.index(1, TaskTableModel::TimeColumn));
        QCOMPARE(table.at(1, TaskTableModel::TimeColumn).toString(), u"1:12"_s);

        Task ended = makeTask(u"b"_s, TaskState::Stopped);
        ended.elapsed = 75s;
        table.model.addOrUpdate(ended);
        QVERIFY(!table.tick()->isActive());
        table.clock.advance(1h);
        QCOMPARE(table.at(1, TaskTableModel::TimeColumn).toString(), u"1:15"_s);
        QCOMPARE(table.at(1, TaskTableModel::TimeColumn, Qt::AccessibleTextRole).toString(),
            u"elapsed 1 min 15 s"_s);
    }

    void showsNoTimeForWhatNeverRan()
    {
        Table table;
        table.model.addOrUpdate(makeTask(u"a"_s, TaskState::Queued));
        table.model.addOrUpdate(makeTask(u"b"_s, TaskState::FailedToStart));
        QCOMPARE(table.at(0, TaskTableModel::TimeColumn).toString(), QString());
        QCOMPARE(table.at(1, TaskTableModel::TimeColumn).toString(), QString());
    }

    void showsExitCodeAndOutputSize()
    {
        Table table;
        Task task = makeTask(u"a"_s, TaskState::Running);
        table.model.addOrUpdate(task);
        QCOMPARE(table.at(0, TaskTableModel::ExitColumn).toString(), QString());
        QCOMPARE(
            table.at(0, TaskTableModel::ExitColumn, Qt::AccessibleTextRole).toString(), u"no exit code"_s);
        task.state = TaskState::Exited;
        task.exitCode = 127;
        task.outputBytes = 1'234;
        table.model.addOrUpdate(task);
        QCOMPARE(table.at(0, TaskTableModel::ExitColumn).toString(), u"127"_s);
        QCOMPARE(table.at(0, TaskTableModel::OutputColumn).toString(), u"1.2 KB"_s);
    }

    void saysWhetherTheModelWasToldAndInWhichRequest_data()
    {
        QTest::addColumn<Delivery>("delivery");
        QTest::addColumn<QString>("text");
        const QDateTime at(QDate(2026, 1, 2), QTime(9, 31), Qt::LocalTime);
        QTest::newRow("nothing") << Delivery{} << u"not yet"_s;
        QTest::newRow("queued") << Delivery{Delivery::State::Queued, 0, {}} << u"queued"_s;
        QTest::newRow("sent") << Delivery{Delivery::State::InRequest, 4, {}} << u"request 4"_s;
        QTest::newRow("told") << Delivery{Delivery::State::Accepted, 3, at} << u"09:31:00"_s;
        QTest::newRow("told, nobody knows in which")
            << Delivery{Delivery::State::Accepted, 0, {}} << u"earlier"_s;
        QTest::newRow("told, time unknown") << Delivery{Delivery::State::Accepted, 3, {}} << u"request 3"_s;
    }

    void saysWhetherTheModelWasToldAndInWhichRequest()
    {
        QFETCH(Delivery, delivery);
        Table table;
        table.model.addOrUpdate(makeTask(u"a"_s, TaskState::Exited));
        QSignalSpy changed(&table.model, &QAbstractItemModel::dataChanged);
        table.model.setDelivery(u"a"_s, delivery);
        QTEST(table.at(0, TaskTableModel::DeliveryColumn).toString(), "text");
        table.model.setDelivery(u"a"_s, delivery);
        QCOMPARE(changed.count(), delivery == Delivery{} ? 0 : 1);
    }

    void saysWhenTheModelWasToldOrWhyNotYet()
    {
        Table table;
        table.model.addOrUpdate(makeTask(u"a"_s, TaskState::Exited));
        QSet<QString> notes;
        using Agent::DeliveryBlock;
        for (const DeliveryBlock why :
            {DeliveryBlock::OnItsWay, DeliveryBlock::TriesAgain, DeliveryBlock::RequestFailed,
                DeliveryBlock::NextRequest, DeliveryBlock::Soon, DeliveryBlock::PersonTypes,
                DeliveryBlock::Stopped, DeliveryBlock::EarlierRun, DeliveryBlock::NextTurn}) {
            table.model.setDelivery(u"a"_s, {Delivery::State::Queued, 0, {}}, why);
            notes += table.at(0, TaskTableModel::DeliveryColumn, TaskTableModel::DeliveryTextRole).toString();
            QVERIFY(!table.at(0, TaskTableModel::DeliveryColumn, Qt::ToolTipRole).toString().isEmpty());
        }
        QCOMPARE(notes.size(), 9);
        QCOMPARE(table.at(0, TaskTableModel::DeliveryColumn, Qt::AccessibleTextRole).toString(),
            u"sent to model: queued, next turn"_s);
        const QDateTime at(QDate(2026, 1, 2), QTime(9, 31, 7), Qt::LocalTime);
        table.model.setDelivery(u"a"_s, {Delivery::State::Accepted, 3, at});
        QCOMPARE(table.at(0, TaskTableModel::DeliveryColumn, TaskTableModel::DeliveryTextRole).toString(),
            u"request 3"_s);
        QCOMPARE(table.at(0, TaskTableModel::DeliveryColumn, Qt::AccessibleTextRole).toString(),
            u"sent to model: 09:31:07, request 3"_s);
    }

    void keepsTheNewsOfATaskWhoseRowComesLater()
    {
        Table table;
        table.model.setDelivery(u"a"_s, {Delivery::State::Queued, 0, {}});
        QCOMPARE(table.model.rowCount(), 0);
        table.model.addOrUpdate(makeTask(u"a"_s, TaskState::Exited));
        QCOMPARE(table.at(0, TaskTableModel::DeliveryColumn).toString(), u"queued"_s);
    }

    void saysThatProcessesStillRunAfterTheEnd()
    {
        Table table;
        Task task = makeTask(u"a"_s, TaskState::Exited);
        task.lastLine = u"listening on :5173"_s;
        task.survivors = 1;
        table.model.addOrUpdate(task);
        QCOMPARE(table.at(0, 0, TaskTableModel::LastLineRole).toString(), u"1 process still runs"_s);
        QVERIFY(Models::canBeStopped(task));
        task.survivors = 3;
        table.model.addOrUpdate(task);
        QCOMPARE(table.at(0, 0, TaskTableModel::LastLineRole).toString(), u"3 processes still run"_s);
        task.survivors = 0;
        table.model.addOrUpdate(task);
        QCOMPARE(table.at(0, 0, TaskTableModel::LastLineRole).toString(), u"listening on :5173"_s);
        QVERIFY(!Models::canBeStopped(task));
    }

    void theLastLineStaysWhereFilesChangedMeanwhile()
    {
        Table table;
        Task task = makeTask(u"a"_s, TaskState::Exited);
        task.lastLine = u"Tests: 5 failed, 35 passed"_s;
        task.changedFiles = {1, {u"src/cart.ts"_s}};
        table.model.addOrUpdate(task);
        const auto second = [&] { return table.at(0, 0, TaskTableModel::LastLineRole).toString(); };
        QCOMPARE(second(), u"△ Tests: 5 failed, 35 passed"_s);
        QVERIFY(table.at(0, TaskTableModel::CommandColumn, Qt::AccessibleTextRole)
                    .toString()
                    .endsWith(u"Last line: Tests: 5 failed, 35 passed. 1 file changed while it ran"_s));
        task.lastLine.clear();
        table.model.addOrUpdate(task);
        QCOMPARE(second(), u"△ 1 file changed while it ran"_s);
    }

    void showsWhatACommandIsForUntilItSaysSomethingItself()
    {
        Table table;
        Task task = makeTask(u"a"_s, TaskState::Running);
        task.spec.description = u"run the tests"_s;
        table.model.addOrUpdate(task);
        QCOMPARE(table.at(0, 0, TaskTableModel::LastLineRole).toString(), u"Purpose: run the tests"_s);
        QVERIFY(table.at(0, TaskTableModel::CommandColumn, Qt::ToolTipRole)
                    .toString()
                    .contains(u"run the tests"_s));
        task.lastLine = u"1 of 40"_s;
        table.model.addOrUpdate(task);
        QCOMPARE(table.at(0, 0, TaskTableModel::LastLineRole).toString(), u"1 of 40"_s);
    }

    void saysWhatRanOutsideTheBox()
    {
        Table table;
        Task task = makeTask(u"a"_s, TaskState::Queued);
        task.spec.outside = true;
        const auto second = [&] { return table.at(0, 0, TaskTableModel::LastLineRole).toString(); };
        const auto said = [&](int role) {
            return table.at(0, TaskTableModel::CommandColumn, role)
                .toString()
                .contains(u"Ran outside the box"_s);
        };
        for (const TaskState state : {TaskState::Queued, TaskState::Starting, TaskState::FailedToStart}) {
            task.state = state;
            table.model.addOrUpdate(task);
            QCOMPARE(second(), QString());
            QVERIFY(!said(Qt::ToolTipRole) && !said(Qt::AccessibleTextRole));
        }
        task.state = TaskState::Running;
        table.model.addOrUpdate(task);
        QCOMPARE(second(), u"outside"_s);
        QVERIFY(said(Qt::ToolTipRole) && said(Qt::AccessibleTextRole));
        task.state = TaskState::Exited;
        task.lastLine = u"2 containers"_s;
        table.model.addOrUpdate(task);
        QCOMPARE(second(), u"outside · 2 containers"_s);
        task.spec.outside = false;
        table.model.addOrUpdate(task);
        QCOMPARE(second(), u"2 containers"_s);
        QVERIFY(!said(Qt::ToolTipRole) && !said(Qt::AccessibleTextRole));
    }

    void showsWhyACommandCouldNotStart()
    {
        Table table;
        Task task = makeTask(u"a"_s, TaskState::FailedToStart);
        task.failure = u"The working directory is gone."_s;
        table.model.addOrUpdate(task);
        QCOMPARE(table.at(0, 0, TaskTableModel::LastLineRole).toString(), task.failure);
    }

    void alignsNumbersUnderTheirHeads()
    {
        Table table;
        table.model.addOrUpdate(makeTask(u"a"_s, TaskState::Exited));
        for (const int column :
            {TaskTableModel::TimeColumn, TaskTableModel::ExitColumn, TaskTableModel::OutputColumn}) {
            const auto aligned = Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter);
            QCOMPARE(table.at(0, column, Qt::TextAlignmentRole).value<Qt::Alignment>(), aligned);
            QCOMPARE(
                table.model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).value<Qt::Alignment>(),
                aligned);
        }
    }

    void showsAHostileCommandHarmlesslyAndKeepsItWhole()
    {
        Table table;
        Task task = makeTask(u"a"_s, TaskState::Running);
        task.spec.command = u"<b>rm</b> \u202Efdp.\n"_s + QString(10'000, u'x');
        task.lastLine = u"\u202Elive\u0007"_s;
        table.model.addOrUpdate(task);
        const QString shown = table.at(0, TaskTableModel::CommandColumn).toString();
        QVERIFY(shown.startsWith(u"<b>rm</b> ⟦U+202E⟧fdp. ↵ xxx"_s));
        QVERIFY(shown.size() < 320);
        QVERIFY(!shown.contains(u'\n'));
        const QString tip = table.at(0, TaskTableModel::CommandColumn, Qt::ToolTipRole).toString();
        QVERIFY(tip.contains(u"&lt;b&gt;rm"_s));
        QVERIFY(tip.size() < 3'000);
        QCOMPARE(table.at(0, 0, TaskTableModel::LastLineRole).toString(), u"⟦U+202E⟧live⟦U+0007⟧"_s);
        QCOMPARE(table.at(0, 0, TaskTableModel::TaskRole).value<Task>(), task);
    }

    void ordersStatesFromLiveToDone()
    {
        Table table;
        Task failed = makeTask(u"d"_s, TaskState::Exited);
        failed.exitCode = 2;
        for (const Task &task : {makeTask(u"a"_s, TaskState::Running), makeTask(u"b"_s, TaskState::Queued),
                 makeTask(u"c"_s, TaskState::Lost), failed, makeTask(u"e"_s, TaskState::Stopped),
                 makeTask(u"f"_s, TaskState::Exited)})
            table.model.addOrUpdate(task);
        for (int row = 1; row < table.model.rowCount(); ++row) {
            QVERIFY(table.at(row - 1, TaskTableModel::StateColumn, TaskTableModel::SortRole).toInt() <
                    table.at(row, TaskTableModel::StateColumn, TaskTableModel::SortRole).toInt());
        }
    }
};

MEANWHILE_TEST(TaskTableModelTest)
#include "tst_tasktablemodel.moc"
