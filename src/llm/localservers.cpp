// SPDX-License-Identifier: MIT
#include "llm/localservers.h"

#include "llm/baseurl.h"
#include "wire/httptransport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPromise>
#include <QTimer>

#include <algorithm>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxBody = 256 * 1024;

class Search final : public QObject {
public:
    Search(Wire::HttpTransport &transport, const QVector<LocalServers::Probe> &probes,
        std::chrono::milliseconds limit, QObject *parent)
        : QObject(parent)
        , m_probes(probes)
        , m_bodies(probes.size())
        , m_found(probes.size(), false)
        , m_ended(probes.size(), false)
    {
        m_promise.start();
        for (qsizetype i = 0; i < m_probes.size(); ++i) {
            if (isLoopback(m_probes.at(i).question))
                ask(transport, i, limit);
        }
        QTimer::singleShot(m_open > 0 ? limit : std::chrono::milliseconds(0), this, &Search::finish);
    }

    QFuture<QVector<LocalServer>> future() { return m_promise.future(); }

private:
    void ask(Wire::HttpTransport &transport, qsizetype i, std::chrono::milliseconds limit)
    {
        ++m_open;
        Wire::HttpRequest request;
        request.method = "GET";
        request.url = m_probes.at(i).question;
        request.inactivityLimit = limit;
        Wire::HttpStream *stream = transport.send(request, this);
        connect(
            stream, &Wire::HttpStream::answered, this, [this, i](int status) { m_found[i] = status == 200; });
        connect(stream, &Wire::HttpStream::bodyReceived, this, [this, i](const QByteArray &bytes) {
            if (m_bodies.at(i).size() < kMaxBody)
                m_bodies[i] += bytes;
        });
        connect(stream, &Wire::HttpStream::ended, this, [this, i](const std::optional<Error> &cause) {
            m_found[i] = m_found.at(i) && !cause && m_probes.at(i).recognises(m_bodies.at(i));
            m_ended[i] = true;
            settle();
        });
    }

    void settle()
    {
        if (--m_open == 0)
            finish();
    }

    void finish()
    {
        if (std::exchange(m_finished, true))
            return;
        QVector<LocalServer> servers;
        for (qsizetype i = 0; i < m_probes.size(); ++i) {
            if (m_found.at(i) && m_ended.at(i))
                servers.append(m_probes.at(i).server);
        }
        m_promise.addResult(servers);
        m_promise.finish();
        deleteLater(); // and with it what has not answered
    }

    QPromise<QVector<LocalServer>> m_promise;
    QVector<LocalServers::Probe> m_probes;
    QVector<QByteArray> m_bodies;
    QVector<bool> m_found; ///< so far; true at the end only with m_ended
    QVector<bool> m_ended;
    int m_open = 0;
    bool m_finished = false;
};

// The list of models says who serves them: llama.cpp (tools/server), vLLM (entrypoints/openai).
bool isServedBy(const QByteArray &body, const QString &owner)
{
    const QJsonArray models = QJsonDocument::fromJson(body).object().value(u"data"_s).toArray();
    return std::any_of(models.begin(), models.end(),
        [&](const QJsonValue &model) { return model.toObject().value(u"owned_by"_s).toString() == owner; });
}

bool isOllama(const QByteArray &body)
{
    return body.trimmed() == "Ollama is running";
}

bool isLlamaCpp(const QByteArray &body)
{
    return isServedBy(body, u"llamacpp"_s);
}

bool isVllm(const QByteArray &body)
{
    return isServedBy(body, u"vllm"_s);
}

// https://lmstudio.ai/docs/developer/rest/endpoints: only its own API tells how a model is packed.
bool isLmStudio(const QByteArray &body)
{
    const QJsonArray models = QJsonDocument::fromJson(body).object().value(u"data"_s).toArray();
    return std::any_of(models.begin(), models.end(),
        [](const QJsonValue &model) { return model.toObject().contains(u"compatibility_type"_s); });
}

} // namespace

LocalServers::LocalServers(
    Wire::HttpTransport &transport, QVector<Probe> probes, std::chrono::milliseconds limit)
    : m_transport(transport)
    , m_probes(std::move(probes))
    , m_limit(limit)
{
}

QFuture<QVector<LocalServer>> LocalServers::find()
{
    return (new Search(m_transport, m_probes, m_limit, &m_context))->future();
}

QVector<LocalServers::Probe> LocalServers::usual()
{
    const auto probe = [](const QString &name, int port, const QString &path,
                           bool (*recognises)(const QByteArray &)) {
        const QString host = u"http://127.0.0.1:%1"_s.arg(port);
        return Probe{{name, host + u"/v1"_s}, QUrl(host + path), recognises};
    };
    return {probe(u"Ollama"_s, 11434, u"/"_s, isOllama),
        probe(u"llama.cpp"_s, 8080, u"/v1/models"_s, isLlamaCpp),
        probe(u"vLLM"_s, 8000, u"/v1/models"_s, isVllm),
        probe(u"LM Studio"_s, 1234, u"/api/v0/models"_s, isLmStudio)};
}

} // namespace Meanwhile::Llm
