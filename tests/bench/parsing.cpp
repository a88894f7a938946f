// SPDX-License-Identifier: MIT
#include "bench/figures.h"
#include "llm/answerreader.h"
#include "llm/anthropic/anthropicparser.h"
#include "llm/openai/openaiparser.h"

#include <QJsonDocument>

#include <ctime>
#include <malloc.h>

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kEvents = 20'000;
constexpr int kRounds = 15;
constexpr qsizetype kNetworkPiece = 16 * 1024;
constexpr qsizetype kSmallPiece = 70;

template <typename Parser>
std::unique_ptr<Llm::AnswerParser> make()
{
    return std::make_unique<Parser>();
}
using MakeParser = std::unique_ptr<Llm::AnswerParser> (*)();

QByteArrayList anthropicEvents()
{
    QByteArrayList data{R"({"type":"message_start","message":{"content":[],"usage":{"input_tokens":9}}})",
        R"({"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}})"};
    for (int i = 0; i < kEvents; ++i)
        data += R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" word )" +
                QByteArray::number(i) + R"("}})";
    return data
           << R"({"type":"content_block_stop","index":0})"
           << R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}})"
           << R"({"type":"message_stop"})";
}

QByteArrayList openAiEvents()
{
    QByteArrayList data;
    for (int i = 0; i < kEvents; ++i)
        data += R"({"id":"chatcmpl-0123456789abcdef","object":"chat.completion.chunk","created":1700000000,)"
                R"("model":"some-model","choices":[{"index":0,"delta":{"content":" word )" +
                QByteArray::number(i) + R"("},"finish_reason":null}],"usage":null})";
    return data << R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})"
                << "[DONE]";
}

// Of the processor: what else runs on the machine does not count.
class Stopwatch {
public:
    double milliseconds() const { return 1e3 * double(std::clock() - m_start) / CLOCKS_PER_SEC; }

private:
    std::clock_t m_start = std::clock();
};

// The time until the answer is whole; empty when it never was.
std::optional<double> parse(const QByteArray &body, MakeParser makeParser, qsizetype piece)
{
    const Stopwatch timer;
    Llm::AnswerReader reader(makeParser(), u"m"_s);
    reader.begin(200, "text/event-stream");
    bool isWhole = false;
    for (qsizetype at = 0; at < body.size(); at += piece) {
        const QVector<Llm::LlmEvent> events = reader.feed(body.sliced(at, qMin(piece, body.size() - at)));
        isWhole = isWhole || (!events.isEmpty() && std::holds_alternative<Llm::Completed>(events.last()));
    }
    return isWhole ? std::optional(timer.milliseconds()) : std::nullopt;
}

double parseJsonAlone(const QByteArrayList &data)
{
    const Stopwatch timer;
    qsizetype objects = 0;
    for (const QByteArray &one : data)
        objects += QJsonDocument::fromJson(one).isObject() ? 1 : 0;
    return objects > 0 ? timer.milliseconds() : 0;
}

// The best of some rounds: a busy machine takes away from the caches too.
void keepBest(std::optional<double> &best, std::optional<double> value)
{
    if (value)
        best = qMin(best.value_or(*value), *value);
}

Figure measureEvents(const QString &what, const QByteArrayList &data, MakeParser makeParser)
{
    QByteArray body;
    for (const QByteArray &one : data)
        body += "event: some_event\ndata: " + one + "\n\n";
    Figure figure{what, u"ms"_s, {}, {}, 2.0, {}, {}};
    for (int round = 0; round < kRounds; ++round) {
        keepBest(figure.floor, parseJsonAlone(data));
        keepBest(figure.value, parse(body, makeParser, kNetworkPiece));
    }
    return figure;
}

// A call whose arguments come in one event of this size.
QByteArray oneEvent(qsizetype megabytes)
{
    QByteArray text;
    while (text.size() < megabytes * 1024 * 1024)
        text += "a line of some file, with a tab\\\\t and 한글\\\\n";
    return R"(data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","function":)"
           R"({"name":"write_file","arguments":"{\"content\":\")" +
           text + R"(\"}"}}]},"finish_reason":"tool_calls"}]})" + "\n\ndata: [DONE]\n\n";
}

// glibc gives freed memory back above a limit that depends on the largest block so far, and a large event
// then pays again for every page that a small one has at hand. Kept for both, what differs is ours.
void keepFreedMemory()
{
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 1'000'000'000);
    mallopt(M_MMAP_THRESHOLD, 32 * 1024 * 1024);
#endif
}

Figure measureOneEvent()
{
    const QByteArray small = oneEvent(1);
    const QByteArray large = oneEvent(5);
    Figure figure{u"5 MB in one event, 70 bytes a time; floor: 1 MB"_s, u"ms"_s, {}, {}, 6.0, {}, {}};
    for (int round = 0; round < kRounds; ++round) {
        keepBest(figure.floor, parse(small, make<Llm::OpenAiParser>, kSmallPiece));
        keepBest(figure.value, parse(large, make<Llm::OpenAiParser>, kSmallPiece));
    }
    return figure;
}

} // namespace

QVector<Figure> measureParsing(const Places &)
{
    keepFreedMemory();
    return {
        measureEvents(u"20,000 events, Anthropic; floor: their JSON alone"_s, anthropicEvents(),
            make<Llm::AnthropicParser>),
        measureEvents(
            u"20,000 events, OpenAI; floor: their JSON alone"_s, openAiEvents(), make<Llm::OpenAiParser>),
        measureOneEvent(),
    };
}

} // namespace Meanwhile::Bench
