// SPDX-License-Identifier: MIT
// Apart from the test: moc loses a class that comes behind such strings.
#include "answertraits.h"

namespace Meanwhile::Testing {

using namespace Conversation;
using namespace Qt::StringLiterals;

namespace {

struct Expected {
    QString text = {};
    QString thinking = {};
    QVector<ToolCallBlock> calls = {};
    StopReason reason = StopReason::EndTurn;
    Usage usage = {};
};

QByteArray events(const QByteArrayList &data)
{
    QByteArray body;
    for (const QByteArray &one : data)
        body += "data: " + one + "\n\n";
    return body;
}

// A chunk of the first choice; `reason` only at the end.
QByteArray chunk(const QByteArray &delta, const QByteArray &reason = "null")
{
    return R"({"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":)" + delta +
           R"(,"finish_reason":)" + reason + "}]}";
}

QByteArray callChunk(const QByteArray &call)
{
    return chunk(R"({"tool_calls":[)" + call + "]}");
}

QByteArray openAi(QByteArrayList data)
{
    return events(data << "[DONE]");
}

const QByteArray kDone = chunk("{}", R"("stop")");
const QByteArray kCalled = chunk("{}", R"("tool_calls")");
const QByteArray kUsage = R"({"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":7,)"
                          R"("prompt_tokens_details":{"cached_tokens":16}}})";
const ToolCallBlock kCall{u"c1"_s, u"bash"_s, R"({"command":"ls"})", {}};

QByteArray anthropic(const QByteArrayList &data)
{
    QByteArrayList all{R"({"type":"message_start","message":{"content":[],"usage":{"input_tokens":5,)"
                       R"("cache_creation_input_tokens":2,"cache_read_input_tokens":3,"output_tokens":1}}})"};
    return events(all + data + QByteArrayList{R"({"type":"message_stop"})"});
}

QByteArray block(int index, const QByteArray &start, const QByteArrayList &deltas, bool stops = true)
{
    const QByteArray at = QByteArray::number(index);
    QByteArrayList data{
        R"({"type":"content_block_start","index":)" + at + R"(,"content_block":)" + start + '}'};
    for (const QByteArray &delta : deltas)
        data += R"({"type":"content_block_delta","index":)" + at + R"(,"delta":)" + delta + '}';
    if (stops)
        data += R"({"type":"content_block_stop","index":)" + at + '}';
    return data.join("\n\ndata: ");
}

QByteArray textBlock(int index, const QByteArray &text)
{
    return block(
        index, R"({"type":"text","text":""})", {R"({"type":"text_delta","text":")" + text + R"("})"});
}

QByteArray ended(const QByteArray &reason)
{
    return R"({"type":"message_delta","delta":{"stop_reason":")" + reason +
           R"("},"usage":{"output_tokens":9}})";
}

const Usage kAnthropicUsage{5, 9, 3, 2};

AnswerTrait trait(const char *name, Protocol protocol, const QByteArray &body, const Expected &expected)
{
    return {name, protocol, body, expected.text, expected.thinking, expected.calls, expected.reason,
        expected.usage};
}

