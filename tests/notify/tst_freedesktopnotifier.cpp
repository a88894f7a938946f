// SPDX-License-Identifier: MIT
#include "notify/freedesktopnotifier.h"
#include "notify/privatebus.h"
#include "notify/scripteddaemon.h"
#include "support/testregistry.h"

#include <QElapsedTimer>
#include <QLocalServer>
#include <QSignalSpy>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Notify;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// This test may run in a command itself.
FreedesktopNotifier::Commands nobody()
{
    return {[](qint64) { return false; }, [](qintptr) { return false; }};
}

Notice asking(const QString &sessionId, const QString &command = u"make"_s)
{
    Notice notice;
    notice.sessionId = sessionId;
    notice.question = {u"c1"_s, Question::Kind::Command, command};
    notice.keys = {u"run-1"_s, u"deny-1"_s};
    return notice;
}

Notice ending(const QString &sessionId, const QString &command = u"make"_s)
{
    Notice notice;
    notice.sessionId = sessionId;
    Tasks::Task task;
    task.id = u"t1"_s;
    task.spec.command = command;
    task.state = Tasks::TaskState::Exited;
    task.elapsed = 42s;
    notice.ends = {task};
    return notice;
}

/// A bus, a program that shows notifications, and ours.
struct Bench {
    PrivateBus bus;
    ScriptedDaemon daemon;
    FreedesktopNotifier notifier;
    QSignalSpy shown{&notifier, &Notifier::shown};
    QSignalSpy acted{&notifier, &Notifier::acted};
    QSignalSpy closed{&notifier, &Notifier::closed};

    explicit Bench(const QStringList &abilities = ScriptedDaemon::full(),
        const FreedesktopNotifier::Commands &commands = nobody())
        : daemon(bus.address(), abilities)
        , notifier(bus.environment(), commands)
    {
        daemon.takeName();
    }

    bool isReached() const { return notifier.reach() == Reach::Reached; }
    /// All that the daemon has sent is here.
    void settle()
    {
        daemon.tellClosed(notice("settled").id, 1);
        (void)Testing::waitFor([&] { return !closed.isEmpty() && closed.constLast().at(0) == u"settled"_s; });
        closed.removeLast();
    }
    ScriptedDaemon::Shown notice(const char *sessionId)
    {
        const qsizetype before = daemon.shown.size();
        notifier.show(ending(QString::fromLatin1(sessionId)));
        (void)Testing::waitFor([&] { return daemon.shown.size() > before; });
        // Shown is when the answer is in, which another question comes behind.
        notifier.show(ending(QString::fromLatin1(sessionId)));
        (void)Testing::waitFor([&] { return daemon.shown.size() > before + 1; });
        return daemon.shown.constLast();
    }
};

} // namespace

