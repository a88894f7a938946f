// SPDX-License-Identifier: MIT
#include "controllerfixture.h"
#include "machinescript.h"
#include "support/testregistry.h"

#include <QTest>

#include <memory>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Conversation;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

/// The calls of an answer, as "r1 r2 w1"; those that begin with an r only read.
QStringList calls(MachineScript &script, const QString &ids)
{
    Message message;
    for (const QString &id : ids.split(u' '))
        message.content.append(ToolCallBlock{id, id.left(1), "{}", {}});
    message.stopReason = StopReason::ToolUse;
    QStringList lines =
        script.step(AnswerEvent{script.machine.requestNumber(), Llm::Completed{message}, {}, {u"r"_s}});
    lines.removeIf([](const QString &line) { return !line.startsWith(u"RUN"_s); });
    return lines;
}

/// Ends when the test says so.
class SlowReader final : public Tools::Tool {
public:
    const Tools::ToolSpec &spec() const override { return m_spec; }
    QFuture<Tools::Intent> intent(const Tools::ToolCall &) override
    {
        return QtFuture::makeReadyFuture(Tools::Intent{Tools::Effect::Read});
    }
    QFuture<Tools::ToolOutcome> run(const Tools::ToolCall &call) override
    {
        auto promise = std::make_shared<QPromise<Tools::ToolOutcome>>();
        promise->start();
        running.insert(call.id, promise);
        return promise->future();
    }
    void end(const QString &id)
    {
        Tools::ToolOutcome outcome;
        outcome.text = u"of "_s + id;
        const auto promise = running.take(id);
        promise->addResult(outcome);
        promise->finish();
    }

    QHash<QString, std::shared_ptr<QPromise<Tools::ToolOutcome>>> running;

private:
    Tools::ToolSpec m_spec{
        u"slow"_s, u"For tests."_s, R"({"type":"object","properties":{}})", Tools::Effect::Read};
};

} // namespace

/// Calls of one answer that only read run beside each other.
class MachineReadersTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void runBesideEachOther()
    {
        MachineScript script;
        script.says(u"go"_s);
        QCOMPARE(calls(script, u"r1 r2 r3 w1 r4 r5"_s), (QStringList{u"RUN r1"_s, u"RUN r2"_s, u"RUN r3"_s}));
        QCOMPARE(script.step(CallStarted{u"r3"_s}), QStringList{u"call r3 runs"_s});
        QCOMPARE(script.callEnds(u"r3"_s), QStringList{u"call r3 ends"_s});
        QCOMPARE(script.callEnds(u"r3"_s), QStringList());
        QCOMPARE(script.callEnds(u"w1"_s), QStringList()); // not its turn
        QCOMPARE(script.callEnds(u"r1"_s), QStringList{u"call r1 ends"_s});
        QCOMPARE(script.callEnds(u"r2"_s), (QStringList{u"call r2 ends"_s, u"RUN w1"_s}));
        QCOMPARE(script.callEnds(u"r4"_s), QStringList()); // what changes something runs alone
        QCOMPARE(script.callEnds(u"w1"_s), (QStringList{u"call w1 ends"_s, u"RUN r4"_s, u"RUN r5"_s}));
        QCOMPARE(script.callEnds(u"r5"_s), QStringList{u"call r5 ends"_s});
        QCOMPARE(script.callEnds(u"r4"_s),
            (QStringList{u"call r4 ends"_s,
                u"user: result(r1) result(r2) result(r3) result(w1) result(r4) result(r5)"_s, u"SEND 2"_s}));
    }

    void runAfterWhatChangesSomething()
    {
        MachineScript script;
        script.says(u"go"_s);
        QCOMPARE(calls(script, u"w1 r1 r2"_s), QStringList{u"RUN w1"_s});
        QCOMPARE(script.callEnds(u"w1"_s), (QStringList{u"call w1 ends"_s, u"RUN r1"_s, u"RUN r2"_s}));
    }

    void hearAllOfThePerson()
    {
        MachineScript script;
        script.says(u"go"_s);
        calls(script, u"r1 r2 w1"_s);
        script.callEnds(u"r1"_s);
        calls(script, u"x"_s); // of no request that is open
        QCOMPARE(script.says(u"wait"_s).filter(u"INTERRUPT"_s).size(), 1);
        const QStringList stopped = script.stops();
        QCOMPARE(stopped.filter(u"INTERRUPT"_s).size(), 1);
        QCOMPARE(stopped.filter(u"ends"_s).size(), 3); // r2, w1 and the turn
        const auto &results = script.machine.history().messages().at(2).content;
        QCOMPARE(std::get<ToolResultBlock>(results.at(0)).end, CallEnd::Answered);
        QCOMPARE(std::get<ToolResultBlock>(results.at(1)).end, CallEnd::Stopped);
        QCOMPARE(std::get<ToolResultBlock>(results.at(2)).end, CallEnd::NotBegun);
    }

    void answerInTheOrderOfTheCalls()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        auto made = std::make_unique<SlowReader>();
        SlowReader *reader = made.get();
        fixture.tools.add(std::move(made));
        fixture.agent->submit(u"go"_s);
        model.call({{u"c1"_s, u"slow"_s, "{}", {}}, {u"c2"_s, u"slow"_s, "{}", {}},
            {u"c3"_s, u"bash"_s, R"({"command":"echo 3"})", {}}});
        QCOMPARE(reader->running.size(), 2);
        reader->end(u"c2"_s);
        QTRY_COMPARE(fixture.journal.calls, (QStringList{u"started c1"_s, u"started c2"_s, u"ended c2"_s}));
        QCOMPARE(fixture.running(), 0);
        reader->end(u"c1"_s);
        QTRY_COMPARE(model.requests.size(), 2);
        const QString results = fixture.lastMessage();
        QVERIFY2(results.startsWith(u"user: result(c1) result(c2) result(c3"_s), qPrintable(results));
    }
};

MEANWHILE_TEST(MachineReadersTest)
#include "tst_machinereaders.moc"