void addPlainOpenAiRows(QVector<AnswerTrait> &rows)
{
    const auto add = [&rows](const char *name, const QByteArrayList &data, const Expected &expected) {
        rows += trait(name, Protocol::OpenAi, openAi(data), expected);
    };
    const QByteArray hi = chunk(R"({"role":"assistant","content":"Hi"})");
    add("openai: role and content null, then empty",
        {chunk(R"({"role":"assistant","content":null})"), chunk(R"({"content":""})"), hi, kDone}, {u"Hi"_s});
    add("openai: no role, no id, object empty",
        {R"({"id":"","object":"","created":0,"choices":[{"delta":{"content":"Hi"}}]})", kDone}, {u"Hi"_s});
    add("openai: no finish_reason at all", {hi}, {u"Hi"_s, {}, {}, StopReason::Other});
    add("openai: finish with the last content", {hi, chunk(R"({"content":"!"})", R"("stop")")}, {u"Hi!"_s});
    add("openai: finish repeated, then null",
        {hi, chunk("{}", R"("length")"), chunk("{}", R"("length")"), chunk("{}")},
        {u"Hi"_s, {}, {}, StopReason::MaxTokens});
    add("openai: filtered", {hi, chunk("{}", R"("content_filter")")}, {u"Hi"_s, {}, {}, StopReason::Refusal});
    add("openai: refusal in a field of its own",
        {chunk(R"({"content":null,"refusal":"No"})"), chunk(R"({"refusal":"."})"), kDone},
        {u"No."_s, {}, {}, StopReason::Refusal});
    add("openai: several choices",
        {hi, R"({"choices":[{"index":1,"delta":{"content":"Ho"},"finish_reason":"length"}]})", kDone},
        {u"Hi"_s});
    add("openai: two choices in one chunk",
        {R"({"choices":[{"index":1,"delta":{"content":"Ho"}},{"index":0,"delta":{"content":"Hi"}}]})", kDone},
        {u"Hi"_s});
    add("openai: first chunk without choices, for a filter",
        {R"({"choices":[],"id":"","prompt_filter_results":[]})", hi, kDone}, {u"Hi"_s});
    add("openai: content is an array of parts",
        {chunk(R"({"content":[{"type":"text","text":"H"},{"type":"text","text":"i"}]})"), kDone}, {u"Hi"_s});
    add("openai: half a character in each delta",
        {chunk(R"({"content":"a\ud83d"})"), chunk(R"({"content":"\ude00b"})"), kDone}, {u"a😀b"_s});
    add("openai: empty data lines", {"", hi, kDone, ""}, {u"Hi"_s});
    rows += trait("openai: no [DONE]", Protocol::OpenAi, events({hi, kDone}), {u"Hi"_s});
    rows += trait("openai: event names, ids, no space", Protocol::OpenAi,
        "id: 1\nevent: completion\ndata:" + hi + "\n\nid: 2\nretry: 5\ndata:" + kDone + "\n\ndata:[DONE]\n\n",
        {u"Hi"_s});
    rows += trait("openai: data over several lines", Protocol::OpenAi,
        "data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"Hi\"},\ndata: "
        "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n",
        {u"Hi"_s});
}

void addUsageRows(QVector<AnswerTrait> &rows)
{
    const auto add = [&rows](const char *name, const QByteArrayList &data, const Usage &usage) {
        rows += trait(name, Protocol::OpenAi, openAi(data), {u"Hi"_s, {}, {}, StopReason::EndTurn, usage});
    };
    const QByteArray hi = chunk(R"({"content":"Hi"})");
    add("openai: usage in a last chunk without choices", {hi, kDone, kUsage}, {4, 7, 16, 0});
    add("openai: usage null until then",
        {R"({"choices":[{"delta":{"content":"Hi"}}],"usage":null})", kDone, kUsage}, {4, 7, 16, 0});
    add("openai: usage grows with each chunk",
        {R"({"choices":[{"delta":{"content":"H"}}],"usage":{"prompt_tokens":5,"completion_tokens":1}})",
            R"({"choices":[{"delta":{"content":"i"},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":2}})"},
        {5, 2, 0, 0});
    add("openai: usage in x_groq",
        {hi,
            R"({"choices":[{"delta":{},"finish_reason":"stop"}],"x_groq":{"usage":{"prompt_tokens":5,"completion_tokens":2}}})"},
        {5, 2, 0, 0});
    add("openai: usage in the choice",
        {hi,
            R"({"choices":[{"delta":{},"finish_reason":"stop","usage":{"prompt_tokens":5,"completion_tokens":2,"cached_tokens":4}}]})"},
        {1, 2, 4, 0});
    add("openai: cache hits in a field of their own",
        {hi, kDone,
            R"({"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"prompt_cache_hit_tokens":8,"prompt_cache_miss_tokens":1}})"},
        {1, 2, 8, 0});
    add("openai: what was written to the cache",
        {hi, kDone,
            R"({"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":3,"cache_write_tokens":5}}})"},
        {1, 2, 3, 5});
}