/// The desktop's notifications over a bus of the test's own.
class FreedesktopNotifierTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void connectsNobodyBeforeThereIsSomethingToShow()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        QCOMPARE(bench.notifier.reach(), Reach::NotAsked);
        QCOMPARE(bench.daemon.questions, 0);
        bench.notifier.look();
        QTRY_VERIFY(bench.isReached());
        QCOMPARE(bench.daemon.questions, 1);
    }

    void showsANoticeQuietly()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        bench.notifier.show(asking(u"a"_s));
        QTRY_COMPARE(bench.daemon.shown.size(), 1);
        const ScriptedDaemon::Shown shown = bench.daemon.shown.first();
        QCOMPARE(shown.app, u"Meanwhile"_s);
        QCOMPARE(shown.icon, u"meanwhile"_s);
        QCOMPARE(shown.replaces, 0U);
        QCOMPARE(shown.body, u"make"_s);
        QCOMPARE(shown.key(u"Run"_s), u"run-1"_s);
        QCOMPARE(shown.hints.value(u"desktop-entry"_s), u"meanwhile"_s);
        QCOMPARE(shown.hints.value(u"suppress-sound"_s), true);
        QCOMPARE(shown.hints.value(u"urgency"_s).typeId(), int(QMetaType::UChar));
        QCOMPARE(shown.hints.value(u"urgency"_s).toInt(), 1);
        QCOMPARE(shown.timeout, 0);
        bench.notifier.show(ending(u"b"_s));
        QTRY_COMPARE(bench.daemon.shown.size(), 2);
        QCOMPARE(bench.daemon.shown.at(1).hints.value(u"urgency"_s).toInt(), 0);
        QCOMPARE(bench.daemon.shown.at(1).timeout, -1);
    }

    void saysWhatTheDaemonCanShow()
    {
        SKIP_WITHOUT_BUS();
        Bench bench({u"body"_s});
        bench.notifier.show(asking(u"a"_s, u"a && b"_s));
        QTRY_COMPARE(bench.daemon.shown.size(), 1);
        QCOMPARE(bench.daemon.shown.first().body, u"A command waits for your answer."_s);
        QCOMPARE(bench.daemon.shown.first().actions, QStringList());
    }

    void replacesTheNoticeOfASession()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        bench.notifier.show(asking(u"a"_s));
        bench.notifier.show(asking(u"b"_s));
        bench.notifier.show(asking(u"a"_s, u"make all"_s));
        bench.notifier.show(asking(u"a"_s, u"make check"_s)); // before the first was answered
        QTRY_COMPARE(bench.daemon.shown.size(), 2);
        QTRY_VERIFY(bench.isReached());
        bench.notifier.show(ending(u"a"_s));
        QTRY_COMPARE(bench.daemon.shown.constLast().body, u"make finished in 0:42"_s);
        const ScriptedDaemon::Shown last = bench.daemon.shown.constLast();
        QVERIFY(last.replaces != 0);
        QCOMPARE(last.replaces, last.id);
    }

    void withdrawsWhatIsSettled()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        bench.notifier.withdraw(u"a"_s);
        const quint32 id = bench.notice("a").id;
        bench.settle();
        bench.notifier.withdraw(u"a"_s);
        QTRY_COMPARE(bench.daemon.closed, QVector<quint32>{id});
        // Also what is still on its way.
        const qsizetype count = bench.daemon.shown.size();
        bench.notifier.show(asking(u"b"_s));
        bench.notifier.withdraw(u"b"_s);
        QTRY_COMPARE(bench.daemon.closed.size(), 2);
        QCOMPARE(bench.daemon.shown.size(), count + 1);
        QCOMPARE(bench.daemon.closed.at(1), bench.daemon.shown.constLast().id);
        // And what is there when the program ends.
        auto other = std::make_unique<FreedesktopNotifier>(bench.bus.environment(), nobody());
        other->show(asking(u"c"_s));
        QTRY_COMPARE(bench.daemon.shown.size(), count + 2);
        other->show(asking(u"c"_s, u"make all"_s));
        QTRY_COMPARE(bench.daemon.shown.size(), count + 3);
        other.reset();
        QTRY_COMPARE(bench.daemon.closed.size(), 3);
    }

    void tellsOfClicksWithTheirToken()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        bench.notifier.show(asking(u"a"_s));
        QTRY_COMPARE(bench.daemon.shown.size(), 1);
        const quint32 id = bench.daemon.shown.first().id;
        bench.daemon.click(id, u"run-1"_s);
        QTRY_COMPARE(bench.acted.size(), 1);
        QCOMPARE(bench.acted.takeFirst(), (QVariantList{u"a"_s, u"run-1"_s, QString()}));
        bench.daemon.click(id, u"default"_s, u"token-1_TIME123"_s);
        QTRY_COMPARE(bench.acted.size(), 1);
        QCOMPARE(bench.acted.takeFirst(), (QVariantList{u"a"_s, u"default"_s, u"token-1_TIME123"_s}));
        bench.daemon.click(id, u"default"_s, u"two\nlines"_s);
        QTRY_COMPARE(bench.acted.size(), 1);
        QCOMPARE(bench.acted.takeFirst().at(2), QString());
        // A late one says where it belongs.
        bench.notifier.withdraw(u"a"_s);
        bench.daemon.click(id, u"run-1"_s);
        QTRY_COMPARE(bench.acted.size(), 1);
    }

    void hearsNothingFromOthersAndOfOthers()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        ScriptedDaemon stranger(bench.bus.address());
        QVERIFY(!stranger.takeName());
        bench.notifier.show(asking(u"a"_s));
        QTRY_COMPARE(bench.daemon.shown.size(), 1);
        const quint32 id = bench.daemon.shown.first().id;
        bench.settle();
        stranger.click(id, u"run-1"_s, u"token"_s);
        stranger.tellClosed(id, 2);
        QVERIFY(!stranger.takeName()); // answered by the bus behind what it sent
        bench.daemon.click(id + 1'000, u"run-1"_s);
        bench.daemon.click(id, u"run-2"_s);
        bench.daemon.click(id, {});
        bench.daemon.tellClosed(id + 1'000, 2);
        bench.settle();
        QCOMPARE(bench.acted.size(), 0);
        QCOMPARE(bench.closed.size(), 0);
        bench.daemon.click(id, u"deny-1"_s);
        QTRY_COMPARE(bench.acted.size(), 1);
        QCOMPARE(bench.acted.first(), (QVariantList{u"a"_s, u"deny-1"_s, QString()}));
    }

    void tellsWhoClosedANotice()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        const quint32 id = bench.notice("a").id;
        bench.daemon.tellClosed(id, 2);
        QTRY_COMPARE(bench.closed.size(), 1);
        QCOMPARE(bench.closed.takeFirst(), (QVariantList{u"a"_s, true}));
        const ScriptedDaemon::Shown next = bench.notice("a");
        QVERIFY(next.id != id);
        bench.daemon.tellClosed(next.id, 1);
        QTRY_COMPARE(bench.closed.size(), 1);
        QCOMPARE(bench.closed.first(), (QVariantList{u"a"_s, false}));
    }

    void showsWhatStillCountsWhenTheDaemonComesBack()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        const quint32 putAway = bench.notice("put away").id;
        bench.notifier.show(asking(u"a"_s));
        QTRY_COMPARE(bench.daemon.shown.constLast().body, u"make"_s);
        bench.daemon.tellClosed(putAway, 2);
        QTRY_COMPARE(bench.closed.size(), 1);
        const quint32 id = bench.daemon.shown.constLast().id;
        bench.daemon.giveUpName();
        QTRY_COMPARE(bench.notifier.reach(), Reach::NoDaemon);
        bench.daemon.click(id, u"run-1"_s); // it is nobody any more
        ScriptedDaemon next(bench.bus.address());
        next.takeName();
        QTRY_COMPARE(next.shown.size(), 1);
        QVERIFY(bench.isReached());
        QCOMPARE(next.shown.first().body, u"make"_s);
        QCOMPARE(next.shown.first().replaces, 0U);
        QCOMPARE(bench.acted.size(), 0);
        next.click(next.shown.first().id, u"run-1"_s);
        QTRY_COMPARE(bench.acted.size(), 1);
    }

    void saysWhyNothingIsShown()
    {
        SKIP_WITHOUT_BUS();
        FreedesktopNotifier without(QProcessEnvironment(), nobody());
        without.show(asking(u"a"_s));
        QCOMPARE(without.reach(), Reach::NoBus);

        QProcessEnvironment gone;
        gone.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nowhere/bus"_s);
        FreedesktopNotifier nowhere(gone, nobody());
        nowhere.look();
        QTRY_COMPARE(nowhere.reach(), Reach::NoBus);

        PrivateBus bus;
        FreedesktopNotifier alone(bus.environment(), nobody());
        alone.look();
        QTRY_COMPARE(alone.reach(), Reach::NoDaemon);
        // One that starts later is found by itself.
        ScriptedDaemon daemon(bus.address());
        daemon.takeName();
        QTRY_COMPARE(alone.reach(), Reach::Reached);
        bus.stop();
        QTRY_COMPARE(alone.reach(), Reach::NoBus);
        alone.show(asking(u"a"_s));
        QTRY_COMPARE(alone.reach(), Reach::NoBus);

        // Something else may have its place.
        const QTemporaryDir folder;
        QLocalServer other;
        QVERIFY(other.listen(folder.filePath(u"bus"_s)));
        connect(&other, &QLocalServer::newConnection, &other, [&] {
            QLocalSocket *guest = other.nextPendingConnection();
            connect(guest, &QLocalSocket::readyRead, guest,
                [guest] { guest->write("HTTP/1.1 400 Bad Request\r\n"); });
        });
        QProcessEnvironment environment;
        environment.insert(u"XDG_RUNTIME_DIR"_s, folder.path());
        FreedesktopNotifier mistaken(environment, nobody());
        mistaken.look();
        QTRY_COMPARE(mistaken.reach(), Reach::NoBus);
        QSignalSpy again(&mistaken, &Notifier::reachChanged);
        mistaken.show(asking(u"a"_s));
        QTRY_COMPARE(again.size(), 2); // it looked, and found the same
        QCOMPARE(mistaken.reach(), Reach::NoBus);
    }

    void waitsForNoDaemonThatIsSilent()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        bench.notifier.setAnswerLimit(50ms);
        bench.daemon.setSilent(true);
        bench.notifier.show(asking(u"a"_s));
        QTRY_COMPARE(bench.notifier.reach(), Reach::Silent);
        bench.daemon.setSilent(false);
        bench.notifier.setAnswerLimit(FreedesktopNotifier::kAnswerLimit);
        bench.notifier.show(asking(u"b"_s));
        QTRY_COMPARE(bench.daemon.shown.size(), 2);
        QVERIFY(bench.isReached());
    }

    void tellsWhenTheDaemonHasShownANotice()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        bench.daemon.hold(u"Notify"_s);
        bench.notifier.show(asking(u"a"_s));
        QTRY_COMPARE(bench.daemon.shown.size(), 1);
        bench.notifier.show(asking(u"a"_s, u"make all"_s)); // behind the other
        QCOMPARE(bench.shown.size(), 0);
        bench.daemon.letGo();
        QTRY_COMPARE(bench.daemon.shown.size(), 2);
        QTRY_COMPARE(bench.shown.size(), 1);
        QCOMPARE(bench.shown.first(), QVariantList{u"a"_s});
        // Another daemon shows it anew.
        bench.daemon.giveUpName();
        QTRY_COMPARE(bench.notifier.reach(), Reach::NoDaemon);
        bench.daemon.takeName();
        QTRY_COMPARE(bench.shown.size(), 2);
    }

    void sendsOnceMoreWhatTheDaemonRefused()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        bench.notifier.setResendPause(0ms);
        bench.daemon.refuse(1);
        bench.notifier.show(asking(u"a"_s));
        QTRY_COMPARE(bench.daemon.shown.size(), 1);
        QCOMPARE(bench.daemon.refused, 1);
        QTRY_COMPARE(bench.shown.size(), 1);
        // Not for ever, but what is new is sent.
        bench.daemon.refuse(2);
        bench.notifier.show(asking(u"b"_s));
        QTRY_COMPARE(bench.daemon.refused, 3);
        bench.settle();
        const qsizetype count = bench.daemon.shown.size();
        bench.notifier.show(asking(u"b"_s, u"make all"_s));
        QTRY_COMPARE(bench.daemon.shown.size(), count + 1);
        QCOMPARE(bench.daemon.shown.constLast().body, u"make all"_s);
    }

    void takesUpWhatIsAnsweredLate()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        bench.notice("reached");
        bench.settle();
        const qsizetype count = bench.daemon.shown.size();
        bench.daemon.hold(u"Notify"_s);
        bench.notifier.setAnswerLimit(50ms);
        bench.notifier.show(asking(u"a"_s));
        QTRY_COMPARE(bench.notifier.reach(), Reach::Silent);
        QCOMPARE(bench.daemon.shown.size(), count + 1);
        bench.shown.clear();
        bench.daemon.letGo();
        QTRY_COMPARE(bench.shown.size(), 1);
        QVERIFY(bench.isReached());
        const quint32 id = bench.daemon.shown.constLast().id;
        bench.daemon.click(id, u"run-1"_s);
        QTRY_COMPARE(bench.acted.size(), 1);
        bench.notifier.withdraw(u"a"_s);
        QTRY_VERIFY(bench.daemon.closed.contains(id));
        QCOMPARE(bench.daemon.shown.size(), count + 1);
    }

    void closesWhatIsAnsweredTooLate()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        bench.notice("reached");
        bench.settle();
        bench.daemon.hold(u"Notify"_s);
        bench.notifier.setAnswerLimit(50ms);
        bench.notifier.show(asking(u"settled meanwhile"_s));
        bench.notifier.show(asking(u"shown anew"_s));
        QTRY_COMPARE(bench.notifier.reach(), Reach::Silent);
        const qsizetype count = bench.daemon.shown.size();
        const quint32 settled = bench.daemon.shown.at(count - 2).id;
        const quint32 first = bench.daemon.shown.at(count - 1).id;
        bench.notifier.setAnswerLimit(FreedesktopNotifier::kAnswerLimit);
        bench.notifier.withdraw(u"settled meanwhile"_s);
        bench.notifier.show(asking(u"shown anew"_s, u"make all"_s));
        QTRY_COMPARE(bench.daemon.shown.size(), count + 1);
        const ScriptedDaemon::Shown second = bench.daemon.shown.constLast();
        QCOMPARE(second.body, u"make all"_s);
        bench.daemon.letGo();
        QTRY_COMPARE(bench.daemon.closed.size(), 2);
        QVERIFY(bench.daemon.closed.contains(settled) && bench.daemon.closed.contains(first));
        bench.daemon.click(second.id, u"run-1"_s);
        QTRY_COMPARE(bench.acted.size(), 1);
    }

    void showsWhatWaitedForADaemonThatWasSlow()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        bench.notifier.setAnswerLimit(50ms);
        bench.daemon.hold(u"GetCapabilities"_s);
        bench.notifier.show(asking(u"a"_s));
        QTRY_COMPARE(bench.notifier.reach(), Reach::Silent);
        bench.notifier.setAnswerLimit(FreedesktopNotifier::kAnswerLimit);
        bench.daemon.letGo();
        QTRY_COMPARE(bench.daemon.shown.size(), 1);
        QCOMPARE(bench.daemon.questions, 1);
        QTRY_COMPARE(bench.shown.size(), 1);
    }

    void waitsForNoBusThatIsSilent()
    {
        SKIP_WITHOUT_BUS();
        Bench bench;
        bench.notifier.setAnswerLimit(50ms);
        bench.bus.freeze();
        bench.notifier.show(asking(u"a"_s));
        QCOMPARE(bench.notifier.reach(), Reach::Looking); // it is here at once
        QTRY_COMPARE(bench.notifier.reach(), Reach::Silent);
        bench.notifier.show(asking(u"a"_s, u"make all"_s));
        bench.notifier.withdraw(u"b"_s);
        bench.notifier.setAnswerLimit(FreedesktopNotifier::kAnswerLimit);
        bench.bus.thaw();
        QTRY_COMPARE(bench.daemon.shown.size(), 1);
        QCOMPARE(bench.daemon.shown.first().body, u"make all"_s);
    }

    void doesNotSpeakToADaemonThatACommandStarted()
    {
        SKIP_WITHOUT_BUS();
        qint64 asked = 0;
        Bench bench(ScriptedDaemon::full(), {[&](qint64 pid) {
                                                 asked = pid;
                                                 return true;
                                             },
                                                [](qintptr) { return false; }});
        bench.notifier.show(asking(u"a"_s));
        QTRY_COMPARE(bench.notifier.reach(), Reach::OfCommand);
        QCOMPARE(asked, QCoreApplication::applicationPid());
        QCOMPARE(bench.daemon.shown.size(), 0);
        bench.daemon.click(1, u"run-1"_s);
        // Nor on a bus of one's.
        Bench other(ScriptedDaemon::full(), {[](qint64) { return false; }, [](qintptr) { return true; }});
        other.notifier.show(asking(u"a"_s));
        QTRY_COMPARE(other.notifier.reach(), Reach::OfCommand);
        QCOMPARE(other.daemon.questions, 0);
        QCOMPARE(bench.acted.size(), 0);
    }
};

MEANWHILE_TEST(FreedesktopNotifierTest)
#include "tst_freedesktopnotifier.moc"
