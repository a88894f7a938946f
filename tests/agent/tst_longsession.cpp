// SPDX-License-Identifier: MIT
#include "controllerfixture.h"
#include "llm/anthropic/anthropicclient.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "wire/httpclient.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTimer>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

ScriptedAnswer refusal(const QByteArray &message)
{
    const QJsonObject error{
        {u"type"_s, u"invalid_request_error"_s}, {u"message"_s, QString::fromUtf8(message)}};
    return {.status = 400,
        .contentType = "application/json",
        .headers = {},
        .pieces = {QJsonDocument(QJsonObject{{u"error"_s, error}}).toJson(QJsonDocument::Compact)},
        .chunked = false};
}

/// The list of messages as sent, without cache marks and without its closing bracket.
QByteArray messagesIn(QByteArray body)
{
    body.replace(R"(,"cache_control":{"type":"ephemeral"})", "");
    const qsizetype begin = body.indexOf(R"("messages":[)");
    return begin < 0 ? QByteArray() : body.sliced(begin, body.lastIndexOf(']') - begin);
}

QByteArray arguments(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// A conversation of a real controller, client and transport with a server on this machine.
struct Session {
    Session()
        : client(transport, {server.url(), u"key"_s, {}})
        , fixture(&client)
    {
    }

    /// One exchange, until nothing is under way.
    bool say(const QString &text, const QVector<Conversation::ImageBlock> &images = {})
    {
        // QTest's waiting sleeps 10 ms between two looks, and the server writes a piece at a time.
        QEventLoop loop;
        bool wasAtRest = false;
        QObject::connect(
            fixture.agent.get(), &AgentController::happened, &loop,
            [&] {
                wasAtRest |= fixture.agent->isAtRest(); // a result may wake it at once
                if (wasAtRest)
                    loop.quit();
            },
            Qt::QueuedConnection);
        QTimer::singleShot(20'000, &loop, [&loop] { loop.quit(); });
        fixture.agent->submit(text, images);
        loop.exec();
        return wasAtRest;
    }
    QByteArray body(qsizetype fromEnd = 1) const
    {
        return server.requests().at(server.requests().size() - fromEnd).body;
    }
    QVector<Conversation::Message> records() const
    {
        QVector<Conversation::Message> found = fixture.agent->history().messages();
        found.removeIf([](const auto &message) { return message.role != Conversation::Role::Record; });
        return found;
    }

    LoopbackServer server;
    Wire::HttpClient transport;
    Llm::AnthropicClient client;
    ControllerFixture fixture;
};

/// What the model does in turn `i`: words, an edit, a command, a command in the background.
void scriptTurn(LoopbackServer &server, int i)
{
    const QByteArray id = "c" + QByteArray::number(i);
    const QString text = u"line %1 \u00fc \U0001F600\n"_s.arg(i);
    switch (i % 5) {
    case 1:
        server.enqueue(anthropicAnswer(
            "I write.", {{id, "write_file", arguments({{u"path"_s, u"a.txt"_s}, {u"content"_s, text}})}}));
        break;
    case 2:
        server.enqueue(anthropicAnswer({}, {{id, "edit_file",
                                               arguments({{u"path"_s, u"a.txt"_s}, {u"old_text"_s, u"line"_s},
                                                   {u"new_text"_s, u"row"_s}})}}));
        break;
    case 3:
        server.enqueue(anthropicAnswer("In the background.",
            {{id, "background_run", arguments({{u"command"_s, u"echo %1"_s.arg(i)}})}}));
        break;
    case 4:
        server.enqueue(anthropicAnswer("Both.",
            {{id + "a", "bash", arguments({{u"command"_s, u"echo %1"_s.arg(i)}})},
                {id + "b", "read_file", arguments({{u"path"_s, u"a.txt"_s}})}, {id + "x", "no_tool", "{"}}));
        break;
    default:
        break; // words alone
    }
}

} // namespace

/// What a day-long conversation meets.
class LongSessionTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void beginsEachRequestWithTheBytesOfTheOneBefore()
    {
        Session session;
        session.server.setFallback([](const ReceivedRequest &) { return anthropicAnswer("Done."); });
        for (int i = 0; i < 50; ++i) {
            if (i == 20)
                session.server.enqueue(refusal("something is wrong"));
            if (i == 30) { // breaks off in the middle
                ScriptedAnswer cut = anthropicAnswer("Half an ans");
                cut.pieces = cut.pieces.first(3);
                session.server.enqueue(cut);
            }
            scriptTurn(session.server, i);
            QVERIFY(session.say(u"turn %1"_s.arg(i)));
            if (i == 20) {
                QCOMPARE(session.fixture.count<Agent::Failed>(), 1);
                session.fixture.agent->retry();
                QTRY_VERIFY(session.fixture.agent->isAtRest());
            }
        }
        QTRY_COMPARE(session.fixture.running(), 0);
        QTRY_VERIFY(session.fixture.agent->isAtRest());
        QCOMPARE(session.fixture.count<RetryScheduled>(), 1);
        const QList<ReceivedRequest> &requests = session.server.requests();
        QVERIFY2(requests.size() >= 92, qPrintable(QString::number(requests.size())));
        qsizetype news = 0;
        for (qsizetype i = 1; i < requests.size(); ++i) {
            const QByteArray now = messagesIn(requests.at(i).body);
            QVERIFY2(now.startsWith(messagesIn(requests.at(i - 1).body)), qPrintable(QString::number(i)));
            news = now.count("<background-results>");
        }
        QCOMPARE(messagesIn(session.body()).count("[bg:"), 10); // one for each task, never twice
        QVERIFY(news > 0);
    }

    void goesOnWithoutAnImageThatIsRefused()
    {
        Session session;
        session.server.enqueue(refusal("messages.0.content.0.image.source.base64: could not process image"));
        session.server.enqueue(anthropicAnswer("I see no image."));
        const QByteArray file("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1", 24);
        QVERIFY(session.say(u"look"_s, {{u"image/png"_s, file}}));
        QCOMPARE(session.server.requests().size(), 2);
        QVERIFY(session.body(2).contains(R"("type":"image")"));
        QVERIFY(!session.body().contains(R"("type":"image")"));
        QVERIFY(session.body().contains("The provider refused it: messages.0.content.0.image"));
        QVERIFY(session.body().contains(R"("look")"));
        QCOMPARE(session.fixture.count<Agent::Failed>(), 0);
        QCOMPARE(session.records().size(), 1);
    }

    void summarisesWhatIsTooLongAndGoesOn()
    {
        Session session;
        session.server.setFallback([](const ReceivedRequest &) { return anthropicAnswer("Done."); });
        const QString command = session.fixture.commandUntil(u"a"_s);
        session.server.enqueue(
            anthropicAnswer({}, {{"c1", "background_run", arguments({{u"command"_s, command}})}}));
        QVERIFY(session.say(u"My exact  words."_s));
        QTRY_COMPARE(session.fixture.manager.tasks().first().state, Tasks::TaskState::Running);
        session.server.enqueue(refusal("prompt is too long: 210000 tokens > 200000 maximum"));
        session.server.enqueue(anthropicAnswer("These are the notes."));
        session.server.enqueue(anthropicAnswer("I go on."));
        QVERIFY(session.say(u"And now?"_s));
        QCOMPARE(session.server.requests().size(), 5);

        const QJsonObject asked = QJsonDocument::fromJson(session.body(2)).object();
        QCOMPARE(asked.value(u"messages"_s).toArray().size(), 1);
        QVERIFY(asked.value(u"tools"_s).toArray().isEmpty());
        QVERIFY(session.body(2).contains("background_run"));

        const QJsonObject sent = QJsonDocument::fromJson(session.body()).object();
        const QJsonArray messages = sent.value(u"messages"_s).toArray();
        QCOMPARE(messages.size(), 1);
        const QByteArray &body = session.body();
        for (const QByteArray &kept : {QByteArray("My exact  words."), QByteArray("These are the notes."),
                 "[bg:" + session.fixture.taskIds().first().toUtf8() + "] running", QByteArray("And now?")})
            QVERIFY2(body.contains(kept), kept.constData());
        QVERIFY(!body.contains("tool_use"));
        QCOMPARE(session.fixture.count<CompactionStarted>(), 1);
        QCOMPARE(session.fixture.count<Agent::Failed>(), 0);
        QCOMPARE(session.fixture.agent->history().size(), 7); // nothing is taken away

        session.fixture.let(u"a"_s);
        QTRY_COMPARE(session.server.requests().size(), 6);
        QVERIFY(messagesIn(session.body()).startsWith(messagesIn(body)));
        QTRY_VERIFY(session.fixture.agent->isAtRest());
    }

    void triesThreeTimesForASummaryAndThenLeavesOutOutputs()
    {
        Session session;
        session.server.setFallback([](const ReceivedRequest &) { return anthropicAnswer("Done."); });
        session.server.enqueue(anthropicAnswer(
            {}, {{"c1", "bash", arguments({{u"command"_s, u"seq 1 500 | tr '\\n' ' '"_s}})}}));
        QVERIFY(session.say(u"count"_s));
        QVERIFY(session.body().contains("498 499 500"));
        for (int i = 0; i < 4; ++i)
            session.server.enqueue(refusal("prompt is too long"));
        QVERIFY(session.say(u"again"_s));
        QCOMPARE(session.server.requests().size(), 2 + 1 + 3 + 1);
        QVERIFY(!session.body().contains("498 499 500"));
        QVERIFY(session.body().contains("left out to make room"));
        QCOMPARE(session.fixture.count<Agent::Failed>(), 0);
    }

    void stopsASummary()
    {
        Session session;
        session.server.enqueue(anthropicAnswer("Hi."));
        QVERIFY(session.say(u"hello"_s));
        ScriptedAnswer held = anthropicAnswer("never");
        held.neverAnswer = true;
        session.server.enqueue(held);
        session.fixture.agent->compact();
        QTRY_COMPARE(session.server.requests().size(), 2);
        QVERIFY(session.fixture.agent->isWorking());
        session.fixture.agent->stop();
        QVERIFY(session.fixture.agent->isAtRest());
        for (const Conversation::Message &record : session.records())
            QVERIFY(!std::holds_alternative<Conversation::CompactionBlock>(record.content.first()));
    }
};

MEANWHILE_TEST(LongSessionTest)
#include "tst_longsession.moc"