void addReasoningRows(QVector<AnswerTrait> &rows)
{
    const auto add = [&rows](const char *name, const QByteArrayList &data, const QString &thinking) {
        rows += trait(name, Protocol::OpenAi,
            openAi(data + QByteArrayList{chunk(R"({"content":"Hi"})"), kDone}), {u"Hi"_s, thinking});
    };
    add("openai: reasoning_content",
        {chunk(R"({"reasoning_content":"h","content":null})"), chunk(R"({"reasoning_content":"m"})")},
        u"hm"_s);
    add("openai: reasoning",
        {chunk(R"({"reasoning":"h","channel":"analysis"})"), chunk(R"({"reasoning":"m"})")}, u"hm"_s);
    add("openai: reasoning told twice",
        {chunk(
            R"({"reasoning":"hm","reasoning_details":[{"type":"reasoning.text","text":"hm","index":0}]})")},
        u"hm"_s);
    add("openai: reasoning told three times",
        {chunk(
            R"({"reasoning":"hm","reasoning_content":"hm","reasoning_details":[{"type":"reasoning.text","text":"hm"}]})")},
        u"hm"_s);
    add("openai: reasoning_details alone",
        {chunk(
            R"({"reasoning_details":[{"type":"reasoning.summary","summary":"hm"},{"type":"reasoning.encrypted","data":"x"}]})")},
        u"hm"_s);
    add("openai: thinking parts in the content",
        {chunk(R"({"content":[{"type":"thinking","thinking":[{"type":"text","text":"h"}]}]})"),
            chunk(R"({"content":[{"type":"thinking","thinking":"m"}]})")},
        u"hm"_s);
}

void addCallRows(QVector<AnswerTrait> &rows)
{
    const auto add = [&rows](const char *name, const QByteArrayList &data,
                         const QVector<ToolCallBlock> &calls = {kCall}) {
        rows += trait(name, Protocol::OpenAi, openAi(data + QByteArrayList{kCalled}),
            {{}, {}, calls, StopReason::ToolUse});
    };
    const QByteArray first =
        R"({"index":0,"id":"c1","type":"function","function":{"name":"bash","arguments":""}})";
    const QByteArray half = R"({"index":0,"function":{"arguments":"{\"command\":"}})";
    const QByteArray rest = R"({"index":0,"function":{"arguments":"\"ls\"}"}})";
    const ToolCallBlock second{u"c2"_s, u"bash"_s, R"({"command":"ls"})", {}};
    const ToolCallBlock empty{u"c1"_s, u"bash"_s, "{}", {}};
    add("openai: a call in pieces", {callChunk(first), callChunk(half), callChunk(rest)});
    add("openai: a call at once, without index or type",
        {callChunk(R"({"id":"c1","function":{"name":"bash","arguments":"{\"command\":\"ls\"}"}})")});
    add("openai: pieces without index", {callChunk(R"({"id":"c1","function":{"name":"bash"}})"),
                                            callChunk(R"({"function":{"arguments":"{\"command\":"}})"),
                                            callChunk(R"({"id":"","function":{"arguments":"\"ls\"}"}})")});
    add("openai: first index is not 0",
        {callChunk(
            R"({"index":3,"id":"c1","function":{"name":"bash","arguments":"{\"command\":\"ls\"}"}})")});
    add("openai: id and name again with each piece",
        {callChunk(first),
            callChunk(
                R"({"index":0,"id":"c1","function":{"name":"bash","arguments":"{\"command\":\"ls\"}"}})")});
    add("openai: id and name empty later",
        {callChunk(first),
            callChunk(R"({"index":0,"id":"","function":{"name":"","arguments":"{\"command\":\"ls\"}"}})")});
    add("openai: id and name null later",
        {callChunk(first),
            callChunk(
                R"({"index":0,"id":null,"function":{"name":null,"arguments":"{\"command\":\"ls\"}"}})")});
    add("openai: another id with each piece",
        {callChunk(first),
            callChunk(R"({"index":0,"id":"x","function":{"arguments":"{\"command\":\"ls\"}"}})")});
    add("openai: arguments are an object",
        {callChunk(R"({"index":0,"id":"c1","function":{"name":"bash","arguments":{"command":"ls"}}})")});
    add("openai: the arguments again at the end",
        {callChunk(first), callChunk(half), callChunk(rest),
            callChunk(R"({"index":0,"function":{"arguments":"{\"command\":\"ls\"}"}})")});
    add("openai: arguments null",
        {callChunk(R"({"index":0,"id":"c1","function":{"name":"bash","arguments":null}})")}, {empty});
    add("openai: no arguments", {callChunk(R"({"index":0,"id":"c1","function":{"name":"bash"}})")}, {empty});
    add("openai: tool_calls null",
        {chunk(R"({"content":null,"tool_calls":null})"), callChunk(first), callChunk(half), callChunk(rest)});
    add("openai: no id",
        {callChunk(R"({"index":0,"function":{"name":"bash","arguments":"{\"command\":\"ls\"}"}})")},
        {{{}, u"bash"_s, kCall.input, {}}});
    const QByteArray whole =
        R"({"index":0,"id":"c1","function":{"name":"bash","arguments":"{\"command\":\"ls\"}"}})";
    const auto other = [&](const QByteArray &index) {
        return R"({"index":)" + index +
               R"(,"id":"c2","function":{"name":"bash","arguments":"{\"command\":\"ls\"}"}})";
    };
    add("openai: two calls", {callChunk(whole), callChunk(other("1"))}, {kCall, second});
    add("openai: two calls in one chunk, index null",
        {callChunk(other("null").replace("c2", "c1") + ',' + other("null"))}, {kCall, second});
    add("openai: two calls, both with index 0", {callChunk(whole), callChunk(other("0"))}, {kCall, second});
    add("openai: two calls, a gap between", {callChunk(whole), callChunk(other("5"))}, {kCall, second});
    add("openai: arguments that are no JSON",
        {callChunk(R"({"index":0,"id":"c1","function":{"name":"bash","arguments":"ls -l"}})")},
        {{u"c1"_s, u"bash"_s, "ls -l", {}}});
    add("openai: half a character in each piece",
        {callChunk(R"({"index":0,"id":"c1","function":{"name":"bash","arguments":"{\"command\":\"\ud83d"}})"),
            callChunk(R"({"index":0,"function":{"arguments":"\ude00\"}"}})")},
        {{u"c1"_s, u"bash"_s, R"({"command":"😀"})", {}}});
    rows += trait("openai: stop, though a call was made", Protocol::OpenAi, openAi({callChunk(whole), kDone}),
        {{}, {}, {kCall}, StopReason::ToolUse});
    rows += trait("openai: finish with the call", Protocol::OpenAi,
        openAi({chunk(R"({"tool_calls":[)" + whole + "]}", R"("tool_calls")")}),
        {{}, {}, {kCall}, StopReason::ToolUse});
    rows += trait("openai: no finish_reason after a call", Protocol::OpenAi, openAi({callChunk(whole)}),
        {{}, {}, {kCall}, StopReason::Other});
    rows += trait("openai: cut by its length in a call", Protocol::OpenAi,
        openAi({callChunk(first), callChunk(half), chunk("{}", R"("length")")}),
        {{}, {}, {{u"c1"_s, u"bash"_s, R"({"command":)", {}}}, StopReason::MaxTokens});
    rows += trait("openai: stop in half a call", Protocol::OpenAi,
        openAi({callChunk(first), callChunk(half), kDone}),
        {{}, {}, {{u"c1"_s, u"bash"_s, R"({"command":)", {}}}});
}

