// SPDX-License-Identifier: MIT
#include "llm/openai/openaiclient.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "wire/httpclient.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Llm;
using namespace Meanwhile::Testing;
using Meanwhile::Wire::HttpClient;
using namespace Qt::StringLiterals;

namespace {

LlmRequest hello()
{
    LlmRequest request;
    request.model = u"m"_s;
    Conversation::Message message;
    message.content = {Conversation::TextBlock{u"hello"_s}};
    request.messages = {message};
    return request;
}

ScriptedAnswer hi()
{
    return {.pieces = {"data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
                "data: [DONE]\n\n"}};
}

LlmEvent ask(OpenAiClient &client, const LlmRequest &request = hello())
{
    QObject owner;
    LlmEvent last;
    bool ended = false;
    QObject::connect(client.send(request, &owner), &LlmStream::happened, &owner, [&](const LlmEvent &event) {
        last = event;
        ended = std::holds_alternative<Completed>(event) || std::holds_alternative<AnswerFailed>(event);
    });
    return Testing::waitFor([&] { return ended; }) ? last : LlmEvent(AnswerFailed{});
}

} // namespace

class OpenAiClientTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void asksAndHearsTheAnswer()
    {
        LoopbackServer server;
        server.enqueue(hi());
        HttpClient transport;
        OpenAiClient client(transport, {server.url(), u"secret"_s});
        const LlmEvent end = ask(client);
        QCOMPARE(Conversation::plainText(std::get<Completed>(end).message), u"Hi"_s);
        const ReceivedRequest request = server.requests().value(0);
        QCOMPARE(request.path, QByteArray("/v1/chat/completions"));
        QVERIFY(request.head.toLower().contains("authorization: bearer secret"));
    }

    void needsNoKeyElsewhere()
    {
        LoopbackServer server;
        server.enqueue(hi());
        HttpClient transport;
        OpenAiClient client(transport, {server.url(), {}});
        QVERIFY(std::holds_alternative<Completed>(ask(client)));
        QVERIFY(!server.requests().value(0).head.toLower().contains("authorization"));
    }

    void sendsTheKeyToAzureInItsOwnHeader()
    {
        LoopbackServer server;
        server.enqueue(hi());
        HttpClient transport;
        OpenAiClient client(transport, {server.url(u"/?api-version=1"_s), u"secret"_s});
        QVERIFY(std::holds_alternative<Completed>(ask(client)));
        const ReceivedRequest request = server.requests().value(0);
        QCOMPARE(request.path, QByteArray("/openai/deployments/m/chat/completions?api-version=1"));
        QVERIFY(request.head.toLower().contains("api-key: secret"));
        QVERIFY(!request.head.toLower().contains("authorization"));
    }

    void asksForAKeyBeforeItAsksOpenAi()
    {
        HttpClient transport;
        OpenAiClient client(transport, {});
        const LlmEvent end = ask(client);
        QCOMPARE(std::get<AnswerFailed>(end).error.kind, ErrorKind::Authentication);
        QVERIFY(std::get<AnswerFailed>(end).error.message.contains(u"OPENAI_API_KEY"_s));
        QCOMPARE(client.listModels().result().error().kind, ErrorKind::Authentication);
    }

    void asksForAModelBeforeItAsksTheProvider()
    {
        LoopbackServer server;
        HttpClient transport;
        OpenAiClient client(transport, {server.url(), {}});
        const LlmEvent end = ask(client, LlmRequest());
        QCOMPARE(std::get<AnswerFailed>(end).error.kind, ErrorKind::InvalidArgument);
        QVERIFY(std::get<AnswerFailed>(end).error.message.contains(u"Choose one in Settings"_s));
        QVERIFY(server.requests().isEmpty());
    }

    void namesTheModelThatIsNotThere()
    {
        LoopbackServer server;
        server.enqueue({.status = 404,
            .contentType = "application/json",
            .pieces = {"{\"error\":{\"message\":\"model not found\"}}"}});
        HttpClient transport;
        OpenAiClient client(transport, {server.url(), {}});
        const LlmEvent end = ask(client);
        QCOMPARE(std::get<AnswerFailed>(end).error.kind, ErrorKind::UnknownModel);
    }

    void listsTheModelsOfTheProvider_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("list") << QByteArray("{\"object\":\"list\",\"data\":[{\"id\":\"a\",\"name\":\"A\"},{"
                                            "\"id\":\"text-embedding-3\"},{\"id\":\"b\"}]}");
        QTest::newRow("plain array") << QByteArray("[{\"id\":\"a\",\"display_name\":\"A\"},{\"id\":\"b\"}]");
    }

    void listsTheModelsOfTheProvider()
    {
        QFETCH(QByteArray, body);
        LoopbackServer server;
        server.enqueue({.contentType = "application/json", .pieces = {body}, .chunked = false});
        HttpClient transport;
        OpenAiClient client(transport, {server.url(u"/v1/"_s), {}});
        const auto models = client.listModels();
        QTRY_VERIFY(models.isFinished());
        QCOMPARE(models.result().value(), (QVector<ModelInfo>{{u"a"_s, u"A"_s}, {u"b"_s, u"b"_s}}));
        QCOMPARE(server.requests().value(0).path, QByteArray("/v1/models"));
    }

    void reusesTheConnection()
    {
        LoopbackServer server;
        HttpClient transport;
        OpenAiClient client(transport, {server.url(), {}});
        for (int i = 0; i < 5; ++i) {
            server.enqueue(hi());
            QVERIFY(std::holds_alternative<Completed>(ask(client)));
        }
        QVERIFY2(server.connectionCount() <= 2, QByteArray::number(server.connectionCount()));
    }
};

MEANWHILE_TEST(OpenAiClientTest)
#include "tst_openaiclient.moc"
