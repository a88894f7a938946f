// SPDX-License-Identifier: MIT
#include "llm/httpanswer.h"

#include "llm/providererror.h"
#include "wire/retrypolicy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>
#include <QPromise>
#include <QTimer>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kSilenceLimit = 300s;
constexpr auto kLingerLimit = 2s;
constexpr auto kModelListLimit = 20s;
constexpr qsizetype kMaxModelList = 4 * 1024 * 1024;

// A list may hold hundreds of names, of models for other purposes too.
bool answersInWords(const QString &id)
{
    for (const auto part : {"embed"_L1, "whisper"_L1, "tts-"_L1, "dall-e"_L1, "moderation"_L1,
             "transcribe"_L1, "gpt-image"_L1, "realtime"_L1, "sora-"_L1, "rerank"_L1, "-ocr"_L1}) {
        if (id.contains(part, Qt::CaseInsensitive))
            return false;
    }
    return true;
}

QVector<ModelInfo> modelsFrom(const QByteArray &body)
{
    QVector<ModelInfo> models;
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const QJsonArray data =
        document.isArray() ? document.array() : document.object().value("data"_L1).toArray();
    for (const QJsonValue &value : data) {
        const QJsonObject object = value.toObject();
        const QString id = object.value("id"_L1).toString();
        const QString name = object.value("display_name"_L1).toString(object.value("name"_L1).toString(id));
        if (!id.isEmpty() && answersInWords(id))
            models.append({id, name});
    }
    return models;
}

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
    const QPointer<HttpAnswer> self(this); // whoever hears an event may drop the answer
    for (LlmEvent &event : events) {
        if (!self)
            return;
        if (std::holds_alternative<Completed>(event))
            linger();
        else if (auto *failed = std::get_if<Failed>(&event))
            failed->error.retryAfter = m_retryAfter;
        emit happened(event);
    }
}

// The answer is whole, its connection not yet: what is left to read would be cut off with this object, and
// the next request would have to connect anew.
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
    QTimer::singleShot(0, this, [this, error = std::move(error)] { emit happened(Failed{error}); });
}

void putHeaders(Wire::Headers &headers, const Wire::Headers &extra)
{
    for (const auto &header : extra) {
        headers.removeIf(
            [&](const auto &own) { return own.first.compare(header.first, Qt::CaseInsensitive) == 0; });
        headers.append(header);
    }
}

QFuture<Result<QVector<ModelInfo>>> requestModels(
    Wire::HttpTransport &transport, Wire::HttpRequest request, QObject *owner)
{
    struct Answer {
        QPromise<Result<QVector<ModelInfo>>> promise;
        int status = 0;
        QByteArray body;
    };
    auto answer = std::make_shared<Answer>();
    answer->promise.start();
    request.method = "GET";
    request.inactivityLimit = kModelListLimit;
    Wire::HttpStream *stream = transport.send(request, owner);
    QObject::connect(
        stream, &Wire::HttpStream::answered, stream, [answer](int status) { answer->status = status; });
    QObject::connect(stream, &Wire::HttpStream::bodyReceived, stream, [answer](const QByteArray &bytes) {
        if (answer->body.size() < kMaxModelList)
            answer->body += bytes;
    });
    QObject::connect(
        stream, &Wire::HttpStream::ended, stream, [stream, answer](const std::optional<Error> &cause) {
            const QVector<ModelInfo> models = modelsFrom(answer->body);
            if (answer->status != 0 && answer->status != 200)
                answer->promise.addResult(failure(errorForStatus(answer->status, answer->body, {})));
            else if (cause)
                answer->promise.addResult(failure(*cause));
            else if (models.isEmpty())
                answer->promise.addResult(failure(noModelList()));
            else
                answer->promise.addResult(models);
            answer->promise.finish();
            stream->deleteLater();
        });
    return answer->promise.future();
}

QFuture<Result<QVector<ModelInfo>>> failedModels(Error error)
{
    QPromise<Result<QVector<ModelInfo>>> promise;
    promise.start();
    promise.addResult(failure(std::move(error)));
    promise.finish();
    return promise.future();
}

} // namespace Meanwhile::Llm
