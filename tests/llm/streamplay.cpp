// SPDX-License-Identifier: MIT
#include "streamplay.h"

#include "llm/anthropic/anthropicparser.h"
#include "llm/openai/openaiparser.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;
using namespace Llm;

namespace {

void note(Played &played, const LlmEvent &event)
{
    if (const auto *text = std::get_if<TextDelta>(&event)) {
        played.text += text->text;
    } else if (const auto *thinking = std::get_if<ThinkingDelta>(&event)) {
        played.thinking += thinking->text;
    } else if (const auto *call = std::get_if<ToolCallBeingWritten>(&event)) {
        played.announcedCalls += call->name;
    } else if (const auto *completed = std::get_if<Completed>(&event)) {
        played.message = completed->message;
        ++played.ends;
    } else if (const auto *failed = std::get_if<AnswerFailed>(&event)) {
        played.error = failed->error;
        ++played.ends;
    }
}

bool endsTheAnswer(Protocol protocol, const QByteArray &data)
{
    if (data.startsWith("[DONE]"))
        return protocol == Protocol::OpenAi;
    const QJsonObject object = QJsonDocument::fromJson(data).object();
    if (protocol == Protocol::Anthropic)
        return object.value("type"_L1).toString() == "message_stop"_L1;
    const QJsonArray choices = object.value("choices"_L1).toArray();
    for (const QJsonValue &choice : choices) {
        if (choice.toObject().value("index"_L1).toInt() == 0 &&
            choice.toObject().value("finish_reason"_L1).isString())
            return true;
    }
    return false;
}

} // namespace

Played play(Protocol protocol, const Reply &reply)
{
    std::unique_ptr<AnswerParser> parser;
    if (protocol == Protocol::Anthropic)
        parser = std::make_unique<AnthropicParser>();
    else
        parser = std::make_unique<OpenAiParser>();
    AnswerReader reader(std::move(parser), u"m"_s);
    reader.begin(reply.status, reply.contentType);
    Played played;
    for (const QByteArray &piece : reply.pieces) {
        for (const LlmEvent &event : reader.feed(piece))
            note(played, event);
    }
    for (const LlmEvent &event : reader.finish(reply.cause))
        note(played, event);
    return played;
}

QList<QPair<QByteArray, QByteArray>> disguises(const QByteArray &body)
{
    const auto with = [&](const QByteArray &from, const QByteArray &to) {
        QByteArray copy = body;
        return copy.replace(from, to);
    };
    QByteArray plain = body;
    plain.replace("\r\n", "\n");
    while (plain.endsWith('\n'))
        plain.chop(1);
    return {
        {"CR LF", with("\n", "\r\n")},
        {"CR", with("\n", "\r")},
        {"BOM", "\xef\xbb\xbf" + body},
        {"comments", ": hello\n\n" + with("\n\n", "\n\n: still here\n\n")},
        {"pings", with("\n\n", "\n\nevent: ping\ndata: {\"type\": \"ping\"}\n\n")},
        {"last blank line missing", plain + '\n'},
        {"last line end missing", plain},
    };
}

qsizetype firstEnd(Protocol protocol, const QByteArray &body)
{
    Wire::SseParser sse;
    qsizetype lastDataEnd = 0;
    for (qsizetype start = 0, end = 0; start < body.size(); start = end + 1) {
        end = body.indexOf('\n', start);
        if (end < 0)
            end = body.size();
        QVector<Wire::SseEvent> events = sse.feed(body.sliced(start, qMin(end + 1, body.size()) - start));
        if (body.sliced(start).startsWith("data"))
            lastDataEnd = end;
        if (end + 1 >= body.size())
            events += sse.finish();
        for (const Wire::SseEvent &event : std::as_const(events)) {
            if (endsTheAnswer(protocol, event.data))
                return lastDataEnd - (body.at(lastDataEnd - 1) == '\r' ? 1 : 0);
        }
    }
    return -1;
}

} // namespace Meanwhile::Testing
