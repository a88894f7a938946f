// SPDX-License-Identifier: MIT
#include "llm/anthropic/anthropicclient.h"

#include "llm/anthropic/anthropicparser.h"
#include "llm/providererror.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPromise>
#include <QTimer>

#include <optional>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kSilenceLimit = 300s;
constexpr auto kLingerLimit = 2s;
constexpr qsizetype kMaxErrorBody = 64 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Llm", text);
}

Error noKeyError()
{
    return {ErrorKind::Authentication,
        tr("There is no key for Anthropic yet. Add one in Settings, or set ANTHROPIC_API_KEY before the "
           "start."),
        {}};
}

// An answer that never was sent, for errors known before the network is.
class FailedStream final : public LlmStream {
public:
    FailedStream(Error error, QObject *parent)
        : LlmStream(parent)
    {
        QTimer::singleShot(0, this, [this, error = std::move(error)] { emit happened(Failed{error}); });
    }
    qint64 requestBytes() const override { return 0; }
};

class AnthropicStream final : public LlmStream {
public:
    AnthropicStream(Wire::HttpStream *http, qint64 bytes, QString model, QObject *lingering, QObject *parent)
        : LlmStream(parent)
        , m_http(http)
        , m_bytes(bytes)
        , m_model(std::move(model))
        , m_lingering(lingering)
    {
        m_http->setParent(this);
        connect(m_http, &Wire::HttpStream::answered, this, [this](int status, const Wire::Headers &headers) {
            m_status = status;
            m_isEventStream = Wire::headerValue(headers, "content-type").contains("event-stream");
        });
        connect(m_http, &Wire::HttpStream::bodyReceived, this, &AnthropicStream::take);
        connect(m_http, &Wire::HttpStream::ended, this, &AnthropicStream::finish);
    }

    qint64 requestBytes() const override { return m_bytes; }

private:
    void take(const QByteArray &bytes)
    {
        if (m_status == 200 && m_isEventStream)
            play(m_sse.feed(bytes));
        else if (m_body.size() < kMaxErrorBody)
            m_body += bytes;
    }

    void play(const QVector<Wire::SseEvent> &events)
    {
        for (const Wire::SseEvent &event : events) {
            const QVector<LlmEvent> parsed = m_parser.take(event);
            for (const LlmEvent &one : parsed) {
                if (std::holds_alternative<Completed>(one))
                    linger();
                if (m_parser.hasEnded())
                    m_done = true;
                emit happened(one);
            }
        }
        if (!m_done && m_sse.hasOverflowed())
            fail({ErrorKind::Protocol,
                tr("The provider sent an answer that is too large to read. Try again."), {}});
    }

    void finish(const std::optional<Error> &cause)
    {
        if (m_status == 200 && m_isEventStream)
            play(m_sse.finish());
        if (m_done)
            return;
        if (m_status != 0 && m_status != 200) {
            fail(errorForStatus(m_status, m_body, m_model));
        } else if (cause) {
            fail(*cause);
        } else if (!m_isEventStream) {
            fail({ErrorKind::Protocol,
                tr("The address answered with something that is not a model's answer, perhaps a web page. "
                   "Check the address in "
                   "Settings."),
                QString::fromUtf8(m_body.first(qMin<qsizetype>(m_body.size(), 500)))});
        } else {
            fail({ErrorKind::Network, tr("The answer broke off before its end. Try again."), {}});
        }
    }

    void fail(Error error)
    {
        if (!std::exchange(m_done, true))
            emit happened(Failed{std::move(error)});
    }

    // The answer is whole, its connection not yet: what is left to read would be cut off with this object,
    // and the next request would have to connect anew.
    void linger()
    {
        m_http->disconnect(this);
        m_http->setParent(m_lingering);
        QObject::connect(m_http, &Wire::HttpStream::ended, m_http, &QObject::deleteLater);
        QTimer::singleShot(kLingerLimit, m_http, &QObject::deleteLater);
    }

    Wire::HttpStream *m_http;
    qint64 m_bytes;
    QString m_model;
    QObject *m_lingering;
    Wire::SseParser m_sse;
    AnthropicParser m_parser;
    QByteArray m_body;
    int m_status = 0;
    bool m_isEventStream = false;
    bool m_done = false;
};

