// SPDX-License-Identifier: MIT
#include "llm/anthropic/anthropicclient.h"
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

} // namespace

class AnthropicClientTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void asksAndHearsTheAnswer()
    {
        LoopbackServer server;
        server.enqueue(anthropicAnswer("Hi there", {{"c1", "bash", R"({"command":"ls"})"}}));
        const QVector<LlmEvent> events = ask(server, hello());
        const auto message = std::get<Completed>(events.last()).message;
        QCOMPARE(Conversation::plainText(message), u"Hi there"_s);
        QCOMPARE(Conversation::toolCalls(message).value(0).input, QByteArray(R"({"command":"ls"})"));
        const ReceivedRequest request = server.requests().value(0);
        QCOMPARE(request.path, QByteArray("/v1/messages"));
        QVERIFY(request.head.toLower().contains("x-api-key: secret"));
        QVERIFY(request.head.toLower().contains("anthropic-version: 2023-06-01"));
    }

    void saysWhatAFailureMeans_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("contentType");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("closeEarly");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("words");
        const QByteArray json = "application/json";
        const QByteArray sse = "text/event-stream";
        QTest::newRow("wrong key") << 401 << json
                                   << QByteArray(R"({"error":{"message":"invalid x-api-key"}})") << false
                                   << ErrorKind::Authentication << u"Enter another key in Settings"_s;
        QTest::newRow("unknown model") << 404 << json << QByteArray(R"({"error":{"message":"model: m"}})")
                                       << false << ErrorKind::UnknownModel << u"“m”"_s;
        QTest::newRow("rate limit") << 429 << json << QByteArray("{}") << false << ErrorKind::RateLimited
                                    << u"limit"_s;
        QTest::newRow("overloaded") << 529 << json << QByteArray("{}") << false << ErrorKind::Overloaded
                                    << u"overloaded"_s;
        QTest::newRow("server error")
            << 500 << json << QByteArray("oops") << false << ErrorKind::Overloaded << u"HTTP 500"_s;
        QTest::newRow("bad request") << 400 << json << QByteArray(R"({"error":{"message":"why"}})") << false
                                     << ErrorKind::BadRequest << u"why"_s;
        QTest::newRow("web page") << 200 << QByteArray("text/html") << QByteArray("<html>") << false
                                  << ErrorKind::Protocol << u"Check the address"_s;
        QTest::newRow("ends in mid-stream")
            << 200 << sse << QByteArray("data: {\"type\":\"message_start\",\"message\":{}}\n\n") << false
            << ErrorKind::Network << u"broke off"_s;
        QTest::newRow("dropped in mid-stream")
            << 200 << sse << QByteArray("data: {\"type\":\"message_start\",\"message\":{}}\n\n") << true
            << ErrorKind::Network << u"Try again"_s;
        QTest::newRow("malformed event") << 200 << sse << QByteArray("data: {\"type\":\n\n") << false
                                         << ErrorKind::Protocol << u"cannot be read"_s;
    }

    void saysWhatAFailureMeans()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, contentType);
        QFETCH(QByteArray, body);
        QFETCH(bool, closeEarly);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, words);
        LoopbackServer server;
        server.enqueue(
            {.status = status, .contentType = contentType, .pieces = {body}, .closeEarly = closeEarly});
        const QVector<LlmEvent> events = ask(server, hello());
        const Error error = std::get<AnswerFailed>(events.last()).error;
        QCOMPARE(error.kind, kind);
        QVERIFY2(error.message.contains(words) || closeEarly, qPrintable(error.message));
    }

    void asksForAModelBeforeItAsksTheProvider()
    {
        LoopbackServer server;
        const QVector<LlmEvent> events = ask(server, LlmRequest());
        QCOMPARE(std::get<AnswerFailed>(events.last()).error.kind, ErrorKind::InvalidArgument);
        QVERIFY(server.requests().isEmpty());
    }

    void asksForAKeyBeforeItAsksAnthropic()
    {
        HttpClient transport;
        AnthropicClient client(transport, {});
        QObject owner;
        QVector<LlmEvent> events;
        connect(client.send(hello(), &owner), &LlmStream::happened, &owner,
            [&](const LlmEvent &event) { events += event; });
        QVERIFY(events.isEmpty());
        QTRY_COMPARE(events.size(), 1);
        QCOMPARE(std::get<AnswerFailed>(events.last()).error.kind, ErrorKind::Authentication);
    }

    void listsTheModelsOfTheProvider()
    {
        LoopbackServer server;
        server.enqueue({.contentType = "application/json",
            .pieces = {R"({"data":[{"id":"a","display_name":"A"},{"id":"b"}],"has_more":false})"},
            .chunked = false});
        HttpClient transport;
        AnthropicClient client(transport, {server.url(u"/v1/"_s), u"secret"_s, {}});
        const auto models = client.listModels();
        QTRY_VERIFY(models.isFinished());
        QCOMPARE(models.result().value(), (QVector<ModelInfo>{{u"a"_s, u"A"_s}, {u"b"_s, u"b"_s}}));
        QCOMPARE(server.requests().value(0).path, QByteArray("/v1/models?limit=100"));
    }

    void reusesTheConnection()
    {
        LoopbackServer server;
        HttpClient transport;
        AnthropicClient client(transport, {server.url(), u"secret"_s, {}});
        for (int i = 0; i < 5; ++i) {
            server.enqueue(anthropicAnswer("x"));
            QObject owner;
            bool done = false;
            connect(client.send(hello(), &owner), &LlmStream::happened, &owner,
                [&](const LlmEvent &event) { done = done || std::holds_alternative<Completed>(event); });
            QTRY_VERIFY(done);
        }
        QVERIFY2(server.connectionCount() <= 2, QByteArray::number(server.connectionCount()));
    }

private:
    static QVector<LlmEvent> ask(LoopbackServer &server, const LlmRequest &request)
    {
        HttpClient transport;
        AnthropicClient client(transport, {server.url(), u"secret"_s, {}});
        QObject owner;
        QVector<LlmEvent> events;
        connect(client.send(request, &owner), &LlmStream::happened, &owner,
            [&](const LlmEvent &event) { events += event; });
        const auto ended = [&] {
            return !events.isEmpty() && (std::holds_alternative<Completed>(events.last()) ||
                                            std::holds_alternative<AnswerFailed>(events.last()));
        };
        if (!Testing::waitFor(ended))
            events += AnswerFailed{};
        return events;
    }
};

MEANWHILE_TEST(AnthropicClientTest)
#include "tst_anthropicclient.moc"
