// SPDX-License-Identifier: MIT
#include "llm/modelquestion.h"

#include "llm/baseurl.h"
#include "llm/modellist.h"
#include "llm/providererror.h"

#include <QPromise>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kListLimit = 20s;
constexpr auto kWindowsLimit = 2s;
constexpr qsizetype kMaxBody = 4 * 1024 * 1024;

/// Asks once, or twice where the list tells no windows. Deletes itself at the end.
class ModelQuestion final : public QObject {
public:
    ModelQuestion(Wire::HttpTransport &transport, Wire::HttpRequest request, QObject *owner)
        : QObject(owner)
        , m_transport(transport)
        , m_request(std::move(request))
    {
        m_promise.start();
        m_request.method = "GET";
        m_request.inactivityLimit = kListLimit;
        ask();
    }

    QFuture<Result<QVector<ModelInfo>>> future() { return m_promise.future(); }

private:
    void ask()
    {
        m_status = 0;
        m_body.clear();
        Wire::HttpStream *stream = m_transport.send(m_request, this);
        connect(stream, &Wire::HttpStream::answered, this, [this](int status) { m_status = status; });
        connect(stream, &Wire::HttpStream::bodyReceived, this, [this](const QByteArray &bytes) {
            if (m_body.size() < kMaxBody)
                m_body += bytes;
        });
        connect(stream, &Wire::HttpStream::ended, this, [this, stream](const std::optional<Error> &cause) {
            stream->deleteLater();
            m_models.isEmpty() ? takeList(cause) : takeWindows();
        });
    }

    void takeList(const std::optional<Error> &cause)
    {
        if (m_status != 0 && m_status != 200)
            return finish(failure(errorForStatus(m_status, m_body, {})));
        if (cause)
            return finish(failure(*cause));
        m_models = modelsFrom(m_body);
        if (m_models.isEmpty())
            return finish(failure(noModelList()));
        const QString path = pathOfWindows(m_body);
        if (path.isEmpty())
            return finish(m_models);
        QUrl root = trimmedBase(trimmedBase(m_request.url, u"/models"_s), u"/v1"_s);
        root.setQuery(QString());
        m_request.url = below(root, path);
        m_request.inactivityLimit = kWindowsLimit;
        ask();
    }

    void takeWindows()
    {
        if (m_status == 200)
            addWindows(m_models, m_body);
        finish(m_models);
    }

    // Whoever hears the end may delete the owner, and this with it: nothing is touched after it.
    void finish(const Result<QVector<ModelInfo>> &models)
    {
        deleteLater();
        QPromise<Result<QVector<ModelInfo>>> promise = std::move(m_promise);
        promise.addResult(models);
        promise.finish();
    }

    Wire::HttpTransport &m_transport;
    Wire::HttpRequest m_request;
    QPromise<Result<QVector<ModelInfo>>> m_promise;
    QVector<ModelInfo> m_models; // of the list, while the windows are asked for
    int m_status = 0;
    QByteArray m_body;
};

} // namespace

QFuture<Result<QVector<ModelInfo>>> requestModels(
    Wire::HttpTransport &transport, Wire::HttpRequest request, QObject *owner)
{
    return (new ModelQuestion(transport, std::move(request), owner))->future();
}

QFuture<Result<QVector<ModelInfo>>> failedModels(Error error)
{
    return QtFuture::makeReadyFuture<Result<QVector<ModelInfo>>>(failure(std::move(error)));
}

} // namespace Meanwhile::Llm
