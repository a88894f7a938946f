// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "taskfixture.h"
#include "tasks/taskpruning.h"

#include <QDir>

using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kAnySize = 1'000'000'000;
constexpr std::chrono::seconds kAnyAge = 24h * 10'000;

/// Task folders of 1,000 bytes and an age in days.
class Root {
public:
    QString add(const QString &name, int days, bool hasEnded = true)
    {
        const QString path = folder.filePath(name);
        QFile file(path + (hasEnded ? u"/status"_s : u"/status.part"_s));
        if (!QDir().mkpath(path) || !file.open(QIODevice::WriteOnly))
            return {};
        file.write(QByteArray("ended exited 0\n").leftJustified(999, ' ') + '\n');
        file.flush();
        file.setFileTime(now.addDays(-days), QFileDevice::FileModificationTime);
        return path;
    }
    QStringList removed(std::chrono::seconds age, qint64 bytes, const QSet<QString> &keep = {}) const
    {
        QStringList paths;
        for (const PrunedFolder &pruned : prune(folder.path(), age, bytes, keep, now)) {
            if (pruned.bytes == 1000 && !QFile::exists(pruned.path))
                paths.append(QDir(folder.path()).relativeFilePath(pruned.path));
        }
        return paths;
    }

    QTemporaryDir folder;
    const QDateTime now = QDateTime::currentDateTimeUtc();
};

} // namespace

class TaskPruningTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void removesWhatIsTooOld()
    {
        Root root;
        root.add(u"s1/00000001"_s, 40);
        root.add(u"s2/00000002"_s, 20);
        root.add(u"s1/00000003"_s, 31);
        QCOMPARE(root.removed(24h * 30, kAnySize), (QStringList{u"s1/00000001"_s, u"s1/00000003"_s}));
        QVERIFY(QFile::exists(root.folder.filePath(u"s1"_s)));
        QCOMPARE(root.removed(24h * 30, kAnySize), QStringList());
    }

    void removesTheOldestUntilTheRestIsSmallEnough()
    {
        Root root;
        for (int i = 1; i <= 5; ++i)
            root.add(u"s%1/0000000%1"_s.arg(i), i);
        QCOMPARE(root.removed(kAnyAge, 2'500),
            (QStringList{u"s5/00000005"_s, u"s4/00000004"_s, u"s3/00000003"_s}));
        QCOMPARE(root.removed(kAnyAge, 2'000), QStringList());
    }

    void keepsWhatItIsToldToKeep()
    {
        Root root;
        root.add(u"s1/00000001"_s, 3);
        root.add(u"s1/00000002"_s, 2);
        QCOMPARE(root.removed(0s, 0, {u"00000001"_s}), QStringList{u"s1/00000002"_s});
        QVERIFY(QFile::exists(root.folder.filePath(u"s1/00000001/status"_s)));
    }

    void keepsWhatMayStillStartForADay()
    {
        Root root;
        root.add(u"s1/00000001"_s, 2, false);
        root.add(u"s1/00000002"_s, 0, false);
        QCOMPARE(root.removed(0s, 0), QStringList{u"s1/00000001"_s});
    }

    void leavesAloneWhatIsNoTask()
    {
        Root root;
        root.add(u"s1/notatask"_s, 100);
        root.add(u"00000001"_s, 100);
        QVERIFY(QFile::link(root.folder.path(), root.folder.filePath(u"s1/00000002"_s)));
        QCOMPARE(root.removed(0s, 0), QStringList());
        QVERIFY(prune(u"/nowhere"_s, 0s, 0, {}).isEmpty());
    }

    void takesOneWhoseSupervisorServesAgain()
    {
        TaskFixture f; // its folder stands for a session's
        const QString ended = f.startWaitedFor(u"true"_s);
        QVERIFY(f.waitForEnd(ended));
        QTRY_VERIFY(f.executions->isPrepared());
        const QString running = f.startWaitedFor(u"sleep 1000"_s);
        QCOMPARE(f.runnerOf(running), f.runnerOf(ended));
        QVERIFY(!removeSessionFolder(f.folder.path()));
        QVERIFY(!QFile::exists(f.folder.filePath(ended)));
        QVERIFY(QFile::exists(f.folder.filePath(running + u"/log"_s)));
    }

    void neverTouchesOneThatRuns()
    {
        TaskFixture f; // its folder stands for a session's
        const QString running = f.start(u"exec sleep 1000"_s);
        const QString withDaemon = f.start(u"setsid sleep 1000 >/dev/null 2>&1 & echo x"_s);
        const QString ended = f.start(u"true"_s);
        QVERIFY(f.waitForEnd(ended) && f.waitForEnd(withDaemon));
        QTRY_VERIFY(f.task(running).state == TaskState::Running);
        const QTemporaryDir root;
        QVERIFY(QFile::link(f.folder.path(), root.filePath(u"link"_s)));
        QVERIFY(prune(root.path(), 0s, 0, {}).isEmpty()); // a link is no session
        const QString session = QFileInfo(f.folder.path()).fileName();
        QVERIFY(QDir().rename(f.folder.path(), root.filePath(session)));
        const QDateTime later = QDateTime::currentDateTimeUtc().addDays(400);
        QVERIFY(waitFor([&] { return !prune(root.path(), 24h * 30, 0, {}, later).isEmpty(); }));
        QVERIFY(!QFile::exists(root.filePath(session + u'/' + ended)));
        QVERIFY(QFile::exists(root.filePath(session + u'/' + running + u"/log"_s)));
        QVERIFY(QFile::exists(root.filePath(session + u'/' + withDaemon + u"/log"_s)));
        QVERIFY(QDir().rename(root.filePath(session), f.folder.path()));
    }
};

MEANWHILE_TEST(TaskPruningTest)
#include "tst_taskpruning.moc"
