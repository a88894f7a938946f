// SPDX-License-Identifier: MIT
#include "llm/answerreader.h"

#include "llm/providererror.h"

#include <QJsonDocument>

namespace Meanwhile::Llm {

namespace {

constexpr qsizetype kMaxErrorBody = 64 * 1024;
constexpr qsizetype kMaxJsonBody = 16 * 1024 * 1024;
constexpr char kBom[] = "\xef\xbb\xbf";

bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

// What the connection's end cut in two is no event.
bool isWhole(const Wire::SseEvent &event)
{
    return event.data.startsWith("[DONE]") || !QJsonDocument::fromJson(event.data).isNull();
}

} // namespace

AnswerReader::AnswerReader(std::unique_ptr<AnswerParser> parser, QString model)
    : m_parser(std::move(parser))
    , m_model(std::move(model))
{
}

void AnswerReader::begin(int status, const QByteArray &contentType)
{
    m_status = status;
    m_saysEvents = contentType.contains("event-stream");
    if (!isSuccess(status))
        m_kind = Body::Other;
}

QVector<LlmEvent> AnswerReader::feed(const QByteArray &bytes)
{
    QVector<LlmEvent> out;
    if (hasEnded())
        return out;
    if (m_kind == Body::Events) {
        play(m_sse.feed(bytes), out);
        return out;
    }
    if (m_body.size() < (m_kind == Body::Json ? kMaxJsonBody : kMaxErrorBody))
        m_body += bytes;
    if (m_kind == Body::Unknown)
        decide();
    if (m_kind == Body::Events)
        play(m_sse.feed(std::exchange(m_body, {})), out);
    return out;
}

void AnswerReader::decide()
{
    QByteArrayView head = m_body;
    if (head.size() < 3 && QByteArrayView(kBom).startsWith(head))
        return;
    if (head.startsWith(kBom))
        head = head.sliced(3);
    head = head.trimmed();
    if (head.isEmpty())
        return;
    if (head.front() == '{' || head.front() == '[') {
        m_kind = Body::Json;
    } else if (head.front() == '<') {
        m_kind = Body::Other;
    } else if (m_saysEvents || head.front() == ':') {
        m_kind = Body::Events;
    } else {
        m_kind = Body::Other;
        for (const QByteArrayView field : {"data:", "event:", "id:", "retry:"}) {
            if (head.startsWith(field))
                m_kind = Body::Events;
            else if (m_kind == Body::Other && field.startsWith(head))
                m_kind = Body::Unknown;
        }
    }
}

QVector<LlmEvent> AnswerReader::finish(const std::optional<Error> &cause)
{
    QVector<LlmEvent> out;
    if (hasEnded())
        return out;
    if (m_status != 0 && !isSuccess(m_status)) {
        fail(errorForStatus(m_status, m_body, m_model), out);
        return out;
    }
    bool isCut = cause.has_value();
    if (m_kind == Body::Events) {
        const bool midLine = m_sse.isMidLine();
        QVector<Wire::SseEvent> last = m_sse.finish();
        if (midLine && (last.isEmpty() || !isWhole(last.last()))) {
            last.clear();
            isCut = true;
        }
        play(last, out);
    } else if (m_kind == Body::Json && !QJsonDocument::fromJson(m_body).isNull()) {
        play({{"message", m_body}}, out);
    }
    if (!hasEnded() && !isCut)
        m_parser->finish(out);
    if (!hasEnded())
        fail(incomplete(cause), out);
    return out;
}

Error AnswerReader::incomplete(const std::optional<Error> &cause) const
{
    if (cause)
        return *cause;
    if (m_kind == Body::Other)
        return noAnswer(m_body);
    if (m_kind == Body::Json && !QJsonDocument::fromJson(m_body).isNull())
        return noAnswer(m_body);
    return m_parser->hasStarted() || m_kind == Body::Json ? brokenAnswer() : emptyAnswer();
}

void AnswerReader::play(const QVector<Wire::SseEvent> &events, QVector<LlmEvent> &out)
{
    out.reserve(out.size() + events.size());
    for (const Wire::SseEvent &event : events)
        m_parser->take(event, out);
    if (m_sse.hasOverflowed() && !hasEnded())
        fail(tooLongAnswer(), out);
}

void AnswerReader::fail(Error error, QVector<LlmEvent> &out)
{
    m_failed = true;
    out.append(AnswerFailed{std::move(error)});
}

} // namespace Meanwhile::Llm
