// SPDX-License-Identifier: MIT
#include "checkpoints/sessioncheckpoints.h"
#include "support/fakecheckpoints.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Checkpoints;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using Tasks::ChangedFiles;
using Tasks::Task;

namespace {

/// A SessionCheckpoints over a store that the test speaks for, and what it said.
struct Bench {
    Bench()
    {
        auto made = std::make_unique<FakeCheckpoints>();
        store = made.get();
        checkpointer = std::make_unique<SessionCheckpoints>(std::move(made));
        QObject::connect(checkpointer.get(), &SessionCheckpoints::busyChanged, checkpointer.get(),
            [this](bool isBusy) { log += isBusy ? u"busy"_s : u"free"_s; });
    }

    static Task task(bool isForeground)
    {
        Task task;
        task.id = u"3f9a1c2e"_s;
        task.spec.foreground = isForeground;
        return task;
    }
    static Result<Checkpoint> taken(const QString &id) { return FakeCheckpoints::checkpoint(id, {}); }
    static Result<FileChanges> changed(const QByteArrayList &paths)
    {
        FileChanges changes;
        changes.changed = paths;
        return changes;
    }

    FakeCheckpoints *store = nullptr;
    std::unique_ptr<SessionCheckpoints> checkpointer;
    QStringList log;
};

} // namespace

class SessionCheckpointsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void isBusyUntilAllThatWasAskedForIsTaken()
    {
        Bench bench;
        bench.checkpointer->take(u"one"_s);
        bench.checkpointer->take(u"two"_s);
        QVERIFY(bench.checkpointer->isBusy());
        QTRY_COMPARE(bench.store->takes.size(), 2);
        QCOMPARE(bench.store->durability, QVector<Durability>(2, Durability::PowerLoss));
        FakeCheckpoints::answer(bench.store->takes, Bench::taken(u"1"_s));
        QTRY_VERIFY(bench.checkpointer->findChild<QTimer *>(u"prune"_s));
        QVERIFY(bench.checkpointer->isBusy());
        FakeCheckpoints::answer(bench.store->takes, Bench::taken(u"2"_s));
        QTRY_VERIFY(!bench.checkpointer->isBusy());
        QVERIFY(!bench.store->calls.contains(u"prune"_s));
        bench.checkpointer->findChild<QTimer *>(u"prune"_s)->start(0);
        QTRY_VERIFY(bench.store->calls.contains(u"prune"_s));
        QCOMPARE(bench.log, QStringList({u"busy"_s, u"free"_s}));
        QCOMPARE(bench.store->calls.count(u"prune"_s), 1);
    }

    void goesOnWithoutOneThatFailsAndSaysWhy()
    {
        Bench bench;
        bench.checkpointer->take(u"one"_s);
        QTRY_COMPARE(bench.store->takes.size(), 1);
        FakeCheckpoints::answer<Checkpoint>(
            bench.store->takes, failure(ErrorKind::DiskFull, u"The disk is full."_s));
        QTRY_VERIFY(!bench.checkpointer->isBusy());
        const auto found = bench.checkpointer->find(u"one"_s);
        FakeCheckpoints::answer<QVector<Checkpoint>>(bench.store->lists, QVector<Checkpoint>());
        QTRY_VERIFY(found.isFinished());
        QCOMPARE(found.result().error().kind, ErrorKind::NotFound);
        QCOMPARE(found.result().error().message, u"The disk is full."_s);
    }

    void givesUpWhatTakesTooLong()
    {
        Bench bench;
        bench.checkpointer->take(u"one"_s);
        QTRY_COMPARE(bench.store->takes.size(), 1);
        const QList<QTimer *> limits = bench.checkpointer->findChildren<QTimer *>(u"limit"_s);
        QCOMPARE(limits.size(), 1);
        QCOMPARE(limits.first()->intervalAsDuration(), SessionCheckpoints::kLongestTake);
        limits.first()->start(0);
        QTRY_VERIFY(!bench.checkpointer->isBusy());
        QVERIFY(bench.store->takes.first()->isCanceled());
        FakeCheckpoints::answer(bench.store->takes, Bench::taken(u"1"_s)); // all the same
        const auto found = bench.checkpointer->find(u"one"_s);
        FakeCheckpoints::answer<QVector<Checkpoint>>(bench.store->lists, QVector<Checkpoint>());
        QTRY_VERIFY(found.isFinished());
        QVERIFY(!found.result());
        QCOMPARE(bench.log, QStringList({u"busy"_s, u"free"_s}));
    }

    void letsACommandWaitASecondAndGoesOnBesideIt()
    {
        Bench bench;
        QSignalSpy copying(bench.checkpointer.get(), &SessionCheckpoints::copying);
        bench.checkpointer->take(u"one"_s);
        QTRY_COMPARE(bench.store->takes.size(), 1);
        const auto watch = bench.store->watches.first();
        watch->show(12'000, 50'000);
        auto *patience = bench.checkpointer->findChild<QTimer *>(u"patience"_s);
        QVERIFY(!patience->isActive()); // nothing waits
        bench.checkpointer->hurry();
        QCOMPARE(patience->intervalAsDuration(), std::chrono::seconds(1));
        QTRY_COMPARE(copying.size(), 1);
        QCOMPARE(copying.first(), (QList<QVariant>{12'000, 50'000}));
        QVERIFY(!watch->isLate);
        patience->start(0);
        QTRY_VERIFY(!bench.checkpointer->isBusy());
        QVERIFY(watch->isLate);
        QCOMPARE(copying.last(), (QList<QVariant>{0, 0}));
        QVERIFY(!bench.store->takes.first()->isCanceled());
        FakeCheckpoints::answer(bench.store->takes, Bench::taken(u"1"_s));
        QTRY_VERIFY(bench.checkpointer->findChild<QTimer *>(u"prune"_s));
        QCOMPARE(bench.log, QStringList({u"busy"_s, u"free"_s}));
    }

    void isNotLateWhenItIsDoneWhileACommandWaits()
    {
        Bench bench;
        bench.checkpointer->take(u"one"_s);
        QTRY_COMPARE(bench.store->takes.size(), 1);
        bench.checkpointer->hurry();
        FakeCheckpoints::answer(bench.store->takes, Bench::taken(u"1"_s));
        QTRY_VERIFY(!bench.checkpointer->isBusy());
        QVERIFY(!bench.store->watches.first()->isLate);
        QVERIFY(!bench.checkpointer->findChild<QTimer *>(u"patience"_s)->isActive());
    }

    void findsTheNewestOfALabel()
    {
        Bench bench;
        const auto found = bench.checkpointer->find(u"two"_s);
        FakeCheckpoints::answer<QVector<Checkpoint>>(
            bench.store->lists, QVector<Checkpoint>{FakeCheckpoints::checkpoint(u"3"_s, u"one"_s),
                                    FakeCheckpoints::checkpoint(u"2"_s, u"two"_s),
                                    FakeCheckpoints::checkpoint(u"1"_s, u"two"_s)});
        QTRY_VERIFY(found.isFinished());
        QCOMPARE(found.result()->id, u"2"_s);
    }

    void isBusyWhileItRestores()
    {
        Bench bench;
        bench.checkpointer->restore(u"7"_s);
        QCOMPARE(bench.store->calls, QStringList{u"restore 7"_s});
        QVERIFY(bench.checkpointer->isBusy());
        FakeCheckpoints::answer<Restored>(bench.store->restores, failure(ErrorKind::NotFound, {}));
        QTRY_VERIFY(!bench.checkpointer->isBusy());
    }

    void saysWhatChangedWhileATaskRan()
    {
        Bench bench;
        bench.checkpointer->taskStarts(Bench::task(false));
        QCOMPARE(bench.store->calls, QStringList{u"take task:3f9a1c2e"_s});
        QVERIFY(!bench.checkpointer->isBusy());
        FakeCheckpoints::answer(bench.store->takes, Bench::taken(u"1"_s));
        const auto changes = bench.checkpointer->changesOf(Bench::task(false), {});
        QCOMPARE(bench.store->calls.sliced(1), QStringList({u"changes 1"_s, u"forget 1"_s}));
        QVERIFY(!changes.isFinished());
        FakeCheckpoints::answer(bench.store->comparisons, Bench::changed({"b", "a"}));
        QTRY_VERIFY(changes.isFinished());
        QCOMPARE(changes.result(), (ChangedFiles{2, {u"a"_s, u"b"_s}}));
    }

    void aShortCommandCostsNothing()
    {
        Bench bench;
        bench.checkpointer->taskStarts(Bench::task(true));
        const auto changes = bench.checkpointer->changesOf(Bench::task(true), {});
        QVERIFY(changes.isFinished());
        QVERIFY(changes.result().isEmpty());
        QVERIFY(bench.store->calls.isEmpty());
    }

    void aLongerCommandInTheForegroundIsComparedToo()
    {
        Bench bench;
        bench.checkpointer->taskStarts(Bench::task(true));
        QVERIFY(bench.store->calls.isEmpty());
        QTRY_COMPARE(bench.store->calls, QStringList{u"take task:3f9a1c2e"_s});
        QCOMPARE(bench.store->durability,
            QVector<Durability>{Durability::Restart}); // no task outlasts a power cut
    }

    void doesNotWaitForACheckpointThatCameTooLate()
    {
        Bench bench;
        bench.checkpointer->taskStarts(Bench::task(false));
        const auto changes = bench.checkpointer->changesOf(Bench::task(false), {});
        QVERIFY(changes.isFinished());
        QVERIFY(changes.result().isEmpty());
        QVERIFY(bench.store->takes.first()->isCanceled());
    }

    void aFileThatAToolWroteIsToldThoughNoCheckpointWasThereInTime()
    {
        Bench bench;
        bench.store->ignored = QStringList{u"build/log"_s};
        bench.checkpointer->taskStarts(Bench::task(false));
        const auto changes =
            bench.checkpointer->changesOf(Bench::task(false), {u"build/log"_s, u"src/a.cpp"_s});
        QTRY_VERIFY(changes.isFinished());
        QCOMPARE(changes.result(), (ChangedFiles{1, {u"src/a.cpp"_s}}));
    }

    void countsWhatWasWrittenFromTheStartOfTheCommandOn()
    {
        Bench bench;
        const auto nowNs = [] { return QDateTime::currentMSecsSinceEpoch() * 1'000'000; };
        const qint64 before = nowNs();
        bench.checkpointer->taskStarts(Bench::task(true));
        const qint64 after = nowNs();
        QTRY_COMPARE(bench.store->takes.size(), 1); // later
        FakeCheckpoints::answer(bench.store->takes, Bench::taken(u"1"_s));
        const auto changes = bench.checkpointer->changesOf(Bench::task(true), {});
        QCOMPARE(bench.store->since.size(), 1);
        const qint64 since = bench.store->since.first();
        QVERIFY(since > before && since <= after + 1'000'000);
    }

    void aFileThatAToolWroteAndAScanFoundIsToldOnce()
    {
        Bench bench;
        bench.checkpointer->taskStarts(Bench::task(false));
        FakeCheckpoints::answer(bench.store->takes, Bench::taken(u"1"_s));
        const auto changes = bench.checkpointer->changesOf(Bench::task(false), {u"b"_s, u"c"_s});
        FakeCheckpoints::answer(bench.store->comparisons, Bench::changed({"b", "a"}));
        QTRY_VERIFY(changes.isFinished());
        QCOMPARE(changes.result(), (ChangedFiles{3, {u"a"_s, u"b"_s, u"c"_s}}));
    }

    void aComparisonThatNeverEndsLeavesWhatAToolWrote()
    {
        Bench bench;
        bench.checkpointer->taskStarts(Bench::task(false));
        FakeCheckpoints::answer(bench.store->takes, Bench::taken(u"1"_s));
        const auto changes = bench.checkpointer->changesOf(Bench::task(false), {u"c"_s});
        QTRY_VERIFY(changes.isFinished());
        QCOMPARE(changes.result(), (ChangedFiles{1, {u"c"_s}}));
        QVERIFY(bench.store->comparisons.first()->isCanceled());
    }

    void whatARestoreWroteCountsForATaskThatRuns()
    {
        auto made = std::make_unique<FakeCheckpoints>();
        FakeCheckpoints *store = made.get();
        const QTemporaryDir folder;
        const auto writes = std::make_shared<Tasks::WriteLog>(folder.path());
        SessionCheckpoints checkpointer(std::move(made), writes);
        const auto restored = checkpointer.restore(u"1"_s);
        Restored done;
        done.written = {"src/a.cpp"};
        done.removed = {"gone", "named in Latin-1 \xe9"};
        FakeCheckpoints::answer(store->restores, Result<Restored>(done));
        QTRY_VERIFY(!checkpointer.isBusy());
        QCOMPARE(writes->since(0), QStringList({u"gone"_s, u"named in Latin-1 \\xe9"_s, u"src/a.cpp"_s}));
    }

    void findsTheCheckpointOfATaskOfAnEarlierRun()
    {
        Bench bench;
        const auto changes = bench.checkpointer->changesOf(Bench::task(false), {});
        FakeCheckpoints::answer<QVector<Checkpoint>>(
            bench.store->lists, QVector<Checkpoint>{FakeCheckpoints::checkpoint(u"5"_s, u"task:3f9a1c2e"_s)});
        QTRY_COMPARE(bench.store->calls.value(1), u"changes 5"_s);
        FakeCheckpoints::answer(bench.store->comparisons, Bench::changed({"a"}));
        QTRY_VERIFY(changes.isFinished());
        QCOMPARE(changes.result().paths, QStringList{u"a"_s});
    }

    void answersWithNothingWhereNothingIsKnown_data()
    {
        QTest::addColumn<bool>("isListed");
        QTest::newRow("no checkpoint") << false;
        QTest::newRow("the comparison fails") << true;
    }

    void answersWithNothingWhereNothingIsKnown()
    {
        QFETCH(bool, isListed);
        Bench bench;
        const auto changes = bench.checkpointer->changesOf(Bench::task(false), {});
        FakeCheckpoints::answer<QVector<Checkpoint>>(bench.store->lists,
            QVector<Checkpoint>{
                FakeCheckpoints::checkpoint(u"5"_s, isListed ? u"task:3f9a1c2e"_s : u"message:1"_s)});
        if (isListed) {
            QTRY_COMPARE(bench.store->comparisons.size(), 1);
            FakeCheckpoints::answer<FileChanges>(bench.store->comparisons, failure(ErrorKind::Io, {}));
        }
        QTRY_VERIFY(changes.isFinished());
        QCOMPARE(changes.result(), ChangedFiles());
    }

    void aComparisonThatNeverEndsHoldsNothingUp()
    {
        Bench bench;
        const auto changes = bench.checkpointer->changesOf(Bench::task(false), {});
        FakeCheckpoints::answer<QVector<Checkpoint>>(
            bench.store->lists, QVector<Checkpoint>{FakeCheckpoints::checkpoint(u"5"_s, u"task:3f9a1c2e"_s)});
        QTRY_COMPARE(bench.store->comparisons.size(), 1);
        QTRY_VERIFY(changes.isFinished());
        QCOMPARE(changes.result(), ChangedFiles());
        QVERIFY(bench.store->comparisons.first()->isCanceled());
    }
};

MEANWHILE_TEST(SessionCheckpointsTest)
#include "tst_sessioncheckpoints.moc"
