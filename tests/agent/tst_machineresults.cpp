// SPDX-License-Identifier: MIT
#include "machinescript.h"
#include "support/testregistry.h"

#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Conversation;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = Tasks::Delivery::State;
using Tasks::WakePolicy;

/// How the ends of tasks reach the model: once, soon, and not while the person types or has just pressed
/// Stop.
class MachineResultsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void goWithTheNextRequestBehindResultsAndWords()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.completes({}, {u"c1"_s});
        QCOMPARE(script.taskEnds(u"t1"_s), QStringList({u"KEEP t1"_s}));
        script.taskEnds(u"t2"_s);
        script.says(u"and?"_s);
        QCOMPARE(script.callEnds(u"c1"_s),
            QStringList({u"call c1 ends"_s, u"unqueued and?"_s, u"user: result(c1) text(and?) news(t1 t2)"_s,
                u"SEND 2 with t1 t2"_s}));
        QCOMPARE(script.machine.news().delivery(NewsId::endOf(u"t1"_s)).state, State::InRequest);
        QCOMPARE(script.starts(), QStringList({u"response 2 starts"_s, u"delivered t1 t2 by 2"_s}));
        QCOMPARE(script.machine.news().delivery(NewsId::endOf(u"t1"_s)).state, State::Accepted);
    }

    void keepTheTurnGoing()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.starts();
        script.taskEnds(u"t1"_s, WakePolicy::NextTurn);
        QCOMPARE(script.completes(u"Done."_s),
            QStringList({u"assistant: text(Done.)"_s, u"response 1 ends end_turn"_s, u"user: news(t1)"_s,
                u"SEND 2 with t1"_s}));
    }

    void wakeAnIdleAgentSoonAfterTheLastOfABurst()
    {
        MachineScript script;
        script.step(TaskStarted{u"runs on"_s});
        QCOMPARE(script.taskEnds(u"t1"_s), QStringList({u"KEEP t1"_s, u"WAKE in 20"_s}));
        for (int i = 2; i <= 13; ++i) {
            script.pass(15ms);
            QCOMPARE(script.taskEnds(u"t%1"_s.arg(i)).last(), u"WAKE in 20"_s);
        }
        script.pass(15ms); // 195 ms after the first
        QCOMPARE(script.taskEnds(u"t14"_s).last(), u"WAKE in 5"_s);
        script.pass(5ms);
        const QStringList log = script.step(WakeDue{});
        QCOMPARE(log.first(), u"turn starts by a result"_s);
        QVERIFY(log.last().startsWith(u"SEND 1 with t1 t2"));
    }

    void wakeAtOnceWhenNothingElseRuns()
    {
        MachineScript script;
        for (const QString &id : {u"t1"_s, u"t2"_s, u"t3"_s})
            script.step(TaskStarted{id});
        QCOMPARE(script.taskEnds(u"t1"_s).last(), u"WAKE in 20"_s);
        script.pass(7ms);
        QCOMPARE(script.taskEnds(u"t2"_s).last(), u"WAKE in 20"_s);
        QCOMPARE(script.taskEnds(u"t3"_s).last(), u"WAKE in 0"_s);
        QCOMPARE(script.step(WakeDue{}).last(), u"SEND 1 with t1 t2 t3"_s);
    }

    void wakeAtOnceWhenWhatElseRunsServes()
    {
        MachineScript script;
        script.step(TaskStarted{u"server"_s});
        script.step(TaskStarted{u"t1"_s});
        script.step(TaskServes{u"server"_s, true});
        QCOMPARE(script.taskEnds(u"t1"_s).last(), u"WAKE in 0"_s);
        script.step(TaskServes{u"server"_s, false});
        QCOMPARE(script.taskEnds(u"t2"_s).last(), u"WAKE in 20"_s);
    }

    void wakeWithABurstThoughAnOlderOneWaited()
    {
        MachineScript script;
        script.step(TaskStarted{u"runs on"_s});
        QCOMPARE(script.taskEnds(u"old"_s, WakePolicy::NextTurn), QStringList({u"KEEP old"_s}));
        script.pass(1h);
        QCOMPARE(script.taskEnds(u"new"_s).last(), u"WAKE in 20"_s);
        QCOMPARE(script.step(WakeDue{}).last(), u"SEND 1 with old new"_s);
    }

    void waitWhileThePersonTypes()
    {
        MachineScript script;
        script.taskEnds(u"t1"_s);
        QCOMPARE(script.step(PersonTyping{true}), QStringList({u"NO WAKE"_s}));
        QCOMPARE(script.step(WakeDue{}), QStringList());
        script.pass(3s);
        QCOMPARE(script.step(PersonTyping{false}), QStringList({u"WAKE in 0"_s}));
        script.step(PersonTyping{true});
        QCOMPARE(script.says(u"hello"_s).last(), u"SEND 1 with t1"_s);
    }

    void sayWhyTheyAreNotToldYet()
    {
        MachineScript script;
        const auto why = [&script] { return script.machine.deliveryBlock(NewsId::endOf(u"t1"_s)); };
        QCOMPARE(why(), DeliveryBlock::Nothing);
        script.says(u"go"_s);
        script.starts();
        script.taskEnds(u"t1"_s);
        QCOMPARE(why(), DeliveryBlock::NextRequest);
        script.stops();
        QCOMPARE(why(), DeliveryBlock::Stopped);
        script.says(u"go on"_s);
        QCOMPARE(why(), DeliveryBlock::OnItsWay);
        script.failsForNow();
        QCOMPARE(why(), DeliveryBlock::TriesAgain);
        script.retryIsDue();
        script.fails();
        QCOMPARE(why(), DeliveryBlock::RequestFailed);
        script.step(PersonRetried{});
        script.starts();
        QCOMPARE(why(), DeliveryBlock::Nothing);
        script.completes(u"Good."_s);
        script.taskEnds(u"t2"_s, WakePolicy::NextTurn);
        QCOMPARE(script.machine.deliveryBlock(NewsId::endOf(u"t2"_s)), DeliveryBlock::NextTurn);
        script.step(PersonTyping{true});
        script.taskEnds(u"t3"_s);
        QCOMPARE(script.machine.deliveryBlock(NewsId::endOf(u"t3"_s)), DeliveryBlock::PersonTypes);
        script.step(PersonTyping{false});
        QCOMPARE(script.machine.deliveryBlock(NewsId::endOf(u"t3"_s)), DeliveryBlock::Soon);
    }

    void wakeByTheirPolicy_data()
    {
        QTest::addColumn<WakePolicy>("policy");
        QTest::addColumn<bool>("failed");
        QTest::addColumn<bool>("wakes");
        QTest::addColumn<bool>("told");
        QTest::newRow("wake") << WakePolicy::Wake << false << true << true;
        QTest::newRow("next turn") << WakePolicy::NextTurn << true << false << true;
        QTest::newRow("on failure, failed") << WakePolicy::OnFailure << true << true << true;
        QTest::newRow("on failure, well") << WakePolicy::OnFailure << false << false << true;
        QTest::newRow("never") << WakePolicy::Never << true << false << false;
    }
    void wakeByTheirPolicy()
    {
        QFETCH(WakePolicy, policy);
        QFETCH(bool, failed);
        QFETCH(bool, wakes);
        QFETCH(bool, told);
        MachineScript script;
        script.taskEnds(u"t1"_s, policy, failed);
        QCOMPARE(script.machine.isWakePending(), wakes);
        QCOMPARE(script.says(u"hello"_s).last(), told ? u"SEND 1 with t1"_s : u"SEND 1"_s);
    }

    void stayInTheMessageWhenItsRequestFails()
    {
        MachineScript script;
        script.taskEnds(u"t1"_s);
        script.step(WakeDue{});
        script.fails();
        QCOMPARE(script.machine.news().delivery(NewsId::endOf(u"t1"_s)).state, State::InRequest);
        QCOMPARE(script.step(PersonRetried{}), QStringList({u"turn starts"_s, u"SEND 2"_s}));
        QCOMPARE(script.starts(), QStringList({u"response 2 starts"_s, u"delivered t1 by 2"_s}));
        QCOMPARE(script.machine.news().delivery(NewsId::endOf(u"t1"_s)).request, 2);
    }

    void areToldOnceWhenAnAnswerTellsThem_data()
    {
        QTest::addColumn<bool>("newsFirst");
        QTest::newRow("the answer comes first") << false;
        QTest::newRow("the end comes first") << true;
    }
    void areToldOnceWhenAnAnswerTellsThem()
    {
        QFETCH(bool, newsFirst);
        MachineScript script;
        script.says(u"go"_s);
        script.completes({}, {u"c1"_s});
        if (newsFirst)
            script.taskEnds(u"t1"_s);
        QCOMPARE(script.callEnds(u"c1"_s, {u"t1"_s}),
            QStringList({u"call c1 ends"_s, u"user: result(c1 t1)"_s, u"SEND 2"_s}));
        if (!newsFirst)
            QCOMPARE(script.taskEnds(u"t1"_s), QStringList());
        QCOMPARE(script.starts(), QStringList({u"response 2 starts"_s, u"delivered t1 by 2"_s}));
        // Reading it again is no second telling.
        script.completes({}, {u"c2"_s});
        QCOMPARE(script.callEnds(u"c2"_s, {u"t1"_s}).at(1), u"user: result(c2)"_s);
    }

    void stayInTheOutboxUntilAMessageHoldsTheAnswer()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.completes({}, {u"c1"_s, u"c2"_s});
        script.callEnds(u"c1"_s, {u"t1"_s});
        QCOMPARE(script.taskEnds(u"t1"_s), QStringList({u"KEEP t1"_s}));
        QVERIFY(script.machine.news().isEmpty());
    }

    void wakeNobodyRightAfterStop()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.starts();
        script.taskEnds(u"t1"_s);
        QCOMPARE(script.stops().last(), u"turn ends other by the person"_s);
        script.step(PersonTyping{true});
        QCOMPARE(script.step(PersonTyping{false}), QStringList());
        QVERIFY(!script.machine.isWakePending());
        QCOMPARE(script.taskEnds(u"t2"_s).last(), u"WAKE in 0"_s); // something new has happened
        QCOMPARE(script.step(WakeDue{}).last(), u"SEND 2 with t1 t2"_s);
    }

    void areCountedWhileTheyRun()
    {
        MachineScript script;
        script.step(TaskStarted{u"t1"_s});
        script.step(TaskStarted{u"t2"_s});
        script.says(u"go"_s);
        QCOMPARE(script.completes(u"Done."_s).last(), u"turn ends end_turn, 2 tasks run"_s);
    }

    void wakeNoMoreOftenThanTheBudget()
    {
        MachineScript script({.wakesPerHour = 1, .provider = {}, .model = {}});
        script.taskEnds(u"t1"_s);
        script.step(WakeDue{});
        script.completes(u"Done."_s);
        script.pass(10min);
        QCOMPARE(script.taskEnds(u"t2"_s).last(), u"WAKE in %1"_s.arg(50 * 60 * 1000));
        script.pass(50min);
        QCOMPARE(script.step(WakeDue{}).last(), u"SEND 2 with t2"_s);
    }

    void wakeNobodyWithoutABudget()
    {
        MachineScript script({.wakesPerHour = 0, .provider = {}, .model = {}});
        QCOMPARE(script.taskEnds(u"t1"_s), QStringList({u"KEEP t1"_s}));
        MachineScript other({.wakeWhenIdle = false, .provider = {}, .model = {}});
        QCOMPARE(other.taskEnds(u"t1"_s), QStringList({u"KEEP t1"_s}));
    }

    void areNotToldAgainByALaterRun()
    {
        History history;
        history.append({u"m1"_s, Role::User, {NewsBlock{endsOf({u"t1"_s}), u"…"_s}}, {}});
        history.append({u"m2"_s, Role::Assistant, {ToolCallBlock{u"c1"_s, u"bash"_s, "{}", {}}}, {}});
        history.append(
            {u"m3"_s, Role::User, {ToolResultBlock{u"c1"_s, u"done"_s, false, {}, endsOf({u"t2"_s})}}, {}});
        MachineScript script({}, history);
        QCOMPARE(script.taskEnds(u"t1"_s), QStringList());
        QCOMPARE(script.taskEnds(u"t2"_s), QStringList());
        QCOMPARE(script.machine.news().delivery(NewsId::endOf(u"t1"_s)).state, State::Accepted);
        QCOMPARE(script.machine.news().delivery(NewsId::endOf(u"t2"_s)).state, State::InRequest);
        script.says(u"go on"_s);
        QCOMPARE(script.starts(), QStringList({u"response 1 starts"_s, u"delivered t2 by 1"_s}));
    }
};

MEANWHILE_TEST(MachineResultsTest)
#include "tst_machineresults.moc"
