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

/// How a turn ends that the agent does not end itself, and how it goes on from there.
class MachineEndsTest : public QObject {
    Q_OBJECT

private slots:
    // So that a conversation that is opened again can tell of it.
    void keepsARecordOfStopsAndFailures()
    {
        MachineScript script;
        const auto last = [&] { return describe(script.machine.history().messages().last()); };
        script.says(u"go"_s);
        script.stops();
        QCOMPARE(last(), u"record: stopped"_s);
        script.says(u"and?"_s);
        script.fails();
        QCOMPARE(last(), u"record: failure(bad_request)"_s);
    }

    void keepsTheReasoningOfAnAnswerThatBrokeOff()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.answers(Llm::ThinkingDelta{u"hm, "_s});
        script.answers(Llm::ThinkingDelta{u"well"_s});
        script.fails();
        const Message partial = script.machine.history().messages().at(1);
        QCOMPARE(partial.completeness, Completeness::Broken);
        QCOMPARE(partial.content, (QVector<ContentBlock>{ThinkingBlock{u"hm, well"_s, {}}}));
    }

    void endsTheTaskOfTheCallThatIsStopped()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.completes({}, {u"c1"_s});
        script.step(TaskStarted{u"t1"_s, u"c1"_s});
        script.step(TaskStarted{u"t2"_s}); // the person's
        QCOMPARE(script.stops().last(), u"turn ends other by the person, 1 tasks run"_s);
        const auto &messages = script.machine.history().messages();
        const auto results = std::find_if(messages.rbegin(), messages.rend(),
            [](const Message &message) { return message.role == Role::User; });
        const auto &result = std::get<ToolResultBlock>(results->content.first());
        QCOMPARE(result.taskId, u"t1"_s);
        QCOMPARE(result.end, CallEnd::Stopped);
        QVERIFY(result.continues);
        QCOMPARE(result.toldNews, QVector<NewsId>()); // its end is still to be told
    }

    void numbersRequestsOnFromTheRunBefore()
    {
        EarlierRun earlier;
        earlier.requests = 7;
        AgentMachine machine({.maxRequests = 1}, {}, earlier);
        const MachineEffects effects = machine.step(PersonSaid{u"1"_s, u"go"_s, {}}, {});
        QVERIFY(std::any_of(effects.begin(), effects.end(), [](const Agent::MachineEffect &effect) {
            const auto *send = std::get_if<SendRequest>(&effect);
            return send && send->number == 8;
        }));
    }

    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void endsAfterTenAnswersThatGetNothingDone_data()
    {
        QTest::addColumn<QVector<StopReason>>("reasons"); // again and again
        QTest::newRow("a call that fails") << QVector{StopReason::ToolUse};
        QTest::newRow("a call that is cut off") << QVector{StopReason::MaxTokens};
        QTest::newRow("a call without a reason") << QVector{StopReason::Other};
        QTest::newRow("a call and the end") << QVector{StopReason::EndTurn};
        QTest::newRow("in turn") << QVector{
            StopReason::ToolUse, StopReason::MaxTokens, StopReason::PauseTurn, StopReason::StopSequence};
    }
    void endsAfterTenAnswersThatGetNothingDone()
    {
        QFETCH(QVector<StopReason>, reasons);
        MachineScript script;
        script.says(u"go"_s);
        for (int answer = 1; answer <= 10; ++answer) {
            QCOMPARE(script.machine.requestNumber(), answer);
            QVERIFY2(script.machine.phase() != AgentMachine::Phase::Idle, "ended too early");
            fail(script, answer, reasons.at(answer % reasons.size()));
        }
        QCOMPARE(script.machine.phase(), AgentMachine::Phase::Idle);
        QCOMPARE(describe(script.machine.history().messages().last()), u"record: no progress(10)"_s);
        // The person lets it go on, with ten more.
        QCOMPARE(script.step(PersonRetried{}), QStringList({u"turn starts"_s, u"SEND 11"_s}));
        fail(script, 11, StopReason::ToolUse);
        QCOMPARE(script.machine.requestNumber(), 12);
    }

    void countsAnewAfterProgress_data()
    {
        QTest::addColumn<QString>("progress");
        QTest::newRow("a call that works") << u"call"_s;
        QTest::newRow("words of the person") << u"words"_s;
        QTest::newRow("the end of a task") << u"task"_s;
    }
    void countsAnewAfterProgress()
    {
        QFETCH(QString, progress);
        MachineScript script;
        script.says(u"go"_s);
        for (int answer = 1; answer <= 9; ++answer)
            fail(script, answer, StopReason::ToolUse);
        if (progress == u"words"_s)
            script.says(u"try this"_s);
        else if (progress == u"task"_s)
            script.taskEnds(u"t1"_s);
        script.completes({}, {u"c10"_s});
        const bool works = progress == u"call"_s;
        QCOMPARE(callEnds(script, u"c10"_s, works).last().section(u' ', 0, 1), u"SEND 11"_s);
        for (int answer = 11; answer <= 19; ++answer)
            fail(script, answer, StopReason::ToolUse);
        QVERIFY(script.machine.phase() != AgentMachine::Phase::Idle);
    }

    void tellsTheModelOfACallThatWasDropped_data()
    {
        QTest::addColumn<StopReason>("reason");
        QTest::addColumn<bool>("goesOn");
        for (const StopReason reason : {StopReason::EndTurn, StopReason::MaxTokens, StopReason::StopSequence,
                 StopReason::PauseTurn, StopReason::Other})
            QTest::newRow(qPrintable(nameOf(reason))) << reason << true;
        QTest::newRow("refusal") << StopReason::Refusal << false;
    }
    void tellsTheModelOfACallThatWasDropped()
    {
        QFETCH(StopReason, reason);
        QFETCH(bool, goesOn);
        MachineScript script;
        script.says(u"go"_s);
        const QStringList log = script.completes({}, {u"c1"_s}, reason);
        QVERIFY2(log.contains(u"call c1 ends badly"_s), qPrintable(log.join(u'\n')));
        QVERIFY2(log.contains(u"user: error(c1)"_s), qPrintable(log.join(u'\n')));
        QCOMPARE(log.contains(u"SEND 2"_s), goesOn);
    }

    void keepsAnEmptyAnswerAndAsksAgain()
    {
        MachineScript script;
        script.says(u"go"_s);
        const QStringList log = script.completes({});
        QCOMPARE(log.sliced(1),
            QStringList({u"assistant:"_s, u"response 1 ends end_turn"_s, u"turn ends end_turn badly"_s}));
        QCOMPARE(script.step(PersonRetried{}), QStringList({u"turn starts"_s, u"SEND 2"_s}));
    }

    void goesOnAfterAnAnswerThatWasCutOff()
    {
        MachineScript script;
        script.says(u"go"_s);
        QCOMPARE(
            script.completes(u"half"_s, {}, StopReason::MaxTokens).last(), u"turn ends max_tokens badly"_s);
        QCOMPARE(script.step(PersonRetried{}), QStringList({u"turn starts"_s, u"SEND 2"_s}));
        script.completes(u"whole"_s);
        QCOMPARE(script.step(PersonRetried{}), QStringList()); // nothing to go on with
    }

    void saysThatTheWakesOfAnHourAreUsedUp()
    {
        MachineScript script({.wakesPerHour = 2, .provider = {}, .model = {}});
        script.says(u"go"_s);
        script.completes(u"Done."_s);
        for (const auto &id : {u"t1"_s, u"t2"_s}) {
            script.taskEnds(id);
            QVERIFY(script.machine.pendingWork().isEmpty());
            QCOMPARE(script.machine.deliveryBlock(NewsId::endOf(id)), DeliveryBlock::Soon);
            script.step(WakeDue{});
            script.completes(u"I see."_s);
        }
        script.taskEnds(u"t3"_s);
        QCOMPARE(script.machine.deliveryBlock(NewsId::endOf(u"t3"_s)), DeliveryBlock::WakeLimit);
        QCOMPARE(script.machine.pendingWork(), (PendingWork{1, false, true}));

        // Continue tells it, and gives the wakes back.
        QCOMPARE(script.step(PersonRetried{}),
            QStringList({u"NO WAKE"_s, u"turn starts"_s, u"user: news(t3)"_s, u"SEND 4 with t3"_s}));
        QVERIFY(script.machine.pendingWork().isEmpty());
        script.completes(u"I see."_s);
        script.taskEnds(u"t4"_s);
        QCOMPARE(script.machine.deliveryBlock(NewsId::endOf(u"t4"_s)), DeliveryBlock::Soon);
    }

    void wakesAgainWhenTheHourIsOver()
    {
        MachineScript script({.wakesPerHour = 1, .provider = {}, .model = {}});
        script.says(u"go"_s);
        script.completes(u"Done."_s);
        script.taskEnds(u"t1"_s);
        script.step(WakeDue{});
        script.completes(u"I see."_s);
        script.pass(10min);
        QCOMPARE(script.taskEnds(u"t2"_s).last(), u"WAKE in 3000000"_s);
        script.pass(50min);
        QCOMPARE(script.step(WakeDue{}).first(), u"turn starts by a result"_s);
        QVERIFY(script.machine.pendingWork().isEmpty());
    }

private:
    static QStringList callEnds(MachineScript &script, const QString &id, bool works)
    {
        Tools::ToolOutcome outcome;
        outcome.text = u"so"_s;
        outcome.isError = !works;
        return script.step(CallEnded{id, outcome});
    }
    static void fail(MachineScript &script, int answer, StopReason reason)
    {
        const QString id = u"c%1"_s.arg(answer);
        script.completes({}, {id}, reason);
        if (reason == StopReason::ToolUse)
            callEnds(script, id, false);
    }
};

MEANWHILE_TEST(MachineEndsTest)
#include "tst_machineends.moc"