QVector<ModelInfo> modelsFrom(const QByteArray &body)
{
    QVector<ModelInfo> models;
    const QJsonArray data = QJsonDocument::fromJson(body).object().value(u"data"_s).toArray();
    for (const QJsonValue &value : data) {
        const QJsonObject object = value.toObject();
        const QString id = object.value(u"id"_s).toString();
        if (!id.isEmpty())
            models.append({id, object.value(u"display_name"_s).toString(id)});
    }
    return models;
}

} // namespace

AnthropicClient::AnthropicClient(Wire::HttpTransport &transport, AnthropicAccess access)
    : m_transport(transport)
    , m_access(std::move(access))
{
    if (m_access.baseUrl.isEmpty())
        m_access.baseUrl = QUrl(u"https://api.anthropic.com"_s);
}

AnthropicClient::~AnthropicClient() = default;

QString AnthropicClient::provider() const
{
    return u"anthropic"_s;
}

QUrl AnthropicClient::endpoint(const QString &path) const
{
    QUrl url = m_access.baseUrl;
    QString base = url.path();
    while (base.endsWith(u'/'))
        base.chop(1);
    if (!base.endsWith(u"/v1"_s))
        base += u"/v1"_s;
    url.setPath(base + path);
    return url;
}

Wire::Headers AnthropicClient::headers() const
{
    // https://docs.anthropic.com/en/api/versioning
    Wire::Headers headers{{"content-type", "application/json"}, {"anthropic-version", "2023-06-01"}};
    if (!m_access.key.isEmpty())
        headers.append({"x-api-key", m_access.key.toUtf8()});
    else if (!m_access.authToken.isEmpty())
        headers.append({"authorization", "Bearer " + m_access.authToken.toUtf8()});
    return headers;
}

bool AnthropicClient::lacksKey() const
{
    const bool hasKey = !m_access.key.isEmpty() || !m_access.authToken.isEmpty();
    return !hasKey && m_access.baseUrl.host() == u"api.anthropic.com"_s;
}

LlmStream *AnthropicClient::send(const LlmRequest &request, QObject *parent)
{
    if (lacksKey())
        return new FailedStream(noKeyError(), parent);
    Wire::HttpRequest http;
    http.url = endpoint(u"/messages"_s);
    http.headers = headers();
    http.body = m_encoder.encode(request);
    http.inactivityLimit = kSilenceLimit;
    Wire::HttpStream *stream = m_transport.send(http, nullptr);
    return new AnthropicStream(stream, http.body.size(), request.model, &m_lingering, parent);
}

QFuture<Result<QVector<ModelInfo>>> AnthropicClient::listModels()
{
    auto promise = std::make_shared<QPromise<Result<QVector<ModelInfo>>>>();
    promise->start();
    QFuture<Result<QVector<ModelInfo>>> future = promise->future();
    if (lacksKey()) {
        promise->addResult(failure(noKeyError()));
        promise->finish();
        return future;
    }
    Wire::HttpRequest http;
    http.method = "GET";
    http.url = endpoint(u"/models"_s);
    http.url.setQuery(u"limit=100"_s);
    http.headers = headers();
    http.inactivityLimit = 20s;
    Wire::HttpStream *stream = m_transport.send(http, &m_lingering);
    struct Answer {
        int status = 0;
        QByteArray body;
    };
    auto answer = std::make_shared<Answer>();
    QObject::connect(
        stream, &Wire::HttpStream::answered, stream, [answer](int status) { answer->status = status; });
    QObject::connect(stream, &Wire::HttpStream::bodyReceived, stream, [answer](const QByteArray &bytes) {
        if (answer->body.size() < 4 * 1024 * 1024)
            answer->body += bytes;
    });
    QObject::connect(stream, &Wire::HttpStream::ended, stream,
        [stream, answer, promise](const std::optional<Error> &cause) {
            const QVector<ModelInfo> models = modelsFrom(answer->body);
            if (answer->status != 0 && answer->status != 200)
                promise->addResult(failure(errorForStatus(answer->status, answer->body, QString())));
            else if (cause)
                promise->addResult(failure(*cause));
            else if (models.isEmpty())
                promise->addResult(failure(ErrorKind::Protocol,
                    tr("The address did not answer with a list of models. Check the address in Settings.")));
            else
                promise->addResult(models);
            promise->finish();
            stream->deleteLater();
        });
    return future;
}

} // namespace Meanwhile::Llm
