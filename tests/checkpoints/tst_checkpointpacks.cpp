// SPDX-License-Identifier: MIT
#include "checkpoints/diskcheckpointstore.h"
#include "checkpoints/projectbench.h"
#include "support/failingcalls.h"
#include "support/testregistry.h"

#include <QDirIterator>
#include <QRandomGenerator>
#include <QtTest>

#include <cerrno>

using namespace Meanwhile;
using namespace Meanwhile::Checkpoints;
using namespace Qt::StringLiterals;
using Meanwhile::Testing::FailingCalls;
using Meanwhile::Testing::ProjectBench;

// That no compression makes smaller.
static QByteArray noise(qsizetype size, int seed)
{
    QByteArray bytes(size, '\0');
    QRandomGenerator random(quint32(seed) + 1);
    for (char &byte : bytes)
        byte = char(random.bounded(256));
    return bytes;
}

/// Many files of a checkpoint are kept in one pack.
class CheckpointPacksTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void gathersManyFilesInFewPacks()
    {
        ProjectBench bench;
        for (int i = 0; i < 400; ++i)
            bench.put(
                u"folder%1/file%2"_s.arg(i % 7).arg(i), QByteArray(i * 11, 'x') + QByteArray::number(i));
        const auto tree = bench.everything();
        const Checkpoint checkpoint = bench.take();
        QCOMPARE(checkpoint.files, 400);
        int files = 0;
        QDirIterator objects(bench.statePath(u"checkpoints"_s), {u"pack-*"_s, u"?"_s.repeated(38)},
            QDir::Files, QDirIterator::Subdirectories);
        while (objects.hasNext()) {
            const QString path = objects.next();
            ++files;
            if (path.endsWith(u".idx"_s)) // git itself finds nothing wrong in it
                bench.git({u"verify-pack"_s, path});
        }
        QCOMPARE(files, 2);
        bench.startAgain();
        for (int i = 0; i < 400; ++i)
            bench.put(u"folder%1/file%2"_s.arg(i % 7).arg(i), "ruined");
        QVERIFY(bench.restore(checkpoint.id).skipped.isEmpty());
        QCOMPARE(bench.everything(), tree);
    }

    void keepsNothingOfAPackThatWasNotSynced()
    {
        ProjectBench bench;
        for (int i = 0; i < 40; ++i)
            bench.put(u"file%1"_s.arg(i), "content " + QByteArray::number(i));
        const auto tree = bench.everything();
        for (int nth = 1; nth < 4; ++nth) {
            const FailingCalls disk(
                QFile::encodeName(bench.statePath()).constData(), nth, EIO, FailingCalls::Sync);
            QVERIFY(!bench.folder->take({}, Durability::PowerLoss, ProjectBench::never));
            QVERIFY(bench.folder->list().value_or(QVector<Checkpoint>(1)).isEmpty());
            bench.startAgain();
        }
        const Checkpoint checkpoint = bench.take();
        bench.remove(u"file7"_s);
        QVERIFY(bench.restore(checkpoint.id).skipped.isEmpty());
        QCOMPARE(bench.everything(), tree);
    }

    void prunesWhatIsInPacks_data()
    {
        QTest::addColumn<int>("changed");
        QTest::newRow("nothing of the pack is needed") << 100;
        QTest::newRow("less than half of it is") << 60;
        QTest::newRow("most of it is") << 10;
    }

    void prunesWhatIsInPacks()
    {
        QFETCH(int, changed);
        ProjectBench bench;
        for (int i = 0; i < 100; ++i)
            bench.put(u"file%1"_s.arg(i), noise(10'000, i));
        const Checkpoint first = bench.take();
        for (int i = 0; i < changed; ++i)
            bench.put(u"file%1"_s.arg(i), noise(10'000, 1'000 + i));
        const auto tree = bench.everything();
        const Checkpoint second = bench.take();
        PrunePolicy newest;
        newest.keepAtLeast = 1;
        newest.maxBytes = 0;
        const Result<Pruned> pruned = bench.folder->prune(newest, ProjectBench::never);
        QVERIFY(pruned);
        QCOMPARE(pruned->checkpoints, 1);
        // What is left of a pack that most is needed of stays where it is.
        const bool isFreed = changed > 50;
        QVERIFY2(isFreed == (pruned->bytes > changed * 9'000), qPrintable(QString::number(pruned->bytes)));
        QVERIFY(!bench.folder->restore(first.id, {}, ProjectBench::never));
        bench.startAgain();
        for (int i = 0; i < 100; ++i)
            bench.remove(u"file%1"_s.arg(i));
        QVERIFY(bench.restore(second.id).skipped.isEmpty());
        QCOMPARE(bench.everything(), tree);
        // Once more: what was written anew is not lost when it comes out the same.
        QVERIFY(bench.folder->prune(newest, ProjectBench::never));
        const Checkpoint third = bench.take();
        bench.remove(u"file99"_s);
        QVERIFY(bench.restore(third.id).skipped.isEmpty());
        QCOMPARE(bench.everything(), tree);
    }
};

MEANWHILE_TEST(CheckpointPacksTest)
#include "tst_checkpointpacks.moc"
