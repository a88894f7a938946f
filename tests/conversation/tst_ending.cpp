// SPDX-License-Identifier: MIT
#include "conversation/ending.h"
#include "conversation/messagejson.h"
#include "conversation/textleak.h"
#include "support/testregistry.h"

#include <QJsonObject>
#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;

/// Why an answer or a turn ended, in words, and what makes it known.
class EndingTest : public QObject {
    Q_OBJECT

private slots:
    void saysWhatEndedIt_data()
    {
        QTest::addColumn<Message>("message");
        QTest::addColumn<QString>("words"); // empty: its own word
        QTest::addColumn<bool>("isFailure");
        const auto row = [](const char *name, StopReason reason, const QVector<ContentBlock> &content,
                             const QString &words, const QString &word = {}) {
            Message message;
            message.role = Role::Assistant;
            message.stopReason = reason;
            message.stopWord = word;
            message.content = content;
            QTest::newRow(name) << message << words << !words.isEmpty();
        };
        const TextBlock text{u"Here."_s};
        const ToolCallBlock call{u"c1"_s, u"bash"_s, "{}", {}};
        row("end", StopReason::EndTurn, {text}, {});
        row("calls", StopReason::ToolUse, {call}, {});
        row("pause", StopReason::PauseTurn, {text}, {});
        row("empty", StopReason::EndTurn, {}, u"empty"_s);
        row("blank", StopReason::EndTurn, {TextBlock{u" \n"_s}}, u"empty"_s);
        row("thoughts alone", StopReason::EndTurn, {ThinkingBlock{u"hm"_s, {}}}, u"empty"_s);
        row("cut off", StopReason::MaxTokens, {text}, u"hit the length limit"_s);
        row("cut off at once", StopReason::MaxTokens, {}, u"before it said anything"_s);
        row("refused", StopReason::Refusal, {}, u"declined"_s);
        row("filtered", StopReason::Refusal, {text}, u"filter ended the answer (content_filter)"_s,
            u"content_filter"_s);
        row("no reason", StopReason::Other, {text}, u"without saying why"_s);
        row("unknown reason", StopReason::Other, {text}, u"(insufficient_system_resource)"_s,
            u"insufficient_system_resource"_s);
        row("stop sequence", StopReason::StopSequence, {text}, u"stop sequence"_s);
        row("calls that did not come", StopReason::ToolUse, {text}, u"holds no call"_s);
        row("a call as text", StopReason::EndTurn,
            {TextBlock{u"<tool_call>{\"name\":\"bash\"}</tool_call>"_s}}, u"tool parser is off"_s);

        Message broken;
        broken.role = Role::Assistant;
        broken.completeness = Completeness::Broken;
        QTest::newRow("broken") << broken << QString() << false;
        Message record;
        record.role = Role::Record;
        record.content = {EndBlock{EndBlock::Why::NoProgress, 10}};
        QTest::newRow("no progress") << record << u"10 answers in a row"_s << true;
        record.content = {EndBlock{EndBlock::Why::RequestLimit, 0}};
        QTest::newRow("request limit") << record << u"request limit"_s << false;
        Message thought;
        thought.role = Role::Assistant;
        thought.stopReason = StopReason::EndTurn;
        thought.content = {TextBlock{u"<think>hm</think>Here."_s}};
        QTest::newRow("thoughts as text") << thought << u"reasoning parser is off"_s << false;
    }
    void saysWhatEndedIt()
    {
        QFETCH(Message, message);
        QFETCH(QString, words);
        QFETCH(bool, isFailure);
        const auto ending = endingOf(message);
        QCOMPARE(ending.has_value(), !words.isEmpty());
        if (!ending)
            return;
        QVERIFY2(ending->words.contains(words), qPrintable(ending->words));
        QCOMPARE(ending->isFailure, isFailure);
        // A stored one says the same.
        const Result<Message> stored = messageFromJson(toJson(message));
        QVERIFY(stored);
        QCOMPARE(*stored, message);
        QCOMPARE(endingOf(*stored), ending);
    }

    void findsACallInAText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("leak");
        const auto row = [](const char *name, const QString &text, TextLeak leak = TextLeak::Call) {
            QTest::newRow(name) << text << int(leak);
        };
        row("Hermes", u"I look.\n<tool_call>\n{\"name\": \"list_files\", \"arguments\": {}}\n</tool_call>"_s);
        row("Qwen", u"<function=bash>\n<parameter=command>\nls\n</parameter>\n</function>"_s);
        row("Llama", u"<|python_tag|>bash.call(command=\"ls\")"_s);
        row("Llama, JSON", u"{\"name\": \"bash\", \"parameters\": {\"command\": \"ls\"}}"_s);
        row("Llama, Python", u"[list_files(path=\".\")]"_s);
        row("in a fence", u"```json\n{\"name\": \"bash\", \"arguments\": {\"command\": \"ls\"}}\n```"_s);
        row("Mistral", u"[TOOL_CALLS][{\"name\": \"bash\", \"arguments\": {\"command\": \"ls\"}}]"_s);
        row("DeepSeek", u"<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>bash"_s);
        row("Kimi", u"<|tool_calls_section_begin|><|tool_call_begin|>functions.bash:0"_s);
        row("GLM", u"<tool_call>bash\n<arg_key>command</arg_key>\n<arg_value>ls</arg_value>"_s);
        row("gpt-oss", u"<|channel|>commentary to=functions.bash <|constrain|>json<|message|>{}<|call|>"_s);
        row("MiniMax", u"<minimax:tool_call>\n<invoke name=\"bash\">"_s);
        row("Anthropic's own", u"<function_calls>\n<invoke name=\"bash\">"_s);
        row("ReAct", u"I need the files.\nAction: bash\nAction Input: {\"command\": \"ls\"}"_s);
        row("OpenAI's form",
            u"{\"type\":\"function\",\"function\":{\"name\":\"bash\",\"arguments\":\"{}\"}}"_s);
        row("thoughts", u"<think>\nhm\n</think>\nHere."_s, TextLeak::Thinking);
        row("thoughts, their end alone", u"hm\n</think>\nHere."_s, TextLeak::Thinking);
        row("prose", u"I called the tool and it worked."_s, TextLeak::None);
        row("a quotation", u"Qwen writes `<tool_call>` before a call."_s, TextLeak::None);
        row("an example", u"Like this:\n\n```xml\n<tool_call>\n{}\n</tool_call>\n```\n\nThat is all."_s,
            TextLeak::None);
        row("JSON of another kind", u"{\"name\": \"meanwhile\", \"version\": \"1.0\"}"_s, TextLeak::None);
        row("a list", u"[1, 2, 3]"_s, TextLeak::None);
        row("a link", u"[the readme](README.md)"_s, TextLeak::None);
        row("generics", u"Use std::function<void()> and QVector<int>."_s, TextLeak::None);
    }
    void findsACallInAText()
    {
        QFETCH(QString, text);
        QFETCH(int, leak);
        QCOMPARE(int(leakIn(text)), leak);
    }
};

MEANWHILE_TEST(EndingTest)
#include "tst_ending.moc"
