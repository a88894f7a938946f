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

namespace {

/// A conversation of three exchanges, after which the model has counted this many tokens.
MachineScript after(qint64 tokens, qint64 window = 0)
{
    MachineOptions options;
    options.windowTokens = window;
    MachineScript script(options);
    for (const QString &word : {u"one"_s, u"two"_s, u"three"_s}) {
        script.says(word);
        Message answer;
        answer.content = {TextBlock{u"Right."_s}};
        answer.stopReason = StopReason::EndTurn;
        answer.usage.inputTokens = tokens;
        script.answers(Llm::Completed{answer});
    }
    return script;
}

QStringList refusedAsTooLong(MachineScript &script)
{
    return script.answers(Llm::AnswerFailed{
        {ErrorKind::BadRequest, u"no"_s, u"HTTP 400 prompt is too long: 9 tokens > 8 maximum"_s, 400}});
}

ImageBlock picture()
{
    return {u"image/png"_s, "png"};
}

/// The provider names a block of a message, or, with -1, the whole message.
AnswerEvent refusal(qint64 request, const QString &messageId, qint64 block)
{
    return {request, Llm::AnswerFailed{{ErrorKind::BadRequest, u"no"_s, u"HTTP 400 no"_s, 400}},
        OmissionBlock{OmissionBlock::What::Block, messageId, block, u"no"_s}};
}

QStringList summarised(MachineScript &script, qint64 number, const QString &keepFrom = {})
{
    return script.step(Compacted{number, CompactionBlock{u"notes"_s, {}, keepFrom, 0, {}}});
}

QStringList notSummarised(MachineScript &script, qint64 number, ErrorKind kind)
{
    return script.step(Compacted{number, failure(Error{kind, u"no"_s, {}})});
}

MachineScript withLongOutputs()
{
    MachineScript script;
    for (int i = 1; i <= 2; ++i) {
        script.says(u"read %1"_s.arg(i));
        script.completes({}, {u"c%1"_s.arg(i)});
        script.step(CallEnded{u"c%1"_s.arg(i), Tools::ToolOutcome{QString(1'000, u'x')}});
        if (i == 1)
            script.completes(u"I see."_s);
    }
    return script;
}

} // namespace

/// What the machine does about a request that would not go through as it is.
class MachineRoomTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void summarisesWhenTheWindowIsNearlyFull()
    {
        MachineScript script = after(900, 1'000);
        QCOMPARE(script.says(u"four"_s), QStringList({u"turn starts"_s, u"unqueued four"_s,
                                             u"user: text(four)"_s, u"compacts"_s, u"COMPACT 1 from m7"_s}));
        QCOMPARE(script.machine.phase(), Phase::Compacting);
        QCOMPARE(summarised(script, 1, u"m7"_s), QStringList({u"record: compaction"_s, u"SEND 4"_s}));
        QCOMPARE(script.completes(u"Hi"_s).last(), u"turn ends end_turn"_s);
        QVERIFY(script.says(u"five"_s).contains(u"SEND 5"_s)); // not at once again
    }

    void leavesARoomyWindowAlone()
    {
        QVERIFY(after(700, 1'000).says(u"four"_s).contains(u"SEND 4"_s));
        QVERIFY(after(900'000).says(u"four"_s).contains(u"SEND 4"_s)); // of unknown size
    }

    void goesOnWithoutASummaryThatWasNotNeededYet()
    {
        MachineScript script = after(900, 1'000);
        script.says(u"four"_s);
        QCOMPARE(notSummarised(script, 1, ErrorKind::Network), QStringList({u"SEND 4"_s}));
        script.completes(u"Hi"_s);
        QVERIFY(script.says(u"five"_s).contains(u"SEND 5"_s)); // a failing summary is not paid for each time
    }

    void summarisesWhatTheProviderFindsTooLong()
    {
        MachineScript script = after(0);
        script.taskEnds(u"t1"_s, Tasks::WakePolicy::NextTurn);
        script.says(u"four"_s);
        QCOMPARE(refusedAsTooLong(script), QStringList({u"compacts"_s, u"COMPACT 1 from m7"_s}));
        QCOMPARE(summarised(script, 1, u"m7"_s), QStringList({u"record: compaction"_s, u"SEND 5"_s}));
        QVERIFY(script.starts().contains(u"delivered t1 by 5"_s));
    }

    void leavesOutOutputsAndThenAsksThePerson()
    {
        MachineScript script = withLongOutputs();
        QCOMPARE(refusedAsTooLong(script).last(), u"COMPACT 1 from m6"_s);
        QCOMPARE(notSummarised(script, 1, ErrorKind::Protocol),
            QStringList({u"record: omits(m6 -1)"_s, u"SEND 5"_s}));
        QCOMPARE(refusedAsTooLong(script), QStringList({u"record: omits( -1)"_s, u"SEND 6"_s}));
        QCOMPARE(refusedAsTooLong(script), QStringList({u"failed"_s, u"turn ends other by a failure"_s}));
        QVERIFY(script.step(PersonRetried{}).contains(u"SEND 7"_s)); // with another model perhaps
    }

    void leavesOutOutputsWhereASummaryIsNotEnough()
    {
        MachineScript script = withLongOutputs();
        refusedAsTooLong(script);
        summarised(script, 1, u"m6"_s);
        QCOMPARE(refusedAsTooLong(script), QStringList({u"record: omits( -1)"_s, u"SEND 6"_s}));
        QCOMPARE(script.completes(u"Hi"_s).last(), u"turn ends end_turn"_s);
    }

    void keepsTheOutputsWhenOnlyTheConnectionIsBad()
    {
        MachineScript script = withLongOutputs();
        refusedAsTooLong(script);
        const QStringList log = notSummarised(script, 1, ErrorKind::Network);
        QVERIFY(log.first().startsWith(u"RETRY 4 in "_s));
        QCOMPARE(script.retryIsDue(), QStringList({u"SEND 5"_s}));
        QCOMPARE(refusedAsTooLong(script).last(), u"COMPACT 2 from m6"_s);
    }

    void saysWhatAnotherSummaryCannotHelp()
    {
        MachineScript script = withLongOutputs();
        refusedAsTooLong(script);
        QCOMPARE(notSummarised(script, 1, ErrorKind::Authentication),
            QStringList({u"failed"_s, u"turn ends other by a failure"_s}));
    }

    void summarisesWhenThePersonAsks()
    {
        MachineScript script = after(0);
        QCOMPARE(script.step(PersonAskedToCompact{}),
            QStringList({u"turn starts"_s, u"compacts"_s, u"COMPACT 1 from "_s}));
        QCOMPARE(script.says(u"four"_s), QStringList({u"queued four"_s}));
        QCOMPARE(summarised(script, 1),
            QStringList({u"record: compaction"_s, u"unqueued four"_s, u"user: text(four)"_s, u"SEND 4"_s}));
        script.completes(u"Hi"_s);
        script.step(PersonAskedToCompact{});
        QCOMPARE(summarised(script, 2), QStringList({u"record: compaction"_s, u"turn ends end_turn"_s}));
        QCOMPARE(script.step(PersonRetried{}), QStringList()); // nothing waits for an answer
        QCOMPARE(script.step(PersonAskedToCompact{}), QStringList());
    }

    void summarisesBeforeTheNextRequestWhenAskedAtWork()
    {
        MachineScript script = after(0);
        script.says(u"four"_s);
        QCOMPARE(script.step(PersonAskedToCompact{}), QStringList());
        script.completes({}, {u"c1"_s});
        QCOMPARE(script.callEnds(u"c1"_s).last(), u"COMPACT 1 from m8"_s);
        QCOMPARE(summarised(script, 1, u"m8"_s).last(), u"SEND 5"_s);
        script.step(PersonAskedToCompact{});
        QCOMPARE(script.completes(u"Hi"_s).last(), u"COMPACT 2 from "_s); // no request comes
        QCOMPARE(notSummarised(script, 2, ErrorKind::Network),
            QStringList({u"failed"_s, u"turn ends end_turn"_s})); // it was answered
        QVERIFY(!script.machine.hasFailed());
    }

    void doesNotCallATurnFailedThatGoesOnWithoutItsSummary()
    {
        MachineScript script = after(0);
        script.step(PersonAskedToCompact{});
        script.says(u"four"_s);
        const QStringList log = notSummarised(script, 1, ErrorKind::Network);
        QVERIFY(log.contains(u"failed"_s));
        QCOMPARE(log.last(), u"SEND 4"_s);
        QCOMPARE(script.completes(u"Hi"_s).last(), u"turn ends end_turn"_s);
        QVERIFY(!script.machine.hasFailed());
        // One that was begun for the summary alone has failed with it, until the next.
        script.step(PersonAskedToCompact{});
        QCOMPARE(notSummarised(script, 2, ErrorKind::Network).last(), u"turn ends other by a failure"_s);
        QVERIFY(script.machine.hasFailed());
        script.says(u"five"_s);
        QVERIFY(!script.machine.hasFailed());
    }

    void hasNothingToSummariseInTheBeginning()
    {
        MachineScript script;
        QCOMPARE(script.step(PersonAskedToCompact{}), QStringList());
        script.says(u"a whole book"_s);
        QCOMPARE(refusedAsTooLong(script), QStringList({u"failed"_s, u"turn ends other by a failure"_s}));
    }

    void stopsASummary()
    {
        MachineScript script = after(900, 1'000);
        script.says(u"four"_s);
        QCOMPARE(script.stops(), QStringList({u"NO COMPACTION 1"_s, u"turn ends other by the person"_s}));
        QCOMPARE(summarised(script, 1), QStringList()); // late
        QCOMPARE(script.step(PersonRetried{}).last(), u"COMPACT 2 from m7"_s);
    }

    void takesOutWhatTheProviderNamed()
    {
        MachineScript script;
        script.step(PersonSaid{u"p1"_s, u"look"_s, {picture()}});
        const AnswerEvent refused = refusal(1, u"m1"_s, 0);
        QCOMPARE(script.step(refused), QStringList({u"record: omits(m1 0)"_s, u"SEND 2"_s}));
        AnswerEvent again = refused;
        again.request = 2;
        QCOMPARE(
            script.step(again), QStringList({u"failed"_s, u"turn ends other by a failure"_s})); // tried once
    }

    void leavesThePersonsNewestWordsToThem()
    {
        const QStringList fails{u"failed"_s, u"turn ends other by a failure"_s};
        MachineScript script;
        script.says(u"look"_s);
        QCOMPARE(script.step(refusal(1, u"m1"_s, 0)), fails);
        script.step(PersonRetried{});
        QCOMPARE(script.step(refusal(2, u"m1"_s, -1)), fails);
        QCOMPARE(plainText(script.machine.history().messages().first()), u"look"_s);

        // Words that others came after may go.
        script.says(u"and this"_s);
        QCOMPARE(script.step(refusal(3, u"m1"_s, -1)).first(), u"record: omits(m1 -1)"_s);
        QCOMPARE(script.step(refusal(4, script.machine.history().messages().at(3).id, 0)), fails);
    }

    void countsARequestThatIsRepairedOnce()
    {
        MachineOptions options;
        options.maxRequests = 1;
        MachineScript script(options);
        script.step(PersonSaid{u"p1"_s, u"look"_s, {picture()}});
        script.step(refusal(1, u"m1"_s, 0));
        QCOMPARE(script.completes(u"Hi"_s).last(), u"turn ends end_turn"_s);
    }
};

MEANWHILE_TEST(MachineRoomTest)
#include "tst_machinecontext.moc"
