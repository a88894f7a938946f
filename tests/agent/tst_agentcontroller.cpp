// SPDX-License-Identifier: MIT
#include "controllerfixture.h"
#include "faketool.h"
#include "llm/anthropic/anthropicclient.h"
#include "support/fakecheckpoints.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "wire/httpclient.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using Conversation::ToolCallBlock;
using State = Tasks::Delivery::State;

namespace {

ToolCallBlock callOf(const QString &id, const QString &tool, const QJsonObject &arguments)
{
    return {id, tool, QJsonDocument(arguments).toJson(QJsonDocument::Compact), {}};
}

ToolCallBlock background(const QString &id, const QString &command)
{
    return callOf(id, u"background_run"_s, {{u"command"_s, command}});
}

/// The list of messages as sent, without cache marks and without its closing bracket.
QByteArray messagesIn(QByteArray body)
{
    body.replace(R"(,"cache_control":{"type":"ephemeral"})", "");
    const qsizetype begin = body.indexOf(R"("messages":[)");
    return begin < 0 ? QByteArray() : body.sliced(begin, body.lastIndexOf(']') - begin);
}

} // namespace

/// The loop with real tasks and tools. The model is spoken by the test, or plays from a loopback server.
class AgentControllerTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void carriesATaskThatEndsWhileTheAnswerStreams()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        model.call({background(u"c1"_s, fixture.commandUntil(u"a"_s))});
        QTRY_COMPARE(model.requests.size(), 2);
        model.say(Llm::TextDelta{u"Meanwhile"_s});
        fixture.let(u"a"_s);
        QTRY_COMPARE(fixture.running(), 0);
        QCOMPARE(model.requests.size(), 2); // one at a time
        model.say(Llm::TextDelta{u" I work."_s});
        model.answer(u"Meanwhile I work."_s);
        QCOMPARE(model.requests.size(), 3);
        QCOMPARE(fixture.lastMessage(), u"user: news(%1)"_s.arg(fixture.taskIds().first()));
        QCOMPARE(model.requests.last().messages, fixture.agent->history().messages());
        QVERIFY(fixture.journal.outbox.isEmpty());
        model.say(Llm::AnswerStarted{});
        QCOMPARE(fixture.journal.accepted, fixture.taskIds());
        model.answer(u"It is done."_s);
        QVERIFY(fixture.agent->isAtRest());
    }

    // Also where the end is heard of while something else is handled.
    void tellsOfATasksEndOnceItIsInTheQueue()
    {
        QVector<State> states;
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        model.call({background(u"c1"_s, fixture.commandUntil(u"a"_s)),
            background(u"c2"_s, fixture.commandUntil(u"b"_s))});
        QTRY_COMPARE(model.requests.size(), 2);
        connect(fixture.agent.get(), &AgentController::taskEnded, this, [&](const Tasks::Task &task) {
            states += fixture.agent->news().delivery(NewsId::endOf(task.id)).state;
        });
        fixture.let(u"a"_s);
        QTRY_COMPARE(fixture.running(), 1);
        QCOMPARE(states, QVector<State>{State::Queued});

        Tasks::Task other = *fixture.manager.task(fixture.taskIds().last());
        other.state = Tasks::TaskState::Exited;
        const auto once = Qt::ConnectionType(Qt::DirectConnection | Qt::SingleShotConnection);
        connect(
            fixture.agent.get(), &AgentController::happened, this, [&] { emit fixture.manager.ended(other); },
            once);
        model.say(Llm::TextDelta{u"Meanwhile"_s});
        QCOMPARE(states, QVector<State>(2, State::Queued));
        fixture.let(u"b"_s);
        QTRY_COMPARE(fixture.running(), 0);
    }

    // Whoever waits may answer with the news, so it must be in the queue; a view shows what became of it.
    void theQueueHearsOfATasksEndThenTheToolsThenTheViews()
    {
        QStringList heard;
        ManualClient model;
        ControllerFixture fixture(&model);
        const auto note = [&](const QString &who, const Tasks::Task &task) {
            const auto &kept = fixture.journal.outbox;
            const bool isQueued =
                fixture.agent->news().delivery(NewsId::endOf(task.id)).state == State::Queued;
            heard += who + (isQueued && kept.contains(task.id) ? u" after the queue"_s : QString());
        };
        connect(fixture.agent.get(), &AgentController::taskEnded, this,
            [&](const Tasks::Task &task) { note(u"view"_s, task); });
        auto tool = std::make_unique<FakeTool>(Tools::Intent{}); // comes after the view
        tool->onTaskEnded = [&](const Tasks::Task &task) { note(u"tool"_s, task); };
        fixture.tools.add(std::move(tool));
        fixture.agent->submit(u"go"_s);
        model.call({background(u"c1"_s, u"true"_s)});
        QTRY_COMPARE(fixture.running(), 0);
        QCOMPARE(heard, QStringList({u"tool after the queue"_s, u"view after the queue"_s}));
    }

    void keepsTheFilesBeforeItChangesAny()
    {
        auto made = std::make_unique<FakeCheckpoints>();
        FakeCheckpoints *store = made.get();
        Checkpoints::SessionCheckpoints checkpoints(std::move(made));
        ManualClient model;
        ControllerFixture fixture(&model, {}, &checkpoints);
        fixture.agent->submit(u"go"_s);
        QCOMPARE(model.requests.size(), 1); // at once
        const Conversation::Message said = fixture.agent->history().messages().first();
        model.call({callOf(u"c1"_s, u"check_background"_s, {}),
            callOf(u"c2"_s, u"bash"_s, {{u"command"_s, u"touch a"_s}})});
        QCOMPARE(fixture.journal.calls, QStringList({u"started c1"_s, u"ended c1"_s}));
        QTRY_COMPARE(store->calls, QStringList{u"take "_s + checkpointLabel(said)});
        FakeCheckpoints::answer<Checkpoints::Checkpoint>(
            store->takes, FakeCheckpoints::checkpoint(u"1"_s, {}));
        QTRY_COMPARE(model.requests.size(), 2);
        QVERIFY(QFile::exists(fixture.project.filePath(u"a"_s)));
        model.answer(u"done"_s); // results of tools are no words of the person's
        QCOMPARE(store->calls.size(), 1);
    }

    void carriesThreeThatEndTogetherInOneElement()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        const QString command = fixture.commandUntil(u"all"_s);
        model.call(
            {background(u"c1"_s, command), background(u"c2"_s, command), background(u"c3"_s, command)});
        QTRY_COMPARE(model.requests.size(), 2);
        model.say(Llm::TextDelta{u"…"_s});
        fixture.let(u"all"_s);
        QTRY_COMPARE(fixture.running(), 0);
        model.answer(u"Done."_s);
        QCOMPARE(model.requests.size(), 3);
        const auto &content = fixture.agent->history().messages().last().content;
        QCOMPARE(content.size(), 1);
        const auto &news = std::get<Conversation::NewsBlock>(content.first());
        QStringList told = tasksOf(news.news);
        QStringList started = fixture.taskIds();
        told.sort();
        started.sort();
        QCOMPARE(told, started);
        QCOMPARE(news.text.count(u"[bg:"_s), 3);
    }

    void wakesWhenIdle()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        model.call({background(u"c1"_s, fixture.commandUntil(u"a"_s))});
        QTRY_COMPARE(model.requests.size(), 2);
        model.answer(u"Waiting."_s);
        const auto *ended = std::get_if<TurnEnded>(&fixture.events.last());
        QVERIFY(ended && ended->waitingFor == 1);
        fixture.agent->setPersonTyping(true);
        fixture.let(u"a"_s);
        QTRY_COMPARE(fixture.agent->news().size(), 1);
        QVERIFY(fixture.agent->isAtRest()); // nothing happens under the person's hands
        fixture.agent->setPersonTyping(false);
        QVERIFY(!fixture.agent->isAtRest());
        QTRY_COMPARE(model.requests.size(), 3);
        QCOMPARE(fixture.lastMessage(), u"user: news(%1)"_s.arg(fixture.taskIds().first()));
    }

    void endsOnlyTheCommandThatWasWaitedForWhenStopped()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        model.call({background(u"c1"_s, fixture.commandUntil(u"a"_s)),
            callOf(u"c2"_s, u"bash"_s, {{u"command"_s, fixture.commandUntil(u"b"_s)}})});
        QTRY_COMPARE(fixture.taskIds().size(), 2);
        fixture.agent->stop();
        QVERIFY(!fixture.agent->isWorking());
        QCOMPARE(fixture.lastMessage(), u"user: result(c1) error(c2)"_s);
        QTRY_COMPARE(
            fixture.running(), 1); // the other was waited for: it ends, and is told with the next turn
        QVERIFY(fixture.agent->isAtRest());
        fixture.let(u"a"_s);
        QTRY_COMPARE(model.requests.size(), 2);
        QCOMPARE(fixture.journal.outbox, QStringList());
        QVERIFY(fixture.lastMessage().startsWith(u"user: news("_s));
        for (const QString &id : fixture.taskIds())
            QCOMPARE(fixture.agent->news().delivery(NewsId::endOf(id)).state, State::InRequest);
    }

    void keepsWhatWasSaidSoFarWhenTheProgramEnds()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        model.say(Llm::AnswerStarted{});
        model.say(Llm::TextDelta{u"Half an"_s});
        fixture.agent->submit(u"and then"_s);
        fixture.agent->stopAnswer();
        QVERIFY(!fixture.agent->isWorking());
        QCOMPARE(fixture.lastMessage(), u"assistant stopped: text(Half an)"_s);
        QCOMPARE(fixture.agent->queued().size(), 1);

        // A command that is waited for is no answer: it goes on, and the next run tells of it.
        fixture.agent->resumeTurn();
        model.call({callOf(u"c1"_s, u"bash"_s, {{u"command"_s, fixture.commandUntil(u"a"_s)}})});
        QTRY_COMPARE(fixture.running(), 1);
        fixture.agent->stopAnswer();
        QVERIFY(fixture.agent->isWorking());
        QCOMPARE(fixture.running(), 1);
    }

    void sendsAForegroundCommandToTheBackground()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        model.call({callOf(u"c1"_s, u"bash"_s, {{u"command"_s, fixture.commandUntil(u"a"_s)}})});
        QTRY_COMPARE(fixture.taskIds().size(), 1);
        fixture.agent->continueInBackground(fixture.taskIds().first());
        QTRY_COMPARE(model.requests.size(), 2);
        QCOMPARE(fixture.lastMessage(), u"user: result(c1)"_s);
        QCOMPARE(fixture.running(), 1); // the same task goes on
        model.answer(u"Waiting."_s);
        fixture.let(u"a"_s);
        QTRY_COMPARE(model.requests.size(), 3);
        QCOMPARE(fixture.lastMessage(), u"user: news(%1)"_s.arg(fixture.taskIds().first()));
    }

    void tellsTheEndOfAForegroundCommandByItsAnswerAlone()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        model.call({callOf(u"c1"_s, u"bash"_s, {{u"command"_s, u"echo hello"_s}})});
        QTRY_COMPARE(model.requests.size(), 2);
        const QString id = fixture.taskIds().first();
        QCOMPARE(fixture.lastMessage(), u"user: result(c1 %1)"_s.arg(id));
        model.answer(u"Done."_s);
        QTRY_COMPARE(fixture.running(), 0);
        QCOMPARE(fixture.journal.outbox, QStringList()); // or it would be told again after a restart
        QCOMPARE(fixture.journal.accepted, QStringList({id}));
        QVERIFY(fixture.agent->isAtRest());
    }

    void endsAWaitWhenThePersonWrites()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        model.call({background(u"c1"_s, fixture.commandUntil(u"a"_s)),
            callOf(u"c2"_s, u"wait_background"_s, {{u"mode"_s, u"all"_s}, {u"timeout_s"_s, 60}})});
        QTRY_COMPARE(fixture.count<ToolCallStarted>(), 2);
        fixture.agent->submit(u"a question"_s);
        QTRY_COMPARE(model.requests.size(), 2);
        QCOMPARE(fixture.lastMessage(), u"user: result(c1) result(c2) text(a question)"_s);
    }

    void goesOnWithATaskThatEndsBetweenTheLastWordAndTheEnd()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        model.call({background(u"c1"_s, fixture.commandUntil(u"a"_s))});
        QTRY_COMPARE(model.requests.size(), 2);
        // From inside the last event before the end, as a slot of the window might.
        connect(fixture.agent.get(), &AgentController::happened, this, [&](const AgentEvent &event) {
            if (std::holds_alternative<TextStreamed>(event)) {
                fixture.let(u"a"_s);
                QTRY_COMPARE(fixture.running(), 0);
            }
        });
        model.say(Llm::TextDelta{u"Done."_s});
        model.answer(u"Done."_s);
        QCOMPARE(model.requests.size(), 3);
        QCOMPARE(fixture.lastMessage(), u"user: news(%1)"_s.arg(fixture.taskIds().first()));
        QCOMPARE(fixture.count<TurnEnded>(), 0);
    }

    void sendsResultsOnceThoughTheirRequestFails()
    {
        LoopbackServer server;
        Wire::HttpClient transport;
        Llm::AnthropicClient client(transport, {server.url(), u"key"_s, {}});
        server.enqueue(anthropicAnswer({}, {{"c1", "background_run", R"({"command":"echo hello"})"}}));
        server.enqueue(anthropicAnswer("Waiting."));
        server.enqueue({.status = 400,
            .contentType = "application/json",
            .headers = {},
            .pieces = {"{}"},
            .chunked = false});
        ControllerFixture fixture(&client);
        fixture.agent->submit(u"go"_s);
        QTRY_COMPARE(fixture.count<Agent::Failed>(), 1);
        const QString id = fixture.taskIds().first();
        QCOMPARE(fixture.agent->news().delivery(NewsId::endOf(id)).state, State::InRequest);
        server.enqueue(anthropicAnswer("I see."));
        fixture.agent->retry();
        QTRY_COMPARE(fixture.agent->news().delivery(NewsId::endOf(id)).state, State::Accepted);
        QTRY_VERIFY(fixture.agent->isAtRest());
        QCOMPARE(server.requests().size(), 4);
        QCOMPARE(server.requests().last().body.count("[bg:"), 1);
        QVERIFY(
            messagesIn(server.requests().at(3).body).startsWith(messagesIn(server.requests().at(2).body)));
    }

    void switchesTheModelFromTheNextRequestOn()
    {
        ManualClient first;
        ManualClient second;
        ControllerFixture f(&first);
        const auto priced = [](qint64 perToken) {
            Llm::Price price;
            price.kind = Llm::Price::Kind::Known;
            price.rates = {perToken, perToken, {}, {}};
            return price;
        };
        const auto answer = [](ManualClient &client) {
            Conversation::Message message;
            message.content = {Conversation::TextBlock{u"yes"_s}};
            message.usage = {10, 1, 0, 0};
            client.say(Llm::Completed{message});
        };
        f.agent->setClient(&first, u"one"_s, priced(2));
        f.agent->submit(u"a"_s);
        first.say(Llm::AnswerStarted{});
        const Llm::Thinking thinking{Llm::ThinkingForm::Budget, Llm::ThinkingLevel::Low};
        f.agent->setClient(&second, u"two"_s, priced(3), thinking);
        answer(first);
        QCOMPARE(f.agent->history().messages().last().model, u"one"_s);
        QCOMPARE(f.agent->history().messages().last().usage.cost, Conversation::Cost::priced(22));
        f.agent->submit(u"b"_s);
        QCOMPARE(first.requests.size(), 1);
        QCOMPARE(second.requests.size(), 1);
        QCOMPARE(second.requests.first().model, u"two"_s);
        QCOMPARE(second.requests.first().thinking, thinking);
        answer(second);
        QCOMPARE(f.agent->history().messages().last().model, u"two"_s);
        QCOMPARE(f.agent->history().messages().last().usage.cost, Conversation::Cost::priced(33));
    }

    void beginsEachOfFiftyRequestsWithTheBytesOfTheOneBefore()
    {
        LoopbackServer server;
        Wire::HttpClient transport;
        Llm::AnthropicClient client(transport, {server.url(), u"key"_s, {}});
        int calls = 0;
        server.setFallback([&calls](const ReceivedRequest &) {
            const QByteArray id = "c" + QByteArray::number(++calls);
            if (calls < 50)
                return anthropicAnswer("Öfter.", {{id, "list_files", "{}"}});
            return anthropicAnswer("Done.");
        });
        ControllerFixture fixture(&client);
        fixture.agent->submit(u"go \U0001F600"_s);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count<TurnEnded>(), 1, 30'000);
        QCOMPARE(server.requests().size(), 50);
        for (qsizetype i = 1; i < server.requests().size(); ++i) {
            const QByteArray before = messagesIn(server.requests().at(i - 1).body);
            const QByteArray now = messagesIn(server.requests().at(i).body);
            QVERIFY2(now.size() > before.size() && now.startsWith(before), qPrintable(QString::number(i)));
        }
    }
};

MEANWHILE_TEST(AgentControllerTest)
#include "tst_agentcontroller.moc"
