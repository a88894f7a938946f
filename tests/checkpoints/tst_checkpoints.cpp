// SPDX-License-Identifier: MIT
#include "base/whenfinished.h"
#include "checkpoints/asynccheckpointstore.h"
#include "checkpoints/packwriter.h"
#include "checkpoints/projectbench.h"
#include "support/failingcalls.h"
#include "support/testregistry.h"

#include <QDirIterator>
#include <QRandomGenerator>
#include <QtTest>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Checkpoints;
using namespace Qt::StringLiterals;
using Meanwhile::Testing::FailingCalls;
using Meanwhile::Testing::ProjectBench;

class CheckpointsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void saysWhatIsDifferent()
    {
        ProjectBench bench;
        bench.put(u"same"_s, "same");
        bench.put(u"src/a.cpp"_s, "1\n2\n3\n");
        bench.put(u"gone"_s, "gone");
        bench.put(u"run"_s, "run");
        bench.link("same", u"link"_s);
        const Checkpoint first = bench.take(u"before message 1"_s);
        QCOMPARE(first.files, 5);
        QCOMPARE(first.leftOut, 0);
        QVERIFY(bench.changes(first.id).isEmpty());
        bench.put(u"src/a.cpp"_s, "1\ntwo\n3\n");
        bench.remove(u"gone"_s);
        bench.put(u"run"_s, "run", 0755);
        bench.remove(u"link"_s);
        bench.link("run", u"link"_s);
        bench.put(u"new"_s, "new");
        bench.put(u"same"_s, "same"); // written again
        const FileChanges expected{{"new"}, {"link", "run", "src/a.cpp"}, {"gone"}, {}};
        QCOMPARE(bench.changes(first.id), expected);
        const Checkpoint second = bench.take(u"before message 2"_s);
        QCOMPARE(bench.changes(first.id, second.id), expected);
        const Result<QVector<Checkpoint>> all = bench.folder->list();
        QVERIFY(all);
        QCOMPARE(*all, (QVector<Checkpoint>{second, first}));
        for (const QString &to : {QString(), second.id})
            QCOMPARE(bench.folder->diff(first.id, to, "src/a.cpp").value_or(u"failed"_s),
                u"--- a/src/a.cpp\n+++ b/src/a.cpp\n@@ -1,3 +1,3 @@\n 1\n-2\n+two\n 3\n"_s);
        QVERIFY(bench.folder->diff(first.id, {}, "gone").value_or(u"failed"_s).contains(u"-gone"_s));
        QCOMPARE(bench.folder->diff(first.id, {}, "../state/x").value_or(u"failed"_s), QString());
    }

    void countsWhatWasWrittenBeforeItWasComplete()
    {
        ProjectBench bench;
        const auto changedNs = [&bench](const QString &name) {
            return FileStamp::at(QFile::encodeName(bench.path(name))).value_or(FileStamp{}).changedNs;
        };
        bench.put(u"old"_s, "1");
        bench.put(u"early"_s, "1");
        const qint64 since = std::max(changedNs(u"old"_s), changedNs(u"early"_s));
        while (changedNs(u"early"_s) <= since) // the clock of files is a coarse one
            bench.put(u"early"_s, "2");
        const Checkpoint taken = bench.take();
        QVERIFY(bench.changes(taken.id).isEmpty());
        QCOMPARE(bench.folder->changes(taken.id, {}, ProjectBench::never, since).value_or(FileChanges{}),
            (FileChanges{{}, {"early"}, {}, {}}));
    }

    void touchesNothingOfGit()
    {
        ProjectBench bench;
        bench.git({u"init"_s, u"-q"_s});
        bench.put(u"kept"_s, "1");
        bench.git({u"add"_s, u"."_s});
        bench.git({u"commit"_s, u"-q"_s, u"-m"_s, u"first"_s});
        bench.put(u"kept"_s, "2");
        bench.put(u"staged"_s, "staged");
        bench.git({u"add"_s, u"."_s});
        bench.put(u"kept"_s, "3");
        bench.put(u"nested/inner"_s, "inner");
        bench.git({u"init"_s, u"-q"_s}, u"nested"_s);
        bench.git({u"add"_s, u"."_s}, u"nested"_s);
        const QStringList work{u"kept"_s, u"staged"_s, u"nested/inner"_s};
        const auto git = bench.everything(work);
        const auto all = bench.everything();
        const Checkpoint checkpoint = bench.take();
        QCOMPARE(checkpoint.files, 3);
        bench.put(u"kept"_s, "4");
        bench.remove(u"staged"_s);
        bench.put(u"nested/inner"_s, "changed");
        QCOMPARE(bench.changes(checkpoint.id).count(), 3);
        QVERIFY(bench.restore(checkpoint.id).skipped.isEmpty());
        QCOMPARE(bench.everything(work), git);
        QCOMPARE(bench.everything(), all);
    }

    void honoursGitignore()
    {
        ProjectBench bench;
        bench.put(u".gitignore"_s, "*.o\nbuild/\n!keep.o\n");
        bench.put(u"sub/.gitignore"_s, "x\n");
        for (const QString &name : {u"a.o"_s, u"keep.o"_s, u"build/y"_s, u"sub/x"_s, u"sub/z"_s, u"x"_s})
            bench.put(name, "1");
        const Checkpoint checkpoint = bench.take();
        QCOMPARE(checkpoint.files, 5); // two .gitignore, keep.o, sub/z, x
        bench.put(u"a.o"_s, "2");
        bench.put(u"build/more"_s, "2");
        bench.put(u"sub/x"_s, "2");
        QVERIFY(bench.changes(checkpoint.id).isEmpty());
        bench.put(u"sub/.gitignore"_s, "z\n");
        QCOMPARE(bench.changes(checkpoint.id), (FileChanges{{"sub/x"}, {"sub/.gitignore"}, {"sub/z"}, {}}));
    }

    void followsTheRulesThatAreNoFilesOfTheProject()
    {
        ProjectBench bench;
        bench.git({u"init"_s, u"-q"_s});
        bench.put(u".gitignore"_s, "*.log\n");
        bench.put(u"a.log"_s, "1");
        bench.put(u"b.txt"_s, "1");
        QCOMPARE(bench.take().files, 2);
        bench.git({u"add"_s, u"-f"_s, u"a.log"_s});
        QCOMPARE(bench.take().files, 3); // git follows what is in its index
        bench.put(u"others"_s, "b.txt\n");
        bench.git({u"config"_s, u"core.excludesFile"_s, bench.path(u"others"_s)});
        QCOMPARE(bench.take().files, 3); // the file of rules came, b.txt went
        bench.put(u".git/info/exclude"_s, "others\n");
        QCOMPARE(bench.take().files, 2);
    }

    void bringsBackATrackedFileThatARuleIgnores()
    {
        ProjectBench bench;
        bench.git({u"init"_s, u"-q"_s});
        bench.put(u".gitignore"_s, "build/\n");
        bench.put(u"build/kept"_s, "1");
        bench.put(u"build/made"_s, "1");
        bench.git({u"add"_s, u"-f"_s, u"build/kept"_s});
        const Checkpoint checkpoint = bench.take();
        bench.put(u"build/kept"_s, "2");
        bench.put(u"build/made"_s, "2");
        QVERIFY(bench.restore(checkpoint.id).skipped.isEmpty());
        QCOMPARE(bench.contentOf(u"build/kept"_s), QByteArray("1"));
        QCOMPARE(bench.contentOf(u"build/made"_s), QByteArray("2")); // nobody's but the build's
    }

    void notesWhatItLeavesOut()
    {
        ScanLimits limits;
        limits.maxFileBytes = 1'000;
        limits.maxTotalBytes = 2'500;
        ProjectBench bench(limits);
        bench.put(u"a"_s, QByteArray(900, 'a'));
        bench.put(u"b"_s, QByteArray(1'001, 'b'));
        bench.put(u"c"_s, QByteArray(900, 'c'));
        bench.put(u"d"_s, QByteArray(900, 'd'));
        bench.put(u"e"_s, QByteArray(100, 'e'));
        QCOMPARE(::mkfifo(QFile::encodeName(bench.path(u"pipe"_s)).constData(), 0600), 0);
        const FailingCalls closed(QFile::encodeName(bench.path(u"a"_s)).constData(), 1, EACCES,
            FailingCalls::Open, FailingCalls::Lasting::FromThenOn);
        const Checkpoint checkpoint = bench.take();
        QCOMPARE(checkpoint.files, 2); // c and e
        QCOMPARE(checkpoint.leftOut, 4);
        bench.put(u"b"_s, QByteArray(1'002, 'b'));
        QVERIFY(bench.changes(checkpoint.id).isEmpty());
    }

    void knowsWhenItDoesNotKnowAllFiles()
    {
        ScanLimits limits;
        limits.maxFiles = 3;
        ProjectBench bench(limits);
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
            bench.put(name, "1");
        const Checkpoint checkpoint = bench.take();
        QCOMPARE(checkpoint.files, 3);
        bench.remove(u"a"_s);
        bench.put(u"b"_s, "2");
        const Restored restored = bench.restore(checkpoint.id);
        QCOMPARE(restored.removed, QByteArrayList());
        QCOMPARE(bench.contentOf(u"d"_s), "1");
    }

    void leavesOutAFileThatDoesNotComeToRest_data()
    {
        QTest::addColumn<int>("writes");
        QTest::addColumn<int>("files");
        QTest::newRow("never") << 1'000 << 1;
        QTest::newRow("after a while") << 2 << 2;
    }

    void leavesOutAFileThatDoesNotComeToRest()
    {
        QFETCH(int, writes);
        QFETCH(int, files);
        ProjectBench bench;
        bench.put(u"log"_s, "begin");
        bench.put(u"still"_s, "still");
        FailingCalls disk(QFile::encodeName(bench.path(u"log"_s)).constData(), 0, 0);
        int written = 0;
        // Of the same size and within one tick: neither stamp nor size tells.
        disk.setAfterRead([&] {
            if (written++ < writes)
                bench.put(u"log"_s, "be" + QByteArray::number(100 + written));
        });
        const Checkpoint checkpoint = bench.take();
        disk.stop();
        QCOMPARE(checkpoint.files, files);
        QCOMPARE(checkpoint.leftOut, 2 - files);
        QCOMPARE(bench.take().files, 2);
        const QByteArray content = bench.contentOf(u"log"_s);
        bench.put(u"log"_s, "later");
        if (files == 2)
            bench.restore(checkpoint.id);
        QCOMPARE(bench.contentOf(u"log"_s), files == 2 ? content : "later"_qba);
    }

    // The stamp of a file does not move when it is written twice within one tick of the kernel's clock.
    void seesAWriteOfTheSameSizeRightAfterwards()
    {
        ProjectBench bench;
        for (int i = 0; i < 50; ++i) {
            bench.put(u"a"_s, "old" + QByteArray::number(1'000 + i));
            const Checkpoint checkpoint = bench.take();
            bench.put(u"a"_s, "new" + QByteArray::number(1'000 + i));
            QCOMPARE(bench.changes(checkpoint.id).changed, QByteArrayList{"a"});
        }
    }

    void readsUnchangedFilesOnlyOnce()
    {
        ProjectBench bench;
        bench.git({u"init"_s, u"-q"_s});
        bench.put(u".gitignore"_s, "*.o\n");
        for (int i = 0; i < 5'000; ++i)
            bench.put(u"part%1/sub%2/file%3.cpp"_s.arg(i % 10).arg(i % 100).arg(i),
                QByteArray::number(i).repeated(200));
        bench.take();
        bench.take(); // what was written in the last moment before the first is read again
        for (const bool isNewStart : {false, true}) {
            if (isNewStart)
                bench.startAgain();
            bench.put(u"part1/sub1/file1.cpp"_s, isNewStart ? "changed again" : "changed");
            const FailingCalls count(QFile::encodeName(bench.path()).constData(), 0, 0, FailingCalls::Open);
            bench.take();
            QVERIFY2(count.seen() < 500, qPrintable(QString::number(count.seen())));
        }
    }

    void goesOnWhereACancelledOneHadGot()
    {
        ProjectBench bench;
        for (int i = 0; i < 400; ++i)
            bench.put(u"file%1"_s.arg(i), QByteArray::number(i));
        QElapsedTimer rest; // what was written a moment ago is read again in any case
        rest.start();
        QTRY_VERIFY(rest.hasExpired(30));
        int asked = 0;
        const auto late = [&asked] {
            return ++asked > 700;
        }; // the scan is over by then, half of them are read
        QCOMPARE(bench.folder->take({}, Durability::PowerLoss, late).error().kind, ErrorKind::Cancelled);
        const FailingCalls count(QFile::encodeName(bench.path()).constData(), 0, 0, FailingCalls::Open);
        const Checkpoint taken = bench.take();
        QCOMPARE(taken.files, 400);
        QVERIFY2(count.seen() < 250, qPrintable(QString::number(count.seen())));
    }

    void namesNoCheckpointThatCannotBeRestored_data()
    {
        QTest::addColumn<int>("files");
        QTest::addColumn<int>("step");
        QTest::addColumn<bool>("once");
        QTest::newRow("few files, each synced") << 3 << 1 << false;
        QTest::newRow("few files, one call fails") << 3 << 2 << true;
        QTest::newRow("many files, in a pack") << 40 << 3 << false;
        QTest::newRow("many files, one call fails") << 40 << 3 << true;
    }

    void namesNoCheckpointThatCannotBeRestored()
    {
        QFETCH(int, files);
        QFETCH(int, step);
        QFETCH(bool, once);
        bool isOver = false;
        int failures = 0;
        for (int nth = 1; !isOver; nth += step) {
            ProjectBench bench;
            for (int i = 0; i < files; ++i)
                bench.put(u"file%1"_s.arg(i), "content " + QByteArray::number(i));
            const auto tree = bench.everything();
            FailingCalls disk(QFile::encodeName(bench.statePath()).constData(), nth, ENOSPC,
                FailingCalls::All, once ? FailingCalls::Lasting::Once : FailingCalls::Lasting::FromThenOn);
            const Result<Checkpoint> taken =
                bench.folder->take({}, Durability::PowerLoss, ProjectBench::never);
            isOver = disk.seen() < nth;
            disk.stop();
            failures += taken ? 0 : 1;
            if (!taken)
                QVERIFY2(
                    taken.error().message.endsWith(u"then try again."_s), qPrintable(taken.error().message));
            bench.startAgain();
            const Checkpoint again = bench.take();
            bench.put(u"file0"_s, "changed");
            bench.put(u"file1"_s, "changed");
            const Result<QVector<Checkpoint>> all = bench.folder->list();
            QVERIFY(all);
            for (const Checkpoint &checkpoint : *all) {
                bench.restore(checkpoint.id);
                QCOMPARE(bench.everything(), tree);
            }
            QVERIFY(all->contains(again));
        }
        QVERIFY2(failures > 3, qPrintable(QString::number(failures)));
    }

    void waitsForTheDiskOnlyWhereItIsToOutlastAPowerCut()
    {
        ProjectBench bench;
        bench.put(u"file"_s, "content");
        QElapsedTimer rest; // what was written a moment ago is read again in any case
        rest.start();
        QTRY_VERIFY(rest.hasExpired(30));
        bench.take();
        {
            const FailingCalls disk(
                QFile::encodeName(bench.statePath()).constData(), 0, 0, FailingCalls::Sync);
            QVERIFY(bench.folder->take(u"task"_s, Durability::Restart, ProjectBench::never));
            QCOMPARE(disk.seen(), 0);
            QVERIFY(bench.folder->take(u"message"_s, Durability::PowerLoss, ProjectBench::never));
            QVERIFY(disk.seen() >= 2);
        }
        bench.startAgain();
        const Result<QVector<Checkpoint>> all = bench.folder->list();
        QVERIFY(all && all->size() == 3 && all->at(1).label == u"task"_s);
    }

    void saysThatACommandRanMeanwhile()
    {
        ProjectBench bench;
        bench.put(u"a"_s, "a");
        TakeWatch watch;
        watch.isLate = true;
        const Result<Checkpoint> taken = bench.folder->take(
            {}, Durability::PowerLoss, ProjectBench::never, [](const Checkpoint &) {}, &watch);
        QVERIFY(taken && taken->isLate);
        QCOMPARE(watch.total, 1);
        bench.startAgain();
        QVERIFY(bench.folder->list()->first().isLate);
        bench.put(u"a"_s, "b");
        QVERIFY(!bench.take().isLate);
    }

    void prunesTheOldestAndKeepsTheRestWhole()
    {
        ProjectBench bench;
        bench.put(u"shared"_s, "shared");
        QVector<Checkpoint> taken;
        for (int i = 0; i < 6; ++i) {
            bench.put(u"a"_s, QByteArray(100'000, char('a' + i)));
            taken += bench.take(QString::number(i));
        }
        PrunePolicy policy;
        policy.keepAtLeast = 2;
        QCOMPARE(bench.folder->prune(policy, ProjectBench::never).value_or(Pruned{9, 9}), (Pruned{0, 0}));
        policy.maxBytes = 0;
        policy.keep = {taken.at(1).id};
        const Result<Pruned> pruned = bench.folder->prune(policy, ProjectBench::never);
        QVERIFY(pruned);
        QCOMPARE(pruned->checkpoints, 3);
        QVERIFY(pruned->bytes > 0);
        QCOMPARE(bench.folder->list().value_or(QVector<Checkpoint>()),
            (QVector<Checkpoint>{taken.at(5), taken.at(4), taken.at(1)}));
        QVERIFY(!bench.folder->restore(taken.at(0).id, {}, ProjectBench::never));
        QVERIFY(bench.restore(taken.at(1).id).skipped.isEmpty());
        QCOMPARE(bench.contentOf(u"a"_s), QByteArray(100'000, 'b'));
        QVERIFY(bench.restore(taken.at(5).id).skipped.isEmpty());
        policy = {};
        policy.keepAtLeast = 0;
        policy.maxAge = std::chrono::hours(0);
        QVERIFY(bench.folder->prune(policy, ProjectBench::never));
        QCOMPARE(bench.folder->list().value_or(taken).size(), 0);
        const Checkpoint later = bench.take(); // from what the cache remembers, without reading
        bench.remove(u"shared"_s);
        QVERIFY(bench.restore(later.id).skipped.isEmpty());
        QCOMPARE(bench.contentOf(u"shared"_s), "shared");
    }

    void twoProgramsShareOneProject()
    {
        ProjectBench bench;
        DiskCheckpointStore other(bench.path(), bench.statePath(), std::make_shared<Project::GitModule>());
        PrunePolicy newest;
        newest.keepAtLeast = 1;
        newest.maxBytes = 0;
        for (int i = 0; i < 6; ++i) {
            bench.put(u"a"_s, "by one " + QByteArray::number(i));
            bench.put(u"b%1"_s.arg(i), "b");
            bench.take();
            bench.put(u"a"_s, "by the other " + QByteArray::number(i));
            QVERIFY(other.take({}, Durability::PowerLoss, ProjectBench::never));
            QVERIFY(other.prune(newest, ProjectBench::never));
            const auto tree = bench.everything();
            const Checkpoint mine = bench.take();
            bench.remove(u"b0"_s);
            QVERIFY(bench.restore(mine.id).skipped.isEmpty());
            QCOMPARE(bench.everything(), tree);
        }
    }

    void neverRecordsItsOwnState()
    {
        ProjectBench bench;
        bench.put(u"a"_s, "a");
        bench.put(u"home/state/database"_s, "rows");
        DiskCheckpointStore folder(
            bench.path(), bench.path(u"home/state"_s), std::make_shared<Project::GitModule>());
        const Result<Checkpoint> checkpoint = folder.take({}, Durability::PowerLoss, ProjectBench::never);
        QVERIFY(checkpoint);
        QCOMPARE(checkpoint->files, 1);
        bench.put(u"home/state/database"_s, "more rows");
        QVERIFY(folder.restore(checkpoint->id, {}, ProjectBench::never));
        QCOMPARE(bench.contentOf(u"home/state/database"_s), "more rows");
    }

    void leavesThePrivatePlacesOfAHomeAlone()
    {
        ProjectBench bench;
        for (const QString &name : {u".ssh/id_rsa"_s, u".config/meanwhile/some.key"_s, u".bash_history"_s,
                 u".config/other"_s, u"code/main.c"_s})
            bench.put(name, "old of " + name.toUtf8());
        const auto linked = [&bench](const QString &name) {
            return ::link(QFile::encodeName(bench.path(u".ssh/id_rsa"_s)).constData(),
                QFile::encodeName(bench.path(name)).constData());
        };
        QCOMPARE(linked(u"code/twin"_s), 0);
        const Checkpoint before = bench.take(); // by a program that knew of no private places
        const QString home = QDir(bench.path()).canonicalPath();
        DiskCheckpointStore folder(home, bench.statePath(u"new"_s), std::make_shared<Project::GitModule>(),
            {}, Project::PrivatePlaces({home}, {}, home));
        const Result<Checkpoint> taken = folder.take({}, Durability::PowerLoss, ProjectBench::never);
        QVERIFY(taken);
        QCOMPARE(taken->files, 2);
        QCOMPARE(taken->leftOut, 4);
        const std::unique_ptr<Project::ObjectStore> objects = folder.git()->objects(QDirIterator(
            bench.statePath(u"new/checkpoints"_s), {u"objects"_s}, QDir::Dirs, QDirIterator::Subdirectories)
                                                                                        .next());
        for (const QString &name : {u".ssh/id_rsa"_s, u".config/meanwhile/some.key"_s, u".bash_history"_s})
            QVERIFY2(!objects->has(PackWriter::nameOf(bench.contentOf(name))), qPrintable(name));
        QVERIFY(objects->has(PackWriter::nameOf(bench.contentOf(u"code/main.c"_s))));
        bench.put(u".ssh/id_rsa"_s, "new");
        bench.put(u".ssh/known_hosts"_s, "new");
        bench.put(u"code/main.c"_s, "new");
        bench.put(u".gnupg/key"_s, "new");
        QCOMPARE(folder.changes(taken->id, {}, ProjectBench::never).value_or(FileChanges{}),
            (FileChanges{{}, {"code/main.c"}, {}, {}}));
        QCOMPARE(folder.diff(taken->id, {}, ".ssh/id_rsa").value_or(u"failed"_s), QString());
        DiskCheckpointStore later(home, bench.statePath(), std::make_shared<Project::GitModule>(), {},
            Project::PrivatePlaces({home}, {}, home));
        for (const auto &[from, id] : {std::pair(&folder, taken->id), std::pair(&later, before.id)}) {
            QVERIFY(from->restore(id, {}, ProjectBench::never));
            QCOMPARE(bench.contentOf(u".ssh/id_rsa"_s), "new");
            QCOMPARE(bench.contentOf(u".ssh/known_hosts"_s), "new");
            QCOMPARE(bench.contentOf(u".gnupg/key"_s), "new");
            QCOMPARE(bench.contentOf(u"code/twin"_s), "new");
            QCOMPARE(bench.contentOf(u"code/main.c"_s), "old of code/main.c");
            bench.put(u"code/main.c"_s, "new");
        }
    }

    void endsSoonWhenCancelled()
    {
        ProjectBench bench;
        for (int i = 0; i < 50; ++i)
            bench.put(u"file%1"_s.arg(i), "content " + QByteArray::number(i));
        for (int after : {0, 10, 60, 90}) {
            int asked = 0;
            const Result<Checkpoint> taken =
                bench.folder->take({}, Durability::PowerLoss, [&] { return ++asked > after; });
            QVERIFY(!taken);
            QCOMPARE(nameOf(taken.error().kind), nameOf(ErrorKind::Cancelled));
            QVERIFY(asked <= after + 3);
        }
        QCOMPARE(bench.folder->list().value_or(QVector<Checkpoint>(3)).size(), 0);
        QCOMPARE(bench.take().files, 50);
    }

    void saysThatTheModuleIsMissing()
    {
        ProjectBench bench;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^git support is missing"_s));
        DiskCheckpointStore folder(
            bench.path(), bench.statePath(), std::make_shared<Project::GitModule>(u"/no/such/module.so"_s));
        const Result<Checkpoint> taken = folder.take({}, Durability::PowerLoss, ProjectBench::never);
        QVERIFY(!taken);
        QCOMPARE(nameOf(taken.error().kind), nameOf(ErrorKind::Unsupported));
    }

    void worksBesideTheGuiThread()
    {
        ProjectBench bench;
        bench.put(u"a"_s, "1");
        AsyncCheckpointStore store(std::move(bench.folder));
        QString id;
        QStringList log;
        whenFinished(
            store.take(u"first"_s, Durability::PowerLoss), this, [&](const Result<Checkpoint> &taken) {
                id = taken->id;
                log += taken->label;
                bench.put(u"a"_s, "2");
                whenFinished(store.changes(id, {}, 0), this, [&](const Result<FileChanges> &changes) {
                    log += QString::fromUtf8(changes->changed.join());
                });
                whenFinished(store.diff(id, {}, "a"), this, [&](const Result<QString> &diff) {
                    log += diff->contains(u"-1"_s) ? u"diff"_s : u"none"_s;
                });
                whenFinished(store.restore(id, u"undo"_s), this, [&](const Result<Restored> &restored) {
                    log += QString::fromUtf8(restored->written.join());
                });
                whenFinished(store.prune({}), this,
                    [&](const Result<Pruned> &pruned) { log += QString::number(pruned->checkpoints); });
                whenFinished(store.list(), this, [&](const Result<QVector<Checkpoint>> &all) {
                    for (const Checkpoint &checkpoint : *all)
                        log += checkpoint.label;
                });
            });
        QVERIFY(log.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(
            log, (QStringList{u"first"_s, u"a"_s, u"diff"_s, u"a"_s, u"0"_s, u"undo"_s, u"first"_s}), 20'000);
        QCOMPARE(bench.contentOf(u"a"_s), "1");
    }

    void endsWhatIsUnderWayWhenItGoes()
    {
        ProjectBench bench;
        for (int i = 0; i < 500; ++i)
            bench.put(u"file%1"_s.arg(i), "content " + QByteArray::number(i));
        QVector<QFuture<Result<Checkpoint>>> futures;
        {
            AsyncCheckpointStore store(std::move(bench.folder));
            for (int i = 0; i < 5; ++i)
                futures += store.take(QString::number(i), Durability::PowerLoss);
            futures.last().cancel();
        }
        for (const QFuture<Result<Checkpoint>> &future : futures)
            QVERIFY(future.isFinished());
    }
};

MEANWHILE_TEST(CheckpointsTest)
#include "tst_checkpoints.moc"
