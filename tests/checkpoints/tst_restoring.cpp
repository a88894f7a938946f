// SPDX-License-Identifier: MIT
#include "checkpoints/projectbench.h"
#include "support/failingcalls.h"
#include "support/testregistry.h"

#include <QRandomGenerator>
#include <QtTest>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Checkpoints;
using namespace Qt::StringLiterals;
using Meanwhile::Testing::FailingCalls;
using Meanwhile::Testing::ProjectBench;

namespace {

void makeTree(const ProjectBench &bench)
{
    bench.put(u"a.txt"_s, "a\n");
    bench.put(u"run.sh"_s, "#!/bin/sh\n", 0755);
    bench.put(u"private"_s, "secret\n", 0600);
    bench.put(u"src/main.cpp"_s, "int main() {}\n");
    bench.put(u"src/deep/x"_s, "x");
    bench.put(u"file or folder"_s, "file");
    bench.put(u"folder or file/in it"_s, "in it");
    bench.put(u"folder or link/sub/in it"_s, "in it");
    bench.put(u"folder.or"_s, "sorts between a folder and what it holds");
    bench.put(QString::fromUtf8("이름 with \"quotes\""), "odd");
    bench.put(u"~"_s, "not the home folder");
    bench.link("a.txt", u"link"_s);
    bench.link("nowhere", u"dangling"_s);
    bench.link("src", u"link or folder"_s);
    bench.put(u"file or link"_s, "file");
    QDir().mkdir(bench.path(u"empty"_s));
}

void makeAMess(const ProjectBench &bench)
{
    bench.put(u"a.txt"_s, "changed\n");
    bench.put(u"run.sh"_s, "#!/bin/sh\n", 0644);
    bench.remove(u"private"_s);
    bench.remove(u"src"_s);
    bench.put(u"new/one/two"_s, "new");
    bench.remove(u"file or folder"_s);
    bench.put(u"file or folder/x"_s, "folder");
    bench.remove(u"folder or file"_s);
    bench.put(u"folder or file"_s, "file");
    bench.remove(u"folder or link"_s);
    bench.link("new", u"folder or link"_s);
    bench.remove(u"link or folder"_s);
    bench.put(u"link or folder/y"_s, "folder");
    bench.remove(u"link"_s);
    bench.link("run.sh", u"link"_s);
    bench.remove(u"file or link"_s);
    bench.link("a.txt", u"file or link"_s);
    bench.remove(u"empty"_s);
    bench.remove(u"~"_s);
}

} // namespace

class RestoringTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void bringsEverythingBackAndCanBeUndone()
    {
        ProjectBench bench;
        makeTree(bench);
        const auto tree = bench.everything();
        const Checkpoint checkpoint = bench.take();
        makeAMess(bench);
        const auto mess = bench.everything();
        const Restored restored = bench.restore(checkpoint.id);
        QCOMPARE(restored.skipped, {});
        QVERIFY(!restored.stoppedBy);
        QCOMPARE(bench.everything(), tree);
        QVERIFY(bench.restore(restored.undo.id).skipped.isEmpty());
        QCOMPARE(bench.everything(), mess);
        QVERIFY(bench.restore(checkpoint.id).skipped.isEmpty());
        QCOMPARE(bench.everything(), tree);
        QCOMPARE(
            QDir(bench.path()).entryList({u".meanwhile-*"_s}, QDir::Files | QDir::Hidden), QStringList());
    }

    void restoresOnlyWhatIsChosenAndUndoesExactlyThat()
    {
        ProjectBench bench;
        makeTree(bench);
        const Checkpoint checkpoint = bench.take();
        makeAMess(bench);
        const auto mess = bench.everything();
        const Restored restored = bench.restore(checkpoint.id, {"a.txt", "src/deep/x", "new/one/two"});
        QCOMPARE(restored.skipped, {});
        QCOMPARE(restored.written, (QByteArrayList{"a.txt", "src/deep/x"}));
        QCOMPARE(restored.removed, QByteArrayList{"new/one/two"});
        QCOMPARE(bench.contentOf(u"a.txt"_s), "a\n");
        QCOMPARE(bench.contentOf(u"src/deep/x"_s), "x");
        QVERIFY(!QFileInfo::exists(bench.path(u"new"_s)));
        const QStringList chosen{u"a.txt"_s, u"src"_s, u"new"_s};
        QMap<QByteArray, QByteArray> rest = mess;
        erase_if(rest, [](const auto &entry) {
            return entry.key() == "a.txt" || entry.key() == "new" || entry.key().startsWith("new/");
        });
        QCOMPARE(bench.everything(chosen), rest);
        const FileChanges back = bench.changes(restored.undo.id);
        QCOMPARE(back.changed, QByteArrayList{"a.txt"});
        QCOMPARE(back.added, QByteArrayList{"src/deep/x"});
        QCOMPARE(back.removed, QByteArrayList{"new/one/two"});
        QVERIFY(bench.restore(restored.undo.id).skipped.isEmpty());
        QCOMPARE(bench.everything(), mess);
    }

    // A folder is where a file was, or the other way round.
    void leavesWhatWasNotChosenInTheWayOfWhatWas()
    {
        ProjectBench bench;
        makeTree(bench);
        const Checkpoint checkpoint = bench.take();
        makeAMess(bench);
        const auto mess = bench.everything();
        const Restored restored = bench.restore(checkpoint.id, {"file or folder", "folder or file/in it"});
        QCOMPARE(bench.everything(), mess);
        QCOMPARE(restored.written + restored.removed, QByteArrayList());
        QCOMPARE(restored.skipped.size(), 2);
        QCOMPARE(restored.skipped.first().path, "file or folder");
        QCOMPARE(restored.skipped.first().why,
            u"Something that was not chosen is in its place, so it was left alone."_s);
        const Restored both = bench.restore(
            checkpoint.id, {"file or folder", "file or folder/x", "folder or file", "folder or file/in it"});
        QCOMPARE(both.skipped, {});
        QCOMPARE(bench.contentOf(u"file or folder"_s), "file");
        QCOMPARE(bench.contentOf(u"folder or file/in it"_s), "in it");
        QVERIFY(bench.restore(both.undo.id).skipped.isEmpty());
        QCOMPARE(bench.everything(), mess);
    }

    // The whole by way of a choice is the whole.
    void aChoiceOfAllIsAll()
    {
        ProjectBench bench;
        makeTree(bench);
        const Checkpoint checkpoint = bench.take();
        const auto tree = bench.everything({u"empty"_s});
        makeAMess(bench);
        const auto mess = bench.everything();
        const FileChanges changes = bench.changes(checkpoint.id);
        const Restored restored =
            bench.restore(checkpoint.id, changes.changed + changes.removed + changes.added);
        QCOMPARE(restored.skipped, {});
        QCOMPARE(bench.everything(), tree); // an empty folder is no file
        QVERIFY(bench.restore(restored.undo.id).skipped.isEmpty());
        QCOMPARE(bench.everything(), mess);
    }

    void touchesOnlyWhatDiffers()
    {
        ProjectBench bench;
        makeTree(bench);
        const Checkpoint checkpoint = bench.take();
        struct stat before {};
        struct stat after {};
        QCOMPARE(::stat(QFile::encodeName(bench.path(u"src/main.cpp"_s)).constData(), &before), 0);
        bench.put(u"a.txt"_s, "changed\n");
        bench.put(u"more"_s, "more");
        const Restored restored = bench.restore(checkpoint.id);
        QCOMPARE(restored.written, QByteArrayList{"a.txt"});
        QCOMPARE(restored.removed, QByteArrayList{"more"});
        QCOMPARE(::stat(QFile::encodeName(bench.path(u"src/main.cpp"_s)).constData(), &after), 0);
        QCOMPARE(after.st_ino, before.st_ino);
        QCOMPARE(after.st_ctim.tv_nsec, before.st_ctim.tv_nsec);
    }

    void leavesAloneWhatNoCheckpointHolds()
    {
        ScanLimits limits;
        limits.maxFileBytes = 1'000;
        ProjectBench bench(limits);
        bench.put(u".gitignore"_s, "*.log\nbuild/\n");
        bench.put(u"a.log"_s, "log");
        bench.put(u"build/out"_s, "out");
        bench.put(u"large"_s, QByteArray(2'000, 'x'));
        bench.put(u"grows"_s, "small");
        bench.put(u"shrinks"_s, QByteArray(2'000, 'x'));
        const Checkpoint checkpoint = bench.take();
        bench.put(u"b.log"_s, "log");
        bench.put(u"also large"_s, QByteArray(2'000, 'y'));
        bench.put(u"grows"_s, QByteArray(2'000, 'z'));
        bench.put(u"shrinks"_s, "small by now");
        QCOMPARE(::mkfifo(QFile::encodeName(bench.path(u"pipe"_s)).constData(), 0600), 0);
        const auto before = bench.everything();
        const Restored restored = bench.restore(checkpoint.id);
        QCOMPARE(bench.everything(), before);
        QCOMPARE(restored.skipped.size(), 1);
        QCOMPARE(restored.skipped.first().path, "grows");
        QCOMPARE(restored.skipped.first().why,
            u"It could not be kept as it is now, so it was left alone. Move it away, then restore again."_s);
    }

    // What was out of sight then stays, though it is in sight now; and the other way round it comes back.
    void goesByTheRulesOfThatTime()
    {
        ProjectBench bench;
        bench.put(u".gitignore"_s, "secret.env\nout/\n");
        bench.put(u"secret.env"_s, "then");
        bench.put(u"out/x"_s, "then");
        bench.put(u"notes"_s, "then");
        const Checkpoint checkpoint = bench.take();
        bench.put(u".gitignore"_s, "notes\n");
        bench.put(u"secret.env"_s, "now");
        bench.put(u"out/x"_s, "now");
        bench.put(u"notes"_s, "now");
        const auto before = bench.everything();
        const Restored restored = bench.restore(checkpoint.id);
        QCOMPARE(bench.contentOf(u"secret.env"_s), "now");
        QCOMPARE(bench.contentOf(u"out/x"_s), "now");
        QCOMPARE(bench.contentOf(u"notes"_s), "then");
        QCOMPARE(restored.written, (QByteArrayList{".gitignore", "notes"}));
        QCOMPARE(restored.removed, QByteArrayList());
        bench.restore(restored.undo.id);
        QCOMPARE(bench.everything(), before);
    }

    void keepsAFolderWithIgnoredFilesInThePlaceOfAFile()
    {
        ProjectBench bench;
        bench.put(u".gitignore"_s, "*.log\n");
        bench.put(u"x"_s, "file");
        const Checkpoint checkpoint = bench.take();
        bench.remove(u"x"_s);
        bench.put(u"x/a.log"_s, "log");
        bench.put(u"x/b"_s, "b");
        const Restored restored = bench.restore(checkpoint.id);
        QCOMPARE(bench.contentOf(u"x/a.log"_s), "log");
        QCOMPARE(restored.skipped.size(), 1);
        QVERIFY2(restored.skipped.first().why.startsWith(u"A folder with files"_s),
            qPrintable(restored.skipped.first().why));
        bench.restore(restored.undo.id);
        QCOMPARE(bench.contentOf(u"x/b"_s), "b");
    }

    void neverFollowsALinkOutOfTheProject()
    {
        ProjectBench bench;
        bench.put(u"src/a"_s, "mine");
        bench.put(u"../outside/a"_s, "theirs");
        const Checkpoint checkpoint = bench.take();
        bench.remove(u"src"_s);
        bench.link("../outside", u"src"_s);
        const Restored restored = bench.restore(checkpoint.id);
        QCOMPARE(bench.contentOf(u"../outside/a"_s), "theirs");
        QCOMPARE(bench.contentOf(u"src/a"_s), "mine");
        QVERIFY(!QFileInfo(bench.path(u"src"_s)).isSymLink());
        bench.restore(restored.undo.id);
        QVERIFY(QFileInfo(bench.path(u"src"_s)).isSymLink());
        QCOMPARE(bench.contentOf(u"../outside/a"_s), "theirs");
    }

    // Somebody puts a link in a folder's place, at every moment at which the work looks up.
    void staysInTheProjectWhileAFolderIsSwappedForALink()
    {
        int reached = 0;
        for (int moment = 1; moment < 24; ++moment) {
            ProjectBench bench;
            bench.put(u"src/a"_s, "mine");
            bench.put(u"src/b"_s, "mine");
            bench.put(u"z"_s, "mine");
            bench.put(u"../outside/a"_s, "theirs");
            bench.put(u"../outside/b"_s, "theirs");
            bench.link("../outside", u"trap"_s);
            const Checkpoint checkpoint = bench.take();
            int asked = 0;
            const auto swap = [&] {
                if (++asked != moment)
                    return false;
                const QByteArray folder = QFile::encodeName(bench.path(u"src"_s));
                const QByteArray trap = QFile::encodeName(bench.path(u"trap"_s));
                ++reached;
                return ::renameat2(
                           AT_FDCWD, folder.constData(), AT_FDCWD, trap.constData(), RENAME_EXCHANGE) != 0;
            };
            bench.put(u"src/a"_s, "changed");
            bench.put(u"src/b"_s, "changed");
            const Result<Checkpoint> during = bench.folder->take({}, Durability::PowerLoss, swap);
            QVERIFY(during);
            for (const QByteArray &path : {"src/a"_qba, "src/b"_qba, "trap/a"_qba, "trap/b"_qba})
                QVERIFY(!bench.folder->diff(during->id, checkpoint.id, path)
                             .value_or(u"theirs"_s)
                             .contains(u"theirs"_s));
            bench.restore(checkpoint.id);
            bench.put(u"src/a"_s, "changed");
            bench.put(u"src/b"_s, "changed");
            asked = 0;
            QVERIFY(bench.folder->restore(checkpoint.id, {}, swap));
            QCOMPARE(bench.contentOf(u"../outside/a"_s), "theirs");
            QCOMPARE(bench.contentOf(u"../outside/b"_s), "theirs");
        }
        QVERIFY2(reached > 10, qPrintable(QString::number(reached)));
    }

    void keepsHardLinksOneFile()
    {
        ProjectBench bench;
        bench.put(u"one"_s, "then");
        QCOMPARE(::link(QFile::encodeName(bench.path(u"one"_s)).constData(),
                     QFile::encodeName(bench.path(u"../two"_s)).constData()),
            0);
        const Checkpoint checkpoint = bench.take();
        bench.put(u"one"_s, "now");
        bench.restore(checkpoint.id);
        QCOMPARE(bench.contentOf(u"../two"_s), "then");
    }

    void partsHardLinksThatWereDifferentFiles()
    {
        ProjectBench bench;
        bench.put(u"a"_s, "a then");
        bench.put(u"b"_s, "b then");
        bench.put(u"c"_s, "c");
        hardLink(bench, u"c"_s, u"d"_s);
        const auto tree = bench.everything();
        const Checkpoint checkpoint = bench.take();
        bench.remove(u"b"_s);
        hardLink(bench, u"a"_s, u"b"_s);
        bench.put(u"c"_s, "changed"); // and d with it
        const auto mess = bench.everything();
        const Restored restored = bench.restore(checkpoint.id);
        QCOMPARE(restored.skipped, {});
        QCOMPARE(bench.everything(), tree);
        bench.put(u"c"_s, "still one file");
        QCOMPARE(bench.contentOf(u"d"_s), "still one file");
        bench.restore(restored.undo.id);
        QCOMPARE(bench.everything(), mess);
    }

    void leavesEachFileOldOrNewWhicheverCallFails()
    {
        const QByteArrayList names{"a.txt", "private", "src/main.cpp", "src/deep/x"};
        bool isOver = false;
        int failures = 0;
        for (int nth = 1; !isOver; nth += 5) {
            ProjectBench bench;
            makeTree(bench);
            const auto tree = bench.everything();
            const Checkpoint checkpoint = bench.take();
            makeAMess(bench);
            const auto mess = bench.everything();
            FailingCalls disk(QFile::encodeName(bench.path()).constData(), nth, ENOSPC,
                FailingCalls::Write | FailingCalls::Sync | FailingCalls::Rename);
            const Result<Restored> restored = bench.folder->restore(checkpoint.id, {}, ProjectBench::never);
            isOver = disk.seen() < nth;
            disk.stop();
            QVERIFY2(restored, restored ? "" : qPrintable(restored.error().message));
            QCOMPARE(restored->skipped.isEmpty(), isOver);
            failures += isOver ? 0 : 1;
            const auto after = bench.everything();
            for (const QByteArray &name : names)
                QVERIFY2(after.value(name) == tree.value(name) || after.value(name) == mess.value(name),
                    (name + ": " + after.value(name)).constData());
            QVERIFY(restored->skipped.size() <= 1);
            QVERIFY(bench.restore(restored->undo.id).skipped.isEmpty());
            QCOMPARE(bench.everything(), mess);
        }
        QVERIFY2(failures > 5, qPrintable(QString::number(failures)));
    }

    void stopsWhenCancelledAndCanBeUndone()
    {
        ProjectBench bench;
        makeTree(bench);
        const Checkpoint checkpoint = bench.take();
        makeAMess(bench);
        const auto mess = bench.everything();
        int stopped = 0;
        for (int after = 1; after < 80; after += 2) {
            int asked = 0;
            const Result<Restored> restored =
                bench.folder->restore(checkpoint.id, {}, [&] { return ++asked > after; });
            if (!restored) {
                QCOMPARE(nameOf(restored.error().kind), nameOf(ErrorKind::Cancelled));
                QCOMPARE(bench.everything(), mess);
                continue;
            }
            stopped += restored->stoppedBy ? 1 : 0;
            bench.restore(restored->undo.id);
            QCOMPARE(bench.everything(), mess);
        }
        QVERIFY2(stopped > 2, qPrintable(QString::number(stopped)));
    }

    void bringsBackAnyTreeFromAnyOther()
    {
        for (quint32 seed = 1; seed <= 12; ++seed) {
            QRandomGenerator random(seed);
            ProjectBench bench;
            QVector<std::pair<QString, QMap<QByteArray, QByteArray>>> states;
            for (int round = 0; round < 5; ++round) {
                scramble(bench, random);
                states += {bench.take().id, bench.everything()};
            }
            for (int round = 0; round < 8; ++round) {
                const auto &[id, state] = states.at(random.bounded(int(states.size())));
                const Restored restored = bench.restore(id);
                QVERIFY2(restored.skipped.isEmpty(), qPrintable(u"seed %1"_s.arg(seed)));
                QVERIFY2(
                    bench.everything() == state, qPrintable(u"seed %1, round %2"_s.arg(seed).arg(round)));
            }
        }
    }

private:
    static void hardLink(const ProjectBench &bench, const QString &from, const QString &to)
    {
        if (QFileInfo(bench.path(from)).isFile())
            QVERIFY(::linkat(AT_FDCWD, QFile::encodeName(bench.path(from)).constData(), AT_FDCWD,
                        QFile::encodeName(bench.path(to)).constData(), 0) == 0 ||
                    errno == EEXIST);
    }

    // A few names, so that files, folders and links meet in one place.
    static void scramble(const ProjectBench &bench, QRandomGenerator &random)
    {
        static const QStringList names{u"a"_s, u"a.b"_s, u"b"_s, u"c"_s};
        for (int step = 0; step < 12; ++step) {
            QString path = names.at(random.bounded(4));
            for (int depth = random.bounded(3); depth > 0; --depth) {
                const QFileInfo info(bench.path(path));
                if (info.isSymLink() || info.isFile())
                    bench.remove(path);
                path += u'/' + names.at(random.bounded(4));
            }
            const QFileInfo info(bench.path(path));
            if (info.exists() || info.isSymLink())
                bench.remove(path);
            QDir().mkpath(info.path());
            const int what = random.bounded(6);
            if (what <= 1)
                bench.put(path, QByteArray::number(random.bounded(4)), random.bounded(2) == 0 ? 0644 : 0711);
            else if (what == 2)
                bench.link(QFile::encodeName(names.at(random.bounded(4))), path);
            else if (what == 3)
                QDir().mkpath(bench.path(path));
            else if (what == 4)
                hardLink(bench, names.at(random.bounded(4)), path);
        }
    }
};

MEANWHILE_TEST(RestoringTest)
#include "tst_restoring.moc"
