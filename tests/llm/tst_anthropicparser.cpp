// SPDX-License-Identifier: MIT
#include "llm/anthropic/anthropicparser.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Llm;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kStart =
    R"({"type":"message_start","message":{"usage":{"input_tokens":5,"cache_read_input_tokens":3}}})";
const QByteArray kStop = R"({"type":"message_stop"})";

QByteArray filled(QByteArray pattern, int index, const QByteArray &part)
{
    return pattern.replace("INDEX", QByteArray::number(index)).replace("PART", part);
}
QByteArray reason(const QByteArray &word)
{
    return filled(
        R"({"type":"message_delta","delta":{"stop_reason":"PART"},"usage":{"output_tokens":9}})", 0, word);
}
QByteArray beginBlock(int index, const QByteArray &block)
{
    return filled(R"({"type":"content_block_start","index":INDEX,"content_block":PART})", index, block);
}
QByteArray delta(int index, const QByteArray &body)
{
    return filled(R"({"type":"content_block_delta","index":INDEX,"delta":PART})", index, body);
}
QByteArray argumentsPart(int index, const QByteArray &escaped)
{
    return filled(
        R"({"type":"content_block_delta","index":INDEX,"delta":{"type":"input_json_delta","partial_json":"PART"}})",
        index, escaped);
}
QByteArray endBlock(int index)
{
    return filled(R"({"type":"content_block_stop","index":INDEX})", index, {});
}

QVector<LlmEvent> play(const QByteArrayList &data)
{
    AnthropicParser parser;
    QVector<LlmEvent> events;
    for (const QByteArray &one : data)
        parser.take({"message", one}, events);
    return events;
}

Message finalMessage(const QVector<LlmEvent> &events)
{
    const auto *completed = events.isEmpty() ? nullptr : std::get_if<Completed>(&events.last());
    return completed ? completed->message : Message{};
}

} // namespace

class AnthropicParserTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void streamsTextAndCompletes()
    {
        const QVector<LlmEvent> events = play({kStart, beginBlock(0, R"({"type":"text","text":""})"),
            R"({"type":"ping"})", delta(0, R"({"type":"text_delta","text":"He"})"),
            delta(0, R"({"type":"text_delta","text":"llo"})"), endBlock(0), reason("end_turn"), kStop});
        Message message;
        message.role = Role::Assistant;
        message.stopReason = StopReason::EndTurn;
        message.usage = {5, 9, 3, 0};
        message.content = {TextBlock{u"Hello"_s}};
        QCOMPARE(events, (QVector<LlmEvent>{
                             AnswerStarted{}, TextDelta{u"He"_s}, TextDelta{u"llo"_s}, Completed{message}}));
    }

    void joinsTheArgumentsOfACall()
    {
        const Message message = finalMessage(
            play({kStart, beginBlock(0, R"({"type":"tool_use","id":"t","name":"bash","input":{}})"),
                argumentsPart(0, ""), argumentsPart(0, "{\\\"a\\\":"), argumentsPart(0, "1}"), endBlock(0),
                reason("tool_use"), kStop}));
        QCOMPARE(toolCalls(message), (QVector<ToolCallBlock>{{u"t"_s, u"bash"_s, R"({"a":1})", {}}}));
        QCOMPARE(message.stopReason, StopReason::ToolUse);
    }

    void givesACallWithoutArgumentsAnEmptyObject()
    {
        const Message message =
            finalMessage(play({kStart, beginBlock(0, R"({"type":"tool_use","id":"t","name":"x","input":{}})"),
                endBlock(0), reason("tool_use"), kStop}));
        QCOMPARE(toolCalls(message).value(0).input, QByteArray("{}"));
    }

    void leavesOutACallWhoseBlockNeverClosed()
    {
        const Message message =
            finalMessage(play({kStart, beginBlock(0, R"({"type":"tool_use","id":"t","name":"x","input":{}})"),
                argumentsPart(0, "{\\\"path\\\":\\\"a"), reason("max_tokens"), kStop}));
        QVERIFY(toolCalls(message).isEmpty());
        QCOMPARE(message.stopReason, StopReason::MaxTokens);
    }

    void keepsUnsignedThinkingToBeReadOnly()
    {
        const Message message =
            finalMessage(play({kStart, beginBlock(0, R"({"type":"thinking","thinking":""})"),
                delta(0, R"({"type":"thinking_delta","thinking":"hm"})"),
                delta(0, R"({"type":"signature_delta","signature":"ab"})"), endBlock(0),
                beginBlock(1, R"({"type":"thinking","thinking":"lost"})"), endBlock(1), reason("end_turn"),
                kStop}));
        QCOMPARE(message.content,
            (QVector<ContentBlock>{
                ThinkingBlock{u"hm"_s, R"({"signature":"ab","thinking":"hm","type":"thinking"})"},
                ThinkingBlock{u"lost"_s, {}}}));
    }

    void keepsBlocksItDoesNotKnow()
    {
        const Message message = finalMessage(
            play({kStart, beginBlock(0, R"({"type":"redacted_thinking","data":"xyz"})"), endBlock(0),
                beginBlock(1, R"({"type":"server_tool_use","id":"s","name":"web_search","input":{}})"),
                argumentsPart(1, "{\\\"q\\\":1}"), endBlock(1), reason("pause_turn"), kStop}));
        QCOMPARE(message.content,
            (QVector<ContentBlock>{
                OpaqueBlock{u"redacted_thinking"_s, R"({"data":"xyz","type":"redacted_thinking"})"},
                OpaqueBlock{u"server_tool_use"_s,
                    R"({"id":"s","input":{"q":1},"name":"web_search","type":"server_tool_use"})"}}));
    }

    void turnsAnErrorInMidStreamIntoAFailure()
    {
        const QVector<LlmEvent> events = play(
            {kStart, R"({"type":"error","error":{"type":"overloaded_error","message":"Busy."}})", kStop});
        QCOMPARE(events.size(), 2);
        QCOMPARE(std::get<AnswerFailed>(events.last()).error.kind, ErrorKind::Overloaded);
    }

    void failsOnAnEventThatIsNoJson()
    {
        const QVector<LlmEvent> events = play({kStart, "{\"type\":", kStop});
        QCOMPARE(events.size(), 2);
        QCOMPARE(std::get<AnswerFailed>(events.last()).error.kind, ErrorKind::Protocol);
    }
};

MEANWHILE_TEST(AnthropicParserTest)
#include "tst_anthropicparser.moc"
