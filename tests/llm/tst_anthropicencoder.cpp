// SPDX-License-Identifier: MIT
#include "llm/anthropic/anthropicencoder.h"
#include "support/testregistry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace Meanwhile::Llm;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kMark = R"(,"cache_control":{"type":"ephemeral"})";

Message user(const QString &text)
{
    Message message;
    message.content = {TextBlock{text}};
    return message;
}

Message answer(const QString &text)
{
    Message message = user(text);
    message.role = Role::Assistant;
    return message;
}

LlmRequest requestWith(const QVector<Message> &messages)
{
    LlmRequest request;
    request.model = u"some-model"_s;
    request.system = u"You are \"it\"."_s;
    request.tools = {{u"bash"_s, u"Runs a command"_s, R"({"type":"object"})"}};
    request.messages = messages;
    request.generation = 1;
    return request;
}

Message thought(const QByteArray &call)
{
    Message message;
    message.role = Role::Assistant;
    message.content = {
        ThinkingBlock{u"hm"_s, R"({"type":"thinking"})"}, ToolCallBlock{u"c1"_s, u"bash"_s, call, {}}};
    return message;
}

Message called()
{
    Message message = thought("{}");
    message.content.removeFirst();
    return message;
}

Message result()
{
    Message message;
    message.content = {ToolResultBlock{u"c1"_s, u"done"_s, false, {}}};
    return message;
}

QJsonObject bodyWith(const Thinking &thinking, const QVector<Message> &messages)
{
    AnthropicEncoder encoder;
    LlmRequest request = requestWith(messages);
    request.thinking = thinking;
    return QJsonDocument::fromJson(encoder.encode(request)).object();
}

QByteArray messagesOf(QByteArray body)
{
    body.replace(kMark, {});
    const QByteArray key = R"("messages":[)";
    return body.sliced(body.indexOf(key) + key.size()).chopped(2);
}

} // namespace

class AnthropicEncoderTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void writesAValidRequest()
    {
        AnthropicEncoder encoder;
        QJsonParseError error;
        const QJsonObject body =
            QJsonDocument::fromJson(encoder.encode(requestWith({user(u"hi\n\u0001"_s)})), &error).object();
        QCOMPARE(error.error, QJsonParseError::NoError);
        QCOMPARE(body.value(u"model"_s).toString(), u"some-model"_s);
        QVERIFY(body.value(u"stream"_s).toBool());
        QCOMPARE(body.value(u"system"_s).toArray().at(0).toObject().value(u"text"_s).toString(),
            u"You are \"it\"."_s);
        QCOMPARE(body.value(u"tools"_s).toArray().at(0).toObject().value(u"name"_s).toString(), u"bash"_s);
        const QJsonObject message = body.value(u"messages"_s).toArray().at(0).toObject();
        QCOMPARE(message.value(u"role"_s).toString(), u"user"_s);
        QCOMPARE(message.value(u"content"_s).toArray().at(0).toObject().value(u"text"_s).toString(),
            u"hi\n\u0001"_s);
    }

    void beginsWithTheBytesOfTheRequestBefore()
    {
        AnthropicEncoder encoder;
        QVector<Message> messages{user(u"one"_s)};
        QByteArray before;
        for (int turn = 0; turn < 20; ++turn) {
            const QByteArray now = messagesOf(encoder.encode(requestWith(messages)));
            QVERIFY2(now.startsWith(before), now.constData());
            before = now;
            messages << answer(u"answer %1"_s.arg(turn)) << user(u"next %1"_s.arg(turn));
        }
    }

    void encodesTheSameWhetherOrNotItRemembers()
    {
        AnthropicEncoder remembering;
        QVector<Message> messages{user(u"one"_s)};
        remembering.encode(requestWith(messages));
        messages << answer(u"two"_s) << user(u"three"_s);
        AnthropicEncoder fresh;
        QCOMPARE(messagesOf(remembering.encode(requestWith(messages))),
            messagesOf(fresh.encode(requestWith(messages))));
    }

    void startsAnewWithAnotherGeneration()
    {
        AnthropicEncoder encoder;
        encoder.encode(requestWith({user(u"old"_s)}));
        LlmRequest request = requestWith({user(u"new"_s)});
        request.generation = 2;
        QVERIFY(!encoder.encode(request).contains("old"));
    }

    void marksTheSystemPromptTheLastEndAndThisEnd()
    {
        AnthropicEncoder encoder;
        QVector<Message> messages{user(u"one"_s)};
        QCOMPARE(encoder.encode(requestWith(messages)).count(kMark), 2);
        messages << answer(u"two"_s) << user(u"three"_s);
        const QByteArray body = encoder.encode(requestWith(messages));
        QCOMPARE(body.count(kMark), 3);
        QVERIFY(body.contains(QByteArray(R"("one")") + kMark));
        QVERIFY(body.contains(QByteArray(R"("three")") + kMark));
        QVERIFY(!QJsonDocument::fromJson(body).isNull());
    }

    void sendsBackEveryBlockAsTheApiWantsIt()
    {
        Message assistant;
        assistant.role = Role::Assistant;
        assistant.content = {ThinkingBlock{u"hm"_s, R"({"signature":"s","thinking":"hm","type":"thinking"})"},
            OpaqueBlock{u"redacted_thinking"_s, R"({"data":"x","type":"redacted_thinking"})"},
            ToolCallBlock{u"c1"_s, u"bash"_s, R"({"command":"ls"})", {}},
            ToolCallBlock{u"c2"_s, u"bash"_s, "not json", {}},
            ToolCallBlock{u"c3"_s, u"x"_s, R"({"a":1})",
                R"({"caller":"code","id":"c3","input":{},"name":"x","type":"tool_use"})"}};
        QCOMPARE(AnthropicEncoder::encodeMessage(assistant),
            QByteArray(
                R"({"role":"assistant","content":[{"signature":"s","thinking":"hm","type":"thinking"},)"
                R"({"data":"x","type":"redacted_thinking"},)"
                R"({"type":"tool_use","id":"c1","name":"bash","input":{"command":"ls"}},)"
                R"({"type":"tool_use","id":"c2","name":"bash","input":{}},)"
                R"({"caller":"code","id":"c3","input":{"a":1},"name":"x","type":"tool_use"}]})"));
        Message results;
        results.content = {ToolResultBlock{u"c1"_s, u""_s, false, {}},
            ToolResultBlock{u"c2"_s, u"bad"_s, true, {{u"image/png"_s, "PNG"}}},
            NewsBlock{Meanwhile::endsOf({u"ab"_s}), u"<background-results>"_s}};
        QCOMPARE(AnthropicEncoder::encodeMessage(results),
            QByteArray(
                R"x({"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":[{"type":"text","text":"(no output)"}]},)x"
                R"({"type":"tool_result","tool_use_id":"c2","is_error":true,"content":[{"type":"text","text":"bad"},)"
                R"({"type":"image","source":{"type":"base64","media_type":"image/png","data":"UE5H"}}]},)"
                R"({"type":"text","text":"<background-results>"}]})"));
    }

    void leavesOutWhatItCannotSay()
    {
        Message message = answer(u"Hi"_s);
        message.content.prepend(ThinkingBlock{u"unsigned"_s, {}});
        message.content.prepend(ThinkingBlock{u"foreign"_s, R"({"reasoning_content":"foreign"})"});
        message.content.append(OpaqueBlock{u"openai.reference"_s, R"({"type":"reference"})"});
        QCOMPARE(AnthropicEncoder::encodeMessage(message),
            QByteArray(R"({"role":"assistant","content":[{"type":"text","text":"Hi"}]})"));
        message.content = {ThinkingBlock{u"unsigned"_s, {}}};
        QVERIFY(AnthropicEncoder::encodeMessage(message).isEmpty());
        const QByteArray body = AnthropicEncoder().encode(requestWith({user(u"a"_s), message, user(u"b"_s)}));
        QVERIFY(!QJsonDocument::fromJson(body).isNull());
    }

    void asksForThinkingAsTheModelWantsIt_data()
    {
        QTest::addColumn<Thinking>("thinking");
        QTest::addColumn<int>("maxTokens");
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>("effort");
        const QByteArray adaptive = R"({"display":"summarized","type":"adaptive"})";
        using Form = ThinkingForm;
        using Level = ThinkingLevel;
        QTest::newRow("none") << Thinking{Form::None, Level::High} << 16'000 << QByteArray() << QString();
        QTest::newRow("off") << Thinking{Form::Budget, Level::Off} << 16'000 << QByteArray() << QString();
        QTest::newRow("low budget") << Thinking{Form::Budget, Level::Low} << 20'000
                                    << QByteArray(R"({"budget_tokens":4000,"type":"enabled"})") << QString();
        QTest::newRow("high budget") << Thinking{Form::Budget, Level::High} << 32'000
                                     << QByteArray(R"({"budget_tokens":16000,"type":"enabled"})")
                                     << QString();
        QTest::newRow("adaptive, off")
            << Thinking{Form::Adaptive, Level::Off} << 16'000 << QByteArray() << QString();
        QTest::newRow("adaptive") << Thinking{Form::Adaptive, Level::Medium} << 32'000 << adaptive
                                  << u"medium"_s;
        QTest::newRow("by default") << Thinking{Form::DefaultOn, Level::Automatic} << 32'000 << adaptive
                                    << QString();
        QTest::newRow("refused") << Thinking{Form::DefaultOn, Level::Off} << 16'000
                                 << QByteArray(R"({"type":"disabled"})") << QString();
        QTest::newRow("always") << Thinking{Form::Always, Level::Off} << 32'000 << adaptive << QString();
        QTest::newRow("always, low") << Thinking{Form::Always, Level::Low} << 32'000 << adaptive << u"low"_s;
    }

    void asksForThinkingAsTheModelWantsIt()
    {
        QFETCH(Thinking, thinking);
        QFETCH(int, maxTokens);
        QFETCH(QByteArray, field);
        QFETCH(QString, effort);
        const QJsonObject body = bodyWith(thinking, {user(u"hi"_s)});
        QCOMPARE(body.value(u"max_tokens"_s).toInt(), maxTokens);
        const QJsonObject sent = body.value(u"thinking"_s).toObject();
        QCOMPARE(sent.isEmpty() ? QByteArray() : QJsonDocument(sent).toJson(QJsonDocument::Compact), field);
        QCOMPARE(body.value(u"output_config"_s).toObject().value(u"effort"_s).toString(), effort);
    }

    void leavesThinkingToTheNextTurnWhenThisOneBeganWithout()
    {
        const Thinking on{ThinkingForm::Budget, ThinkingLevel::Low};
        const auto thinks = [&](const QVector<Message> &messages) {
            return bodyWith(on, messages).contains(u"thinking"_s);
        };
        QVERIFY(!thinks({user(u"go"_s), called(), result()}));
        QVERIFY(thinks({user(u"go"_s), thought("{}"), result()}));
        QVERIFY(thinks({user(u"go"_s), thought("{}"), result(), called(), result()}));
        QVERIFY(thinks({user(u"go"_s), called(), result(), answer(u"done"_s), user(u"more"_s)}));
        QVERIFY(!thinks(
            {user(u"go"_s), thought("{}"), result(), answer(u"ok"_s), user(u"more"_s), called(), result()}));
    }

    void replacesLoneSurrogates()
    {
        const QByteArray bytes = AnthropicEncoder::encodeMessage(user(QString(QChar(0xd83d)) + u"x"_s));
        QVERIFY(!QJsonDocument::fromJson(bytes).isNull());
        QVERIFY(bytes.contains(R"("?x")"));
    }
};

MEANWHILE_TEST(AnthropicEncoderTest)
#include "tst_anthropicencoder.moc"
