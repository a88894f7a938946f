// SPDX-License-Identifier: MIT
#include "agent/requestbuilder.h"
#include "llm/openai/openaiencoder.h"
#include "machinescript.h"
#include "support/testregistry.h"

#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Conversation;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Phase = AgentMachine::Phase;
using State = Tasks::Delivery::State;
using Tasks::WakePolicy;

/// The turn of the loop: request, answer, calls, results, the person's words. Tasks' ends are in
/// tst_machineresults.cpp.
class AgentMachineTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void answersWithoutTools()
    {
        MachineScript script;
        QCOMPARE(script.says(u"hello"_s),
            QStringList({u"turn starts"_s, u"unqueued hello"_s, u"user: text(hello)"_s, u"SEND 1"_s}));
        QCOMPARE(script.starts(), QStringList({u"response 1 starts"_s}));
        QCOMPARE(script.answers(Llm::ThinkingDelta{u"hm"_s}), QStringList({u"thinking hm"_s}));
        QCOMPARE(script.answers(Llm::TextDelta{u"Hi"_s}), QStringList({u"text Hi"_s}));
        QCOMPARE(script.completes(u"Hi"_s),
            QStringList({u"assistant: text(Hi)"_s, u"response 1 ends end_turn"_s, u"turn ends end_turn"_s}));
        QCOMPARE(script.machine.phase(), Phase::Idle);
    }

    void runsCallsOneAfterAnotherAndAnswersAllAtOnce()
    {
        MachineScript script;
        script.says(u"go"_s);
        QCOMPARE(script.answers(Llm::ToolCallBeingWritten{u"c1"_s, u"read_file"_s}),
            QStringList({u"response 1 starts"_s, u"call c1 announced"_s}));
        QCOMPARE(script.completes(u"Two."_s, {u"c1"_s, u"c2"_s}),
            QStringList({u"assistant: text(Two.) call(c1) call(c2)"_s, u"response 1 ends tool_use"_s,
                u"call c1 made"_s, u"call c2 made"_s, u"RUN c1"_s}));
        QCOMPARE(script.step(CallStarted{u"c1"_s}), QStringList({u"call c1 runs"_s}));
        QCOMPARE(script.callEnds(u"c2"_s), QStringList()); // not its turn
        QCOMPARE(script.callEnds(u"c1"_s), QStringList({u"call c1 ends"_s, u"RUN c2"_s}));
        QCOMPARE(script.callEnds(u"c1"_s), QStringList()); // a second answer
        QCOMPARE(script.callEnds(u"c2"_s),
            QStringList({u"call c2 ends"_s, u"user: result(c1) result(c2)"_s, u"SEND 2"_s}));
    }

    void takesWordsTypedMeanwhileIntoTheNextRequest()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.starts();
        QCOMPARE(script.says(u"also this"_s), QStringList({u"queued also this"_s}));
        script.completes({}, {u"c1"_s});
        QCOMPARE(script.says(u"and that"_s), QStringList({u"queued and that"_s, u"INTERRUPT c1: wrote"_s}));
        QCOMPARE(script.callEnds(u"c1"_s),
            QStringList({u"call c1 ends"_s, u"unqueued also this"_s, u"unqueued and that"_s,
                u"user: result(c1) text(also this) text(and that)"_s, u"SEND 2"_s}));
    }

    void goesOnWithWordsThatAreQueuedAtTheEndOfTheTurn()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.says(u"more"_s);
        QCOMPARE(script.completes(u"Done."_s),
            QStringList({u"response 1 starts"_s, u"assistant: text(Done.)"_s, u"response 1 ends end_turn"_s,
                u"unqueued more"_s, u"user: text(more)"_s, u"SEND 2"_s}));
    }

    void forgetsWithdrawnWords()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.says(u"no"_s);
        QCOMPARE(script.step(PersonWithdrew{u"no"_s}), QStringList({u"unqueued no"_s}));
        QCOMPARE(script.step(PersonWithdrew{u"no"_s}), QStringList());
        QCOMPARE(script.completes(u"Done."_s).last(), u"turn ends end_turn"_s);
        QVERIFY(!script.machine.hasQueuedMessages());
    }

    void stopsBeforeTheAnswerBegins()
    {
        MachineScript script;
        script.says(u"go"_s);
        QCOMPARE(script.stops(), QStringList({u"CANCEL 1"_s, u"turn ends other by the person"_s}));
        QCOMPARE(script.step(AnswerEvent{1, Llm::TextDelta{u"late"_s}}), QStringList());
        QCOMPARE(script.stops(), QStringList()); // nothing to stop
    }

    void stopsAnAnswerAndKeepsItsText()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.answers(Llm::TextDelta{u"Half a"_s});
        script.says(u"waits"_s);
        QCOMPARE(
            script.stops(), QStringList({u"CANCEL 1"_s, u"response 1 ends broken"_s,
                                u"assistant stopped: text(Half a)"_s, u"turn ends other by the person"_s}));
        QVERIFY(script.machine.hasQueuedMessages()); // typed meanwhile, and kept
        QCOMPARE(script.step(PersonRetried{}),
            QStringList({u"turn starts"_s, u"unqueued waits"_s, u"user: text(waits)"_s, u"SEND 2"_s}));
    }

    void stopsCallsAndAnswersEachOfThem()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.completes({}, {u"c1"_s, u"c2"_s, u"c3"_s});
        script.callEnds(u"c1"_s);
        QCOMPARE(script.stops(),
            QStringList({u"INTERRUPT c2: stopped"_s, u"call c2 ends badly"_s, u"call c3 ends badly"_s,
                u"user: result(c1) error(c2) error(c3)"_s, u"turn ends other by the person"_s}));
        QCOMPARE(script.callEnds(u"c2"_s, {u"t1"_s}), QStringList()); // late: it tells nothing
        QCOMPARE(script.machine.news().delivery(NewsId::endOf(u"t1"_s)).state, State::None);
    }

    void keepsABrokenAnswerOutOfTheTurn()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.answers(Llm::TextDelta{u"Half a"_s});
        script.answers(Llm::ToolCallBeingWritten{u"c1"_s, u"bash"_s});
        QCOMPARE(
            script.fails(), QStringList({u"response 1 ends broken"_s, u"assistant broken: text(Half a)"_s,
                                u"failed"_s, u"turn ends other by a failure"_s}));
        QCOMPARE(script.step(PersonRetried{}), QStringList({u"turn starts"_s, u"SEND 2"_s}));
    }

    void triesAgainAfterAFailure()
    {
        MachineScript script;
        QCOMPARE(script.step(PersonRetried{}), QStringList()); // nothing to try
        script.says(u"go"_s);
        QCOMPARE(script.fails(), QStringList({u"failed"_s, u"turn ends other by a failure"_s}));
        QCOMPARE(script.step(PersonRetried{}), QStringList({u"turn starts"_s, u"SEND 2"_s}));
        script.completes(u"Done."_s);
        QCOMPARE(script.step(PersonRetried{}), QStringList());
    }

    void refusesCallsOfAnAnswerThatWasCutOff_data()
    {
        QTest::addColumn<StopReason>("reason");
        QTest::addColumn<QString>("then");
        QTest::newRow("max_tokens") << StopReason::MaxTokens << u"SEND 2"_s;
        QTest::newRow("refusal") << StopReason::Refusal << u"turn ends refusal badly"_s;
        QTest::newRow("end_turn") << StopReason::EndTurn << u"SEND 2"_s;
    }
    void refusesCallsOfAnAnswerThatWasCutOff()
    {
        QFETCH(StopReason, reason);
        QFETCH(QString, then);
        MachineScript script;
        script.says(u"go"_s);
        const QStringList log = script.completes({}, {u"c1"_s}, reason);
        QCOMPARE(log.sliced(3),
            QStringList({u"call c1 made"_s, u"call c1 ends badly"_s, u"user: error(c1)"_s, then}));
    }

    void asksAPausedAnswerToGoOnButNotForEver()
    {
        MachineScript script;
        script.says(u"go"_s);
        for (int request = 2; request <= 10; ++request)
            QCOMPARE(script.completes(u"…"_s, {}, StopReason::PauseTurn).last(), u"SEND %1"_s.arg(request));
        QCOMPARE(script.completes(u"…"_s, {}, StopReason::PauseTurn).last(), u"turn ends pause_turn badly"_s);
    }

    void keepsToTheLimitOfRequests()
    {
        MachineScript script({.maxRequests = 2, .provider = {}, .model = {}});
        script.says(u"go"_s);
        script.completes({}, {u"c1"_s});
        script.callEnds(u"c1"_s);
        QCOMPARE(script.completes({}, {u"c2"_s}).sliced(3),
            QStringList({u"call c2 made"_s, u"call c2 ends badly"_s, u"user: error(c2)"_s,
                u"record: request limit"_s, u"turn ends tool_use"_s}));
        QCOMPARE(script.says(u"more"_s),
            QStringList({u"turn starts"_s, u"record: request limit"_s, u"turn ends other"_s}));
        QVERIFY(script.machine.hasQueuedMessages());
        // A wake-up could do nothing, and would come again and again.
        QCOMPARE(script.taskEnds(u"t1"_s), QStringList({u"KEEP t1"_s}));
        QVERIFY(!script.machine.isWakePending());
    }

    void answersCallsThatAnEarlierRunLeftOpen()
    {
        History history;
        history.append({u"m1"_s, Role::User, {TextBlock{u"go"_s}}, {}});
        history.append({u"m2"_s, Role::Assistant,
            {ToolCallBlock{u"c1"_s, u"bash"_s, "{}", {}}, ToolCallBlock{u"c2"_s, u"bash"_s, "{}", {}}}, {}});
        MachineScript script({}, history);
        QCOMPARE(script.says(u"well"_s), QStringList({u"turn starts"_s, u"unqueued well"_s,
                                             u"user: error(c1) error(c2) text(well)"_s, u"SEND 1"_s}));
        QCOMPARE(script.machine.history().messages().last().id, u"m3"_s);
    }

    void givesCallsTheirOwnIdsWhereAServerDoesNot()
    {
        MachineScript script;
        script.says(u"go"_s);
        QCOMPARE(script.completes({}, {u"c"_s, u"c"_s, QString()}).at(1),
            u"assistant: call(c) call(c_2) call(call_2)"_s);
        script.callEnds(u"c"_s);
        script.callEnds(u"c_2"_s);
        script.callEnds(u"call_2"_s);
        QCOMPARE(script.completes({}, {u"c"_s}).at(1), u"assistant: call(c_3)"_s);
    }

    void announcesCallsByTheIdsThatTheyGet()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.completes({}, {u"c"_s});
        script.callEnds(u"c"_s);
        const QStringList announced{u"call c_2 announced"_s, u"call call_2 announced"_s};
        QCOMPARE(script.answers(Llm::ToolCallBeingWritten{u"c"_s, u"bash"_s}).last(), announced.first());
        QCOMPARE(script.answers(Llm::ToolCallBeingWritten{{}, u"bash"_s}).last(), announced.last());
        script.failsForNow(); // the ids of an answer that broke off are free
        script.retryIsDue();
        QCOMPARE(script.answers(Llm::ToolCallBeingWritten{u"c"_s, u"bash"_s}).last(), announced.first());
        QCOMPARE(script.answers(Llm::ToolCallBeingWritten{{}, u"bash"_s}).last(), announced.last());
        const QStringList done = script.completes({}, {u"c"_s, QString()});
        QVERIFY2(done.contains(u"assistant: call(c_2) call(call_2)"_s), qPrintable(done.join(u'\n')));
    }

    // Gemini signs its calls, and refuses them without the signature.
    void keepsWhatBelongsToACallWhoseIdIsChanged()
    {
        Llm::RequestRules rules;
        rules.provider = u"openai"_s;
        MachineOptions options;
        options.provider = rules.provider;
        MachineScript script(options);
        script.says(u"go"_s);
        Message answer;
        answer.stopReason = StopReason::ToolUse;
        for (const char *id : {"c", "c", ""}) {
            const QByteArray raw =
                "{'id':'" + QByteArray(id) + "','function':{'name':'bash'},'google':{'signature':'proof'}}";
            answer.content.append(
                ToolCallBlock{QString::fromLatin1(id), u"bash"_s, "{}", QByteArray(raw).replace('\'', '"')});
        }
        script.step(AnswerEvent{1, Llm::Completed{answer}});
        const Llm::LlmRequest request = RequestBuilder({}, {}).build(script.machine.history(), 2, {}, rules);
        const QByteArray sent = Llm::OpenAiEncoder().encode(request, {}).replace('"', '\'');
        QCOMPARE(sent.count("'google':{'signature':'proof'}"), 3);
        for (const QByteArray id : {"c", "c_2", "call_2"}) {
            QCOMPARE(sent.count("'id':'" + id + "'"), 1);
            QCOMPARE(sent.count("'tool_call_id':'" + id + "'"), 1);
        }
    }

    void ignoresAnswersToRequestsOfThePast()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.stops();
        script.says(u"again"_s);
        QCOMPARE(script.step(AnswerEvent{1, Llm::TextDelta{u"late"_s}}), QStringList());
        QCOMPARE(script.step(AnswerEvent{1, Llm::AnswerFailed{}}), QStringList());
        QCOMPARE(script.machine.phase(), Phase::Requesting);
    }
};

MEANWHILE_TEST(AgentMachineTest)
#include "tst_agentmachine.moc"
