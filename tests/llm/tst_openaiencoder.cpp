// SPDX-License-Identifier: MIT
#include "llm/openai/openaiencoder.h"
#include "streamplay.h"
#include "support/testregistry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Llm;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;

namespace {

Message user(const QVector<ContentBlock> &content)
{
    Message message;
    message.content = content;
    return message;
}

Message answer(const QVector<ContentBlock> &content)
{
    Message message = user(content);
    message.role = Role::Assistant;
    return message;
}

LlmRequest requestWith(const QVector<Message> &messages)
{
    LlmRequest request;
    request.model = u"some-model"_s;
    request.system = u"You are \"it\"."_s;
    request.tools = {{u"bash"_s, u"Runs a command"_s, "{\"type\":\"object\"}"}};
    request.messages = messages;
    request.generation = 1;
    return request;
}

QJsonObject parsed(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QByteArray messagesOf(const QByteArray &body)
{
    const QByteArray key = "\"messages\":[";
    return body.sliced(body.indexOf(key) + key.size()).chopped(2);
}

QJsonArray encoded(const Message &message, const OpenAiDialect &dialect = {})
{
    const QByteArray list = '[' + OpenAiEncoder::encodeMessage(message, dialect) + ']';
    return QJsonDocument::fromJson(list).array();
}

QJsonArray json(const char *text)
{
    return QJsonDocument::fromJson(text).array();
}

} // namespace

class OpenAiEncoderTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void asksForEffortOnlyWhereTheModelHasIt()
    {
        const auto body = [](const Thinking &thinking) {
            LlmRequest request = requestWith({user({TextBlock{u"hi"_s}})});
            request.thinking = thinking;
            return parsed(OpenAiEncoder().encode(request, {}));
        };
        const QJsonObject low = body({ThinkingForm::Effort, ThinkingLevel::Low});
        QCOMPARE(low.value(u"reasoning_effort"_s).toString(), u"low"_s);
        QCOMPARE(low.value(u"max_tokens"_s).toInt(), 16'000 + kThinkingRoom);
        QVERIFY(!body({ThinkingForm::Effort, ThinkingLevel::Automatic}).contains(u"reasoning_effort"_s));
        const QJsonObject foreign = body({ThinkingForm::Budget, ThinkingLevel::High});
        QVERIFY(!foreign.contains(u"reasoning_effort"_s) && !foreign.contains(u"thinking"_s));
        QCOMPARE(foreign.value(u"max_tokens"_s).toInt(), 16'000);
    }

    void writesAValidRequest()
    {
        OpenAiEncoder encoder;
        const QJsonObject body =
            parsed(encoder.encode(requestWith({user({TextBlock{u"hi\n\u0001"_s}})}), {}));
        QCOMPARE(body.value(u"model"_s).toString(), u"some-model"_s);
        QVERIFY(body.value(u"stream"_s).toBool());
        QVERIFY(body.value(u"stream_options"_s)[u"include_usage"_s].toBool());
        QCOMPARE(body.value(u"max_tokens"_s).toInt(), 16'000);
        QCOMPARE(body.value(u"tools"_s).toArray(),
            json("[{\"type\":\"function\",\"function\":{\"name\":\"bash\",\"description\":\"Runs a "
                 "command\",\"parameters\":{\"type\":\"object\"}}}]"));
        QCOMPARE(body.value(u"messages"_s).toArray(),
            json("[{\"role\":\"system\",\"content\":\"You are "
                 "\\\"it\\\".\"},{\"role\":\"user\",\"content\":\"hi\\n\\u0001\"}]"));
    }

    void speaksTheServersDialect()
    {
        OpenAiEncoder encoder;
        const LlmRequest request = requestWith({user({TextBlock{u"hi"_s}})});
        QJsonObject body =
            parsed(encoder.encode(request, {OpenAiDialect::Limit::MaxCompletionTokens, true, true}));
        QVERIFY(!body.contains(u"max_tokens"_s));
        QCOMPARE(body.value(u"max_completion_tokens"_s).toInt(), 16'000);
        body = parsed(encoder.encode(request, {OpenAiDialect::Limit::None, false, false}));
        QVERIFY(!body.contains(u"max_tokens"_s));
        QVERIFY(!body.contains(u"max_completion_tokens"_s));
        QVERIFY(!body.contains(u"stream_options"_s));
    }

    void beginsWithTheBytesOfTheRequestBefore()
    {
        OpenAiEncoder encoder;
        QVector<Message> messages{user({TextBlock{u"one"_s}})};
        QByteArray before;
        for (int turn = 0; turn < 20; ++turn) {
            const QByteArray now = messagesOf(encoder.encode(requestWith(messages), {}));
            QVERIFY2(now.startsWith(before), now.constData());
            QCOMPARE(now, messagesOf(OpenAiEncoder().encode(requestWith(messages), {})));
            before = now;
            const QString id = u"c%1"_s.arg(turn);
            messages << answer({ThinkingBlock{u"hm"_s, "{\"reasoning_content\":\"hm\"}"},
                ToolCallBlock{id, u"bash"_s, "{\"a\": 1}", {}}});
            messages << user({ToolResultBlock{id, u"ok"_s, false, {}}, NewsBlock{{}, u"news"_s}});
        }
    }

    void startsAnewWithAnotherGenerationOrDialect()
    {
        OpenAiEncoder encoder;
        encoder.encode(requestWith({user({TextBlock{u"old"_s}})}), {});
        LlmRequest request = requestWith({user({TextBlock{u"new"_s}})});
        request.generation = 2;
        QVERIFY(!encoder.encode(request, {}).contains("old"));
        request.messages.first() = user({ToolResultBlock{u"c"_s, u"x"_s, false, {}}, TextBlock{u"y"_s}});
        OpenAiDialect strict;
        strict.takesUserAfterTool = false;
        encoder.encode(request, {});
        QCOMPARE(encoder.encode(request, strict), OpenAiEncoder().encode(request, strict));
    }

    void answersEachCallThenSaysTheRest()
    {
        const Message results =
            user({ToolResultBlock{u"c1"_s, u""_s, false, {}}, ToolResultBlock{u"c2"_s, u"bad"_s, true, {}},
                NewsBlock{Meanwhile::endsOf({u"ab"_s}), u"<news>"_s}, TextBlock{u"And?"_s}});
        QCOMPARE(
            encoded(results), json("[{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"(no output)\"},"
                                   "{\"role\":\"tool\",\"tool_call_id\":\"c2\",\"content\":\"Error: bad\"},"
                                   "{\"role\":\"user\",\"content\":\"<news>\\n\\nAnd?\"}]"));
        OpenAiDialect strict;
        strict.takesUserAfterTool = false;
        const QJsonArray bridged = encoded(results, strict);
        QCOMPARE(bridged.size(), 4);
        QCOMPARE(bridged.at(2)[u"role"_s].toString(), u"assistant"_s);
    }

    void putsImagesIntoAUserMessage()
    {
        const ImageBlock image{u"image/png"_s, "PNG"};
        QCOMPARE(encoded(user({ToolResultBlock{u"c1"_s, u"a picture"_s, false, {image}}})),
            json("[{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"a picture\"},"
                 "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Images of the tool result "
                 "c1:\"},"
                 "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,UE5H\"}}]}]"));
        QCOMPARE(encoded(user({TextBlock{u"Look"_s}, image})),
            json("[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Look\"},"
                 "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,UE5H\"}}]}]"));
    }

    void sendsAnOldAnswerWithItsCalls()
    {
        QCOMPARE(encoded(answer({TextBlock{u"Let me see."_s},
                     ToolCallBlock{u"c1"_s, u"bash"_s, "{\"command\": \"ls\"}", {}},
                     ToolCallBlock{u"c2"_s, u"bash"_s, "not json", {}}})),
            json("[{\"role\":\"assistant\",\"content\":\"Let me see.\",\"tool_calls\":["
                 "{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"bash\",\"arguments\":\"{"
                 "\\\"command\\\": \\\"ls\\\"}\"}},"
                 "{\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"bash\",\"arguments\":\"{}\"}}"
                 "]}]"));
        QVERIFY(encoded(answer({ToolCallBlock{u"c1"_s, u"bash"_s, "{}", {}}})).at(0)[u"content"_s].isNull());
    }

    void sendsReasoningBackOnlyWithCalls()
    {
        const ThinkingBlock thinking{
            u"hm"_s, "{\"reasoning_content\":\"hm\",\"reasoning_details\":[{\"data\":\"x\"}]}"};
        const ToolCallBlock call{u"c1"_s, u"bash"_s, "{}", {}};
        QVERIFY(!encoded(answer({thinking, TextBlock{u"Hi"_s}}))
                     .at(0)
                     .toObject()
                     .contains(u"reasoning_content"_s));
        const QJsonObject withCall = encoded(answer({thinking, call})).at(0).toObject();
        QCOMPARE(withCall.value(u"reasoning_content"_s).toString(), u"hm"_s);
        QCOMPARE(withCall.value(u"reasoning_details"_s).toArray(), json("[{\"data\":\"x\"}]"));
        const ThinkingBlock foreign{
            u"hm"_s, "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"}"};
        const QByteArray bytes = OpenAiEncoder::encodeMessage(answer({foreign, call}), {});
        QVERIFY2(!bytes.contains("hm"), bytes.constData());
    }

    void sendsBackWhatItDoesNotUnderstand()
    {
        using namespace Meanwhile::Testing;
        const Played played = play(Protocol::OpenAi,
            "data: {\"choices\":[{\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},"
            "{\"type\":\"reference\",\"ids\":[1]}],\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{"
            "\"name\":"
            "\"bash\",\"arguments\":\"{}\"},\"extra_content\":{\"signature\":\"s\"}}]},\"finish_reason\":"
            "\"tool_calls\"}]}"
            "\n\ndata: [DONE]\n\n");
        QVERIFY(played.message);
        const QJsonObject back = encoded(*played.message).at(0).toObject();
        QCOMPARE(back.value(u"content"_s).toArray(),
            json("[{\"type\":\"text\",\"text\":\"Hi\"},{\"type\":\"reference\",\"ids\":[1]}]"));
        QCOMPARE(back.value(u"tool_calls"_s).toArray(),
            json(
                "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"bash\",\"arguments\":\"{}\"},"
                "\"extra_content\":{\"signature\":\"s\"}}]"));
    }

    void joinsTheDetailsOfReasoningAsTheyWereSent()
    {
        using namespace Meanwhile::Testing;
        const Played played =
            play(Protocol::OpenAi, "data: "
                                   "{\"choices\":[{\"delta\":{\"reasoning_details\":[{\"type\":\"reasoning."
                                   "text\",\"text\":\"h\",\"index\":0}]}}]}\n\n"
                                   "data: "
                                   "{\"choices\":[{\"delta\":{\"reasoning_details\":[{\"type\":\"reasoning."
                                   "text\",\"text\":\"m\",\"index\":0}]}}]}\n\n"
                                   "data: "
                                   "{\"choices\":[{\"delta\":{\"reasoning_details\":[{\"type\":\"reasoning."
                                   "text\",\"text\":\"\",\"signature\":\"s\",\"index\":0}]}}]}\n\n"
                                   "data: "
                                   "{\"choices\":[{\"delta\":{\"reasoning_details\":[{\"type\":\"reasoning."
                                   "encrypted\",\"data\":\"x\",\"index\":1}],"
                                   "\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"bash\","
                                   "\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\n"
                                   "data: [DONE]\n\n");
        QVERIFY(played.message);
        QCOMPARE(encoded(*played.message).at(0)[u"reasoning_details"_s].toArray(),
            json("[{\"type\":\"reasoning.text\",\"text\":\"hm\",\"signature\":\"s\",\"index\":0},"
                 "{\"type\":\"reasoning.encrypted\",\"data\":\"x\",\"index\":1}]"));
    }

    void leavesOutWhatItCannotSay()
    {
        QVERIFY(encoded(answer({ThinkingBlock{u"hm"_s, {}}})).isEmpty());
        QVERIFY(encoded(answer({OpaqueBlock{u"redacted_thinking"_s, "{\"type\":\"redacted_thinking\"}"}}))
                    .isEmpty());
        const QByteArray body = OpenAiEncoder().encode(
            requestWith(
                {user({TextBlock{u"a"_s}}), answer({ThinkingBlock{u"hm"_s, {}}}), user({TextBlock{u"b"_s}})}),
            {});
        QCOMPARE(parsed(body).value(u"messages"_s).toArray().size(), 3);
    }

    void replacesLoneSurrogates()
    {
        const QJsonArray message = encoded(user({TextBlock{QString(QChar(0xd83d)) + u"x"_s}}));
        QCOMPARE(message.at(0)[u"content"_s].toString(), u"?x"_s);
    }
};

MEANWHILE_TEST(OpenAiEncoderTest)
#include "tst_openaiencoder.moc"
