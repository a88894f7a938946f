// SPDX-License-Identifier: MIT
#include "llm/openai/openaiclient.h"

#include "llm/httpanswer.h"
#include "llm/modelquestion.h"
#include "llm/openai/openaiparser.h"
#include "llm/providererror.h"

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

namespace {

Error noKey()
{
    return missingKey(u"OpenAI"_s, u"OPENAI_API_KEY"_s);
}

} // namespace

OpenAiClient::OpenAiClient(Wire::HttpTransport &transport, OpenAiAccess access)
    : m_transport(transport)
    , m_address(std::move(access.baseUrl))
    , m_key(std::move(access.key))
    , m_extraHeaders(std::move(access.extraHeaders))
{
}

OpenAiClient::~OpenAiClient() = default;

QString OpenAiClient::provider() const
{
    return u"openai"_s;
}

RequestRules OpenAiClient::rules(const QString &model) const
{
    RequestRules rules{provider()};
    rules.thinkingIsSigned = false;
    rules.mayEndWithAnswer = false;
    rules.isFlat = true;
    rules.wordsMayFollowResults = m_address.dialect(model).takesUserAfterTool;
    // Mistral and the templates of its models ask for both.
    // https://docs.mistral.ai/capabilities/function_calling
    rules.callIdLength = rules.wordsMayFollowResults ? 0 : 9;
    return rules;
}

Wire::HttpRequest OpenAiClient::request(const QUrl &url) const
{
    Wire::HttpRequest http;
    http.url = url;
    http.headers = {{"content-type", "application/json"}};
    if (!m_key.isEmpty() && m_address.isAzure())
        http.headers.append({"api-key", m_key.toUtf8()});
    else if (!m_key.isEmpty())
        http.headers.append({"authorization", "Bearer " + m_key.toUtf8()});
    putHeaders(http.headers, m_extraHeaders);
    return http;
}

bool OpenAiClient::lacksKey() const
{
    return m_key.isEmpty() && m_address.isOpenAi();
}

LlmStream *OpenAiClient::send(const LlmRequest &request, QObject *parent)
{
    if (lacksKey())
        return new FailedAnswer(noKey(), parent);
    if (request.model.isEmpty())
        return new FailedAnswer(missingModel(), parent);
    Wire::HttpRequest http = this->request(m_address.completions(request.model));
    http.body = m_encoder.encode(request, m_address.dialect(request.model));
    return new HttpAnswer(m_transport, std::move(http),
        AnswerReader(std::make_unique<OpenAiParser>(), request.model), &m_lingering, parent);
}

QFuture<Result<QVector<ModelInfo>>> OpenAiClient::listModels()
{
    if (lacksKey())
        return failedModels(noKey());
    return requestModels(m_transport, request(m_address.models()), &m_lingering);
}

} // namespace Meanwhile::Llm
