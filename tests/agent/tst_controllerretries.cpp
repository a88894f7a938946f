// SPDX-License-Identifier: MIT
#include "controllerfixture.h"
#include "historyrules.h"
#include "llm/anthropic/anthropicclient.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "wire/httpclient.h"

#include <QTimer>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QTimer *retryTimer(const ControllerFixture &fixture)
{
    return fixture.agent->findChild<QTimer *>(u"retry"_s);
}

/// The delay is over.
void letRetry(const ControllerFixture &fixture)
{
    retryTimer(fixture)->stop();
    QMetaObject::invokeMethod(retryTimer(fixture), "timeout");
}

const Llm::AnswerFailed kBusy{{ErrorKind::Overloaded, u"Busy."_s, {}, 529, 60s}};

} // namespace

/// Failed requests in the real loop; when the delay is over is for the test to say.
class ControllerRetriesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void waitAsLongAsAskedAndSendTheSame()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        model.say(kBusy);
        QCOMPARE(fixture.count<RetryScheduled>(), 1);
        QVERIFY(fixture.agent->isWorking());
        QVERIFY(!fixture.agent->isAtRest());
        QVERIFY(retryTimer(fixture)->isActive());
        QCOMPARE(retryTimer(fixture)->intervalAsDuration(), 60s);
        letRetry(fixture);
        QCOMPARE(model.requests.size(), 2);
        QCOMPARE(model.requests.at(1).messages, model.requests.at(0).messages);
        QCOMPARE(model.requests.at(1).generation, model.requests.at(0).generation);
        model.answer(u"Here."_s);
        QVERIFY(fixture.agent->isAtRest());
    }

    void endWithStop()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        model.say(kBusy);
        fixture.agent->stop();
        QVERIFY(!retryTimer(fixture)->isActive());
        QVERIFY(!fixture.agent->isWorking());
        QCOMPARE(model.requests.size(), 1);
    }

    void comeAtOnceWhenThePersonSaysSo()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        model.say(kBusy);
        fixture.agent->submit(u"and this"_s);
        fixture.agent->retry();
        QVERIFY(!retryTimer(fixture)->isActive());
        QCOMPARE(model.requests.size(), 2);
        QCOMPARE(fixture.lastMessage(), u"user: text(and this)"_s);
    }

    void areNotMadeOfWhatAnOldRequestSays()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        model.beSilent(true);
        model.beSilent(false);
        QCOMPARE(fixture.count<SilenceChanged>(), 2);
        model.answer(u"Here."_s);
        QCOMPARE(fixture.count<RetryScheduled>(), 0);
    }

    void mendAnAnswerThatIsCutAnywhere_data()
    {
        QTest::addColumn<bool>("reset");
        QTest::newRow("closed") << false;
        QTest::newRow("reset") << true;
    }
    void mendAnAnswerThatIsCutAnywhere()
    {
        QFETCH(bool, reset);
        const ScriptedAnswer whole = anthropicAnswer("I look.", {{"c1", "list_files", "{}"}});
        const QByteArray body = whole.pieces.join();
        for (qsizetype cut = 0; cut < body.size() - 2; cut += 97) { // 2: the line ends of message_stop
            LoopbackServer server;
            bool isCut = true; // also what Qt itself sends again where a reset took the head away
            server.setFallback([&](const ReceivedRequest &request) {
                if (isCut)
                    return ScriptedAnswer{.pieces = {body.first(cut)}, .closeEarly = true, .reset = reset};
                return request.body.contains("tool_result") ? anthropicAnswer("Done.") : whole;
            });
            Wire::HttpClient transport;
            Llm::AnthropicClient client(transport, {server.url(), u"key"_s, {}});
            ControllerFixture fixture(&client);
            // The delay is a random one, and may be none at all.
            connect(fixture.agent.get(), &AgentController::happened, this, [&](const AgentEvent &event) {
                if (std::holds_alternative<RetryScheduled>(event))
                    retryTimer(fixture)->stop();
            });
            fixture.agent->submit(u"go"_s);
            QTRY_COMPARE(fixture.count<RetryScheduled>(), 1);
            QCOMPARE(fixture.count<ToolCallMade>(), 0); // half a call is none
            isCut = false;
            letRetry(fixture);
            QTRY_COMPARE(fixture.count<TurnEnded>(), 1);
            QCOMPARE(fixture.count<ToolCallMade>(), 1);
            QCOMPARE(fixture.count<Agent::Failed>(), 0);
            const auto &requests = server.requests();
            QCOMPARE(requests.at(requests.size() - 2).body, requests.first().body);
            HistoryRules rules(HistoryRules::Subject::History);
            for (const Conversation::Message &message : fixture.agent->history().messages())
                QCOMPARE(rules.add(message), QString());
        }
    }

    void areNotForAWebPage()
    {
        LoopbackServer server;
        server.enqueue({.contentType = "text/html", .pieces = {"<html>Sign in</html>"}});
        Wire::HttpClient transport;
        Llm::AnthropicClient client(transport, {server.url(), u"key"_s, {}});
        ControllerFixture fixture(&client);
        fixture.agent->submit(u"go"_s);
        QTRY_COMPARE(fixture.count<Agent::Failed>(), 1);
        QCOMPARE(fixture.count<RetryScheduled>(), 0);
        QCOMPARE(server.requests().size(), 1);
    }

    void takeTheServersTimeFromItsHeaders()
    {
        LoopbackServer server;
        server.enqueue({.status = 429,
            .contentType = "application/json",
            .headers = {{"retry-after", "90"}},
            .pieces = {"{}"},
            .chunked = false});
        Wire::HttpClient transport;
        Llm::AnthropicClient client(transport, {server.url(), u"key"_s, {}});
        ControllerFixture fixture(&client);
        fixture.agent->submit(u"go"_s);
        QTRY_COMPARE(fixture.count<RetryScheduled>(), 1);
        QCOMPARE(retryTimer(fixture)->intervalAsDuration(), 90s);
    }
};

MEANWHILE_TEST(ControllerRetriesTest)
#include "tst_controllerretries.moc"
