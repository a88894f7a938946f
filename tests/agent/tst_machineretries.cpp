// SPDX-License-Identifier: MIT
#include "machinescript.h"
#include "support/testregistry.h"

#include <QRegularExpression>
#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Conversation;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Phase = AgentMachine::Phase;
using State = Tasks::Delivery::State;

/// What becomes of a request that fails and may be sent again.
class MachineRetriesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void sendTheSameMessagesAgainAfterTheDelay()
    {
        MachineScript script;
        script.says(u"go"_s);
        const auto before = script.machine.history().messages();
        QCOMPARE(script.failsForNow(), QStringList({u"RETRY 1 in 5000"_s, u"try 2 of request 1 in 5000"_s}));
        QCOMPARE(script.machine.phase(), Phase::WaitingToRetry);
        QCOMPARE(script.retryIsDue(), QStringList({u"SEND 2"_s}));
        QCOMPARE(script.machine.history().messages(), before);
        QCOMPARE(script.failsForNow().last(), u"try 3 of request 2 in 5000"_s);
        script.retryIsDue();
        QCOMPARE(script.completes(u"Hi"_s).last(), u"turn ends end_turn"_s);
    }

    void takeAlongWhatCameMeanwhile()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.failsForNow();
        QCOMPARE(script.says(u"also this"_s), QStringList({u"queued also this"_s}));
        script.says(u"not this"_s);
        script.step(PersonWithdrew{u"not this"_s});
        QCOMPARE(script.taskEnds(u"t1"_s), QStringList({u"KEEP t1"_s})); // no wake: the retry comes
        QCOMPARE(script.retryIsDue(),
            QStringList({u"unqueued also this"_s, u"user: text(also this) news(t1)"_s, u"SEND 2 with t1"_s}));
    }

    void comeAtOnceWhenThePersonSaysSo()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.failsForNow();
        QCOMPARE(script.step(PersonRetried{}), QStringList({u"NO RETRY"_s, u"SEND 2"_s}));
        QCOMPARE(script.step(RetryDue{1}), QStringList());                      // late
        QCOMPARE(script.failsForNow().last(), u"try 2 of request 2 in 5000"_s); // counted anew
    }

    void endWithStopAtOnce()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.failsForNow();
        script.says(u"waits"_s);
        QCOMPARE(script.stops(), QStringList({u"NO RETRY"_s, u"turn ends other by the person"_s}));
        QVERIFY(script.machine.hasQueuedMessages());
        QCOMPARE(script.retryIsDue(), QStringList());
        QCOMPARE(script.machine.phase(), Phase::Idle);
    }

    void ignoreTheTimerOfAnEarlierOne()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.failsForNow();
        script.stops();
        script.says(u"again"_s);
        script.failsForNow();
        QCOMPARE(script.step(RetryDue{1}), QStringList());
        QCOMPARE(script.step(RetryDue{2}), QStringList({u"SEND 3"_s}));
    }

    void beginABrokenAnswerAnewAndRunNoCallOfIt()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.answers(Llm::TextDelta{u"Half a"_s});
        script.answers(Llm::ToolCallBeingWritten{u"c1"_s, u"bash"_s});
        QCOMPARE(script.failsForNow(), QStringList({u"response 1 ends broken"_s, u"RETRY 1 in 5000"_s,
                                           u"try 2 of request 1 in 5000"_s}));
        QCOMPARE(script.retryIsDue(), QStringList({u"SEND 2"_s}));
        script.completes(u"All of it"_s);
        QCOMPARE(script.machine.history().size(), 2);
    }

    void keepTheLastThatCameOfAnAnswerOnceTheyAreOver()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.answers(Llm::TextDelta{u"Half"_s});
        script.failsForNow();
        script.retryIsDue();
        script.answers(Llm::TextDelta{u"Half a"_s});
        script.failsForNow();
        script.retryIsDue(); // which nothing comes of
        script.failsForNow();
        QVERIFY(script.stops().contains(u"assistant broken: text(Half a)"_s));
        QCOMPARE(script.machine.history().size(), 3); // with the record of the stop
        script.says(u"again"_s);
        QVERIFY(!script.stops().contains(u"assistant broken: text(Half a)"_s)); // once
    }

    void neverComeOnceACallHasRun()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.completes({}, {u"c1"_s});
        // The answer is whole, so its request cannot fail any more, whatever the connection does.
        QCOMPARE(script.failsForNow(), QStringList());
        script.step(CallStarted{u"c1"_s});
        QCOMPARE(script.failsForNow(), QStringList());
        QCOMPARE(script.callEnds(u"c1"_s).last(), u"SEND 2"_s);
        QCOMPARE(script.step(AnswerEvent{1, Llm::AnswerFailed{{ErrorKind::Network, {}, {}}}}), QStringList());
        // The next request fails and is repeated; the call's result is in it, and the call does not run
        // again.
        script.failsForNow();
        QCOMPARE(script.retryIsDue(), QStringList({u"SEND 3"_s}));
    }

    void carryResultsOnceMoreButTellThemOnce()
    {
        MachineScript script;
        script.taskEnds(u"t1"_s);
        QCOMPARE(script.step(WakeDue{}).last(), u"SEND 1 with t1"_s);
        script.failsForNow();
        QCOMPARE(script.machine.news().delivery(NewsId::endOf(u"t1"_s)).state, State::InRequest);
        QCOMPARE(script.retryIsDue(), QStringList({u"SEND 2"_s}));
        QCOMPARE(script.machine.history().size(), 1);
        QCOMPARE(script.starts(), QStringList({u"response 2 starts"_s, u"delivered t1 by 2"_s}));
        script.failsForNow(); // accepted, and broken all the same
        script.retryIsDue();
        QCOMPARE(script.starts(), QStringList({u"response 3 starts"_s}));
    }

    void endAfterTenTries()
    {
        MachineScript script;
        script.says(u"go"_s);
        for (int attempt = 2; attempt <= 10; ++attempt) {
            QCOMPARE(script.failsForNow(1s).last(),
                u"try %1 of request %2 in 1000"_s.arg(attempt).arg(attempt - 1));
            script.retryIsDue();
        }
        QCOMPARE(script.failsForNow(1s), QStringList({u"failed"_s, u"turn ends other by a failure"_s}));
        // The person may try again, as often as the first time.
        QCOMPARE(script.step(PersonRetried{}), QStringList({u"turn starts"_s, u"SEND 11"_s}));
        QCOMPARE(script.failsForNow(1s).last(), u"try 2 of request 11 in 1000"_s);
    }

    void endAfterTenMinutes()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.failsForNow();
        script.retryIsDue();
        script.pass(10min);
        QCOMPARE(script.failsForNow().last(), u"turn ends other by a failure"_s);
    }

    void countFromOneAfterAWholeAnswer()
    {
        MachineScript script;
        script.says(u"go"_s);
        for (int i = 0; i < 8; ++i) {
            script.failsForNow();
            script.retryIsDue();
        }
        script.completes({}, {u"c1"_s});
        script.callEnds(u"c1"_s);
        QCOMPARE(script.failsForNow().last(), u"try 2 of request 10 in 5000"_s);
    }

    void giveUpAServerErrorThatRepeatsUnlessTheWordsChange()
    {
        const Llm::AnswerFailed failure{{ErrorKind::Overloaded, {}, {}, 500, 1s}};
        MachineScript script;
        script.says(u"go"_s);
        script.answers(failure);
        script.retryIsDue();
        script.answers(failure);
        script.says(u"other words"_s);
        script.retryIsDue();
        script.answers(failure);
        script.retryIsDue();
        QCOMPARE(script.answers(failure).last(), u"try 5 of request 4 in 1000"_s);
        script.retryIsDue();
        QCOMPARE(script.answers(failure).last(), u"turn ends other by a failure"_s);
    }

    void countOnceForTheLimitOfRequests()
    {
        MachineScript script({.maxRequests = 1, .provider = {}, .model = {}});
        script.says(u"go"_s);
        script.failsForNow();
        QCOMPARE(script.retryIsDue(), QStringList({u"SEND 2"_s}));
        QCOMPARE(script.completes({}, {u"c1"_s}).last(), u"turn ends tool_use"_s);
    }

    void areNotForWhatNoTryCanHelp()
    {
        MachineScript script;
        script.says(u"go"_s);
        QCOMPARE(script.fails(), QStringList({u"failed"_s, u"turn ends other by a failure"_s}));
    }
};

MEANWHILE_TEST(MachineRetriesTest)
#include "tst_machineretries.moc"
