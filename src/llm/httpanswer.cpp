// SPDX-License-Identifier: MIT
#include "llm/httpanswer.h"

#include "wire/retrypolicy.h"

#include <QPointer>
#include <QTimer>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kSilenceLimit = 300s;
constexpr auto kLingerLimit = 2s;

} // namespace

HttpAnswer::HttpAnswer(Wire::HttpTransport &transport, Wire::HttpRequest request, AnswerReader reader,
    QObject *lingering, QObject *parent)
    : LlmStream(parent)
    , m_bytes(request.body.size())
    , m_reader(std::move(reader))
    , m_lingering(lingering)
{
    request.inactivityLimit = kSilenceLimit;
    m_http = transport.send(request, this);
    connect(m_http, &Wire::HttpStream::answered, this, [this](int status, const Wire::Headers &headers) {
        m_retryAfter = Wire::retryAfter(headers, QDateTime::currentDateTimeUtc());
        m_reader.begin(status, Wire::headerValue(headers, "content-type"));
    });
    connect(m_http, &Wire::HttpStream::silenceChanged, this, &LlmStream::silenceChanged);
    connect(m_http, &Wire::HttpStream::bodyReceived, this,
        [this](const QByteArray &bytes) { tell(m_reader.feed(bytes)); });
    connect(m_http, &Wire::HttpStream::ended, this,
        [this](const std::optional<Error> &cause) { tell(m_reader.finish(cause)); });
}

void HttpAnswer::tell(QVector<LlmEvent> events)
{
    const QPointer<HttpAnswer> self(this); // a receiver of the event may delete the answer
    for (LlmEvent &event : events) {
        if (!self)
            return;
        if (std::holds_alternative<Completed>(event))
            linger();
        else if (auto *failed = std::get_if<AnswerFailed>(&event))
            failed->error.retryAfter = m_retryAfter;
        emit happened(event);
    }
}

// Keeps the connection open until the last bytes of the complete answer are read, so that the next request
// can use it again.
void HttpAnswer::linger()
{
    m_http->disconnect(this);
    m_http->setParent(m_lingering);
    connect(m_http, &Wire::HttpStream::ended, m_http, &QObject::deleteLater);
    QTimer::singleShot(kLingerLimit, m_http, &QObject::deleteLater);
}

FailedAnswer::FailedAnswer(Error error, QObject *parent)
    : LlmStream(parent)
{
    QTimer::singleShot(0, this, [this, error = std::move(error)] { emit happened(AnswerFailed{error}); });
}

void putHeaders(Wire::Headers &headers, const Wire::Headers &extra)
{
    for (const auto &header : extra) {
        headers.removeIf(
            [&](const auto &own) { return own.first.compare(header.first, Qt::CaseInsensitive) == 0; });
        headers.append(header);
    }
}

} // namespace Meanwhile::Llm
