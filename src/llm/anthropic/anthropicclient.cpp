// SPDX-License-Identifier: MIT
#include "llm/anthropic/anthropicclient.h"

#include "llm/anthropic/anthropicparser.h"
#include "llm/baseurl.h"
#include "llm/httpanswer.h"
#include "llm/modelquestion.h"
#include "llm/providererror.h"

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

namespace {

Error noKey()
{
    return missingKey(u"Anthropic"_s, u"ANTHROPIC_API_KEY"_s);
}

} // namespace

AnthropicClient::AnthropicClient(Wire::HttpTransport &transport, AnthropicAccess access)
    : m_transport(transport)
    , m_access(std::move(access))
{
    QUrl &base = m_access.baseUrl;
    if (base.isEmpty())
        base = QUrl(u"https://api.anthropic.com"_s);
    base = trimmedBase(base, u"/messages"_s);
    if (!base.path().endsWith(u"/v1"_s))
        base = below(base, u"/v1"_s);
}

AnthropicClient::~AnthropicClient() = default;

QString AnthropicClient::provider() const
{
    return u"anthropic"_s;
}

Wire::HttpRequest AnthropicClient::request(const QString &path) const
{
    Wire::HttpRequest http;
    http.url = below(m_access.baseUrl, path);
    // https://docs.anthropic.com/en/api/versioning
    http.headers = {{"content-type", "application/json"}, {"anthropic-version", "2023-06-01"}};
    if (!m_access.key.isEmpty())
        http.headers.append({"x-api-key", m_access.key.toUtf8()});
    else if (!m_access.authToken.isEmpty())
        http.headers.append({"authorization", "Bearer " + m_access.authToken.toUtf8()});
    putHeaders(http.headers, m_access.extraHeaders);
    return http;
}

bool AnthropicClient::lacksKey() const
{
    const bool hasKey = !m_access.key.isEmpty() || !m_access.authToken.isEmpty();
    return !hasKey && m_access.baseUrl.host() == u"api.anthropic.com"_s;
}

LlmStream *AnthropicClient::send(const LlmRequest &request, QObject *parent)
{
    if (lacksKey())
        return new FailedAnswer(noKey(), parent);
    if (request.model.isEmpty())
        return new FailedAnswer(missingModel(), parent);
    Wire::HttpRequest http = this->request(u"/messages"_s);
    http.body = m_encoder.encode(request);
    return new HttpAnswer(m_transport, std::move(http),
        AnswerReader(std::make_unique<AnthropicParser>(), request.model), &m_lingering, parent);
}

QFuture<Result<QVector<ModelInfo>>> AnthropicClient::listModels()
{
    if (lacksKey())
        return failedModels(noKey());
    Wire::HttpRequest http = request(u"/models"_s);
    http.url.setQuery(u"limit=100"_s);
    return requestModels(m_transport, std::move(http), &m_lingering);
}

} // namespace Meanwhile::Llm
