// SPDX-License-Identifier: MIT
#include "base/sanitizers.h"
#include "escapingtree.h"
#include "support/testregistry.h"
#include "taskfixture.h"

#include <QDir>

#include <csignal>
#include <functional>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRuns = 50;
constexpr int kTogether = 2;

/// Asked until it is true for the first time; QTRY_VERIFY would ask once more, and shells come and go.
bool once(const std::function<bool()> &isSo)
{
    return Testing::waitFor(isSo, 60'000);
}

} // namespace

class KillTreeTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void endsATreeThatTriesToEscape()
    {
        TaskFixture f;
        for (int run = 0; run < kRuns; run += kTogether) {
            QStringList ids;
            QStringList tokens;
            for (int i = 0; i < kTogether; ++i) {
                tokens.append(
                    u"%1%2"_s.arg(QCoreApplication::applicationPid()).arg(run + i, 4, 10, QChar(u'0')));
                ids.append(f.start(escapingTree(tokens.last())));
            }
            for (const QString &token : tokens) {
                QVERIFY(f.waitForFile(u"ready-"_s + token));
                QVERIFY(once([&token] { return stands(token); }));
            }
            QList<QFuture<StopReport>> stops;
            for (const QString &id : ids)
                stops.append(f.manager.stop(id, StoppedBy::Person));
            for (int i = 0; i < kTogether; ++i) {
                QTRY_VERIFY_WITH_TIMEOUT(stops.at(i).isFinished(), 30'000);
                QVERIFY(stops.at(i).result().survivors.isEmpty());
                QVERIFY(stops.at(i).result().processesEnded >= 9);
                QTRY_COMPARE(processesWith(tokens.at(i)), QStringList());
                QCOMPARE(describeState(f.task(ids.at(i))), u"stopped by the person"_s);
            }
        }
        QCOMPARE(f.ended.size(), kRuns);
    }

    void endsATreeThatKeepsGrowing()
    {
        TaskFixture f;
        const QString token = u"%1grow"_s.arg(QCoreApplication::applicationPid());
        const QString id = f.start(
            u"trap '' TERM; touch ready\n"
            "while :; do (setsid bash -c 'trap \"\" TERM; sleep 1000; : %1' &); sleep 0.01; done"_s.arg(
                token));
        QVERIFY(f.waitForFile(u"ready"_s));
        QVERIFY(once([&token] { return processesWith(token).size() > 10; }));
        const QFuture<StopReport> stop = f.manager.stop(id, StoppedBy::Person);
        QTRY_VERIFY_WITH_TIMEOUT(stop.isFinished(), 30'000);
        QCOMPARE(stop.result().survivors, QStringList());
        QTRY_COMPARE(processesWith(token), QStringList());
    }

    void letsACommandTidyUp()
    {
        TaskFixture f;
        const QString id =
            f.start(u"trap 'echo tidy; exit 0' TERM; touch ready; while :; do sleep 0.01; done"_s);
        QVERIFY(f.waitForFile(u"ready"_s));
        const QFuture<StopReport> stop = f.manager.stop(id, StoppedBy::Person);
        QTRY_VERIFY_WITH_TIMEOUT(stop.isFinished(), 30'000);
        // The shell may say "Terminated" of the sleep that was under way.
        QVERIFY2(f.task(id).digest.endsWith(u"tidy"_s), qPrintable(f.task(id).digest));
        QCOMPARE(describeState(f.task(id)), u"stopped by the person"_s);
    }

    void leavesTheGraceOutWhenStoppedTwice()
    {
        TaskFixture f;
        // Within the grace period it could tidy up.
        const QString id = f.start(
            u"trap 'touch asked; sleep 0.7; touch tidied' TERM; touch ready; while :; do sleep 0.01; done"_s);
        QVERIFY(f.waitForFile(u"ready"_s));
        const QFuture<StopReport> first = f.manager.stop(id, StoppedBy::Model);
        QVERIFY(f.waitForFile(u"asked"_s));
        const QFuture<StopReport> second = f.manager.stop(id, StoppedBy::Person);
        QTRY_VERIFY(first.isFinished() && second.isFinished());
        QVERIFY(!QFile::exists(f.work.filePath(u"tidied"_s)));
        QCOMPARE(describeState(f.task(id)), u"stopped by the model"_s);
    }

    void theExitCodeWinsOverAStopInTheSameMoment()
    {
        TaskFixture f;
        const QString id =
            f.start(u"touch ready; until [ -e go ] || ! [ -d $PWD ]; do sleep 0.01; done; exit 7"_s);
        QVERIFY(f.waitForFile(u"ready"_s));
        const pid_t runner = f.runnerOf(id);
        QVERIFY(f.signalRunner(id, SIGSTOP)); // nothing is noticed until all of it has happened
        QVERIFY(QFile(f.work.filePath(u"go"_s)).open(QIODevice::WriteOnly));
        QTRY_VERIFY(zombieChildOf(runner));
        const QFuture<StopReport> stop = f.manager.stop(id, StoppedBy::Person);
        QVERIFY(f.signalRunner(id, SIGCONT));
        QTRY_VERIFY_WITH_TIMEOUT(stop.isFinished(), 30'000);
        QCOMPARE(describeState(f.task(id)), u"exited 7"_s);
        QCOMPARE(stop.result(), StopReport());
    }

private:
    static bool zombieChildOf(pid_t parent)
    {
        for (const QString &pid : QDir(u"/proc"_s).entryList({u"[1-9]*"_s}, QDir::Dirs)) {
            QFile file(u"/proc/%1/stat"_s.arg(pid));
            if (file.open(QIODevice::ReadOnly) &&
                file.readAll().contains(") Z " + QByteArray::number(parent) + ' '))
                return true;
        }
        return false;
    }
};

MEANWHILE_TEST(KillTreeTest)
#include "tst_killtree.moc"