void addAnthropicRows(QVector<AnswerTrait> &rows)
{
    const auto add = [&rows](const char *name, const QByteArrayList &data, Expected expected) {
        expected.usage = kAnthropicUsage;
        rows += trait(name, Protocol::Anthropic, anthropic(data), expected);
    };
    const QByteArray call = R"({"type":"tool_use","id":"c1","name":"bash","input":{}})";
    const QByteArrayList pieces{R"({"type":"input_json_delta","partial_json":""})",
        R"({"type":"input_json_delta","partial_json":"{\"command\":"})",
        R"({"type":"input_json_delta","partial_json":"\"ls\"}"})"};
    add("anthropic: text and pings",
        {R"({"type":"ping"})", textBlock(0, "Hi"), R"({"type":"ping"})", ended("end_turn")}, {u"Hi"_s});
    add("anthropic: spaces before the end of the object",
        {textBlock(0, "Hi").replace("}}", "}     }"), ended("end_turn")}, {u"Hi"_s});
    add("anthropic: empty text block", {textBlock(0, ""), ended("refusal")},
        {{}, {}, {}, StopReason::Refusal});
    add("anthropic: stop sequence", {textBlock(0, "Hi"), ended("stop_sequence")},
        {u"Hi"_s, {}, {}, StopReason::StopSequence});
    add("anthropic: pause", {textBlock(0, "Hi"), ended("pause_turn")},
        {u"Hi"_s, {}, {}, StopReason::PauseTurn});
    add("anthropic: reason of a later version", {textBlock(0, "Hi"), ended("moon_phase")},
        {u"Hi"_s, {}, {}, StopReason::Other});
    add("anthropic: half a character in each delta",
        {block(0, R"({"type":"text","text":""})",
             {R"({"type":"text_delta","text":"\ud83d"})", R"({"type":"text_delta","text":"\ude00"})"}),
            ended("end_turn")},
        {u"😀"_s});
    add("anthropic: a call", {block(0, call, pieces), ended("tool_use")},
        {{}, {}, {kCall}, StopReason::ToolUse});
    add("anthropic: a call without parameters", {block(0, call, {}), ended("tool_use")},
        {{}, {}, {{u"c1"_s, u"bash"_s, "{}", {}}}, StopReason::ToolUse});
    add("anthropic: the input stands in the block's start",
        {block(0, R"({"type":"tool_use","id":"c1","name":"bash","input":{"command":"ls"}})", {}),
            ended("tool_use")},
        {{}, {}, {kCall}, StopReason::ToolUse});
    add("anthropic: a call with a caller",
        {block(0, R"({"type":"tool_use","id":"c1","name":"bash","input":{},"caller":{"type":"direct"}})",
             pieces),
            ended("tool_use")},
        {{}, {}, {kCall}, StopReason::ToolUse});
    add("anthropic: a block that never ends",
        {textBlock(0, "Hi"), block(1, call, pieces, false), ended("max_tokens")},
        {u"Hi"_s, {}, {}, StopReason::MaxTokens});
    QByteArray other = call;
    other.replace("c1", "c2");
    add("anthropic: blocks overlap, indexes jump",
        {block(4, call, {}, false), block(2, other, pieces),
            R"({"type":"content_block_delta","index":4,"delta":{"type":"input_json_delta","partial_json":"{}"}})",
            R"({"type":"content_block_stop","index":4})", ended("tool_use")},
        {{}, {}, {{u"c1"_s, u"bash"_s, "{}", {}}, {u"c2"_s, u"bash"_s, kCall.input, {}}},
            StopReason::ToolUse});
    add("anthropic: every block has the index 0",
        {textBlock(0, "Hi"), block(0, call, pieces), ended("tool_use")},
        {u"Hi"_s, {}, {kCall}, StopReason::ToolUse});
    add("anthropic: thinking",
        {block(0, R"({"type":"thinking","thinking":"h"})",
             {R"({"type":"thinking_delta","thinking":"m"})", R"({"type":"thinking_delta","thinking":""})",
                 R"({"type":"signature_delta","signature":"s"})"}),
            textBlock(1, "Hi"), ended("end_turn")},
        {u"Hi"_s, u"hm"_s});
    add("anthropic: citations",
        {block(0, R"({"type":"text","text":"","citations":[]})",
             {R"({"type":"citations_delta","citation":{"type":"page"}})",
                 R"({"type":"text_delta","text":"Hi"})"}),
            ended("end_turn")},
        {u"Hi"_s});
    add("anthropic: events and deltas of a later version",
        {R"({"type":"moon_rise"})",
            block(0, R"({"type":"text","text":""})",
                {R"({"type":"moon_delta","moon":1})", R"({"type":"text_delta","text":"Hi"})"}),
            ended("end_turn")},
        {u"Hi"_s});
    rows += trait("anthropic: the content stands in message_start, no message_delta", Protocol::Anthropic,
        events(
            {R"({"type":"message_start","message":{"content":[{"type":"tool_use","id":"c1","name":"bash","input":{"command":"ls"}}],"stop_reason":"tool_use","usage":{"input_tokens":0,"output_tokens":0}}})",
                R"({"type":"message_stop"})"}),
        {{}, {}, {kCall}, StopReason::ToolUse});
    rows += trait("anthropic: message_delta corrects the usage", Protocol::Anthropic,
        anthropic({textBlock(0, "Hi"),
            R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":8,"cache_read_input_tokens":null,"output_tokens":9}})"}),
        {u"Hi"_s, {}, {}, StopReason::EndTurn, {8, 9, 3, 2}});
}

} // namespace

QVector<AnswerTrait> answerTraits()
{
    QVector<AnswerTrait> all;
    addPlainOpenAiRows(all);
    addUsageRows(all);
    addReasoningRows(all);
    addCallRows(all);
    addAnthropicRows(all);
    return all;
}

} // namespace Meanwhile::Testing
