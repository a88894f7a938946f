// SPDX-License-Identifier: MIT
#pragma once

#include "base/secret.h"
#include "llm/llmclient.h"
#include "llm/openai/openaiencoder.h"
#include "wire/httptransport.h"

namespace Meanwhile::Llm {

struct OpenAiAccess {
    QUrl baseUrl;                    ///< empty: https://api.openai.com; see OpenAiAddress
    Secret key;                      ///< sent as a bearer token, to Azure as api-key
    Wire::Headers extraHeaders = {}; ///< sent too, in place of our own of the same name
};

/// OpenAI's Chat Completions over any transport: OpenAI itself and the servers that speak its protocol, from
/// OpenRouter to Ollama, llama.cpp, vLLM and LM Studio.
///
/// Without a key, an address other than OpenAI's own is still asked, since local servers need none.
class OpenAiClient final : public LlmClient {
public:
    OpenAiClient(Wire::HttpTransport &transport, OpenAiAccess access);
    ~OpenAiClient() override;

    QString provider() const override;
    RequestRules rules(const QString &model) const override;
    LlmStream *send(const LlmRequest &request, QObject *parent) override;
    QFuture<Result<QVector<ModelInfo>>> listModels() override;

private:
    Wire::HttpRequest request(const QUrl &url) const;
    /// OpenAI itself would refuse without asking anything else.
    bool lacksKey() const;

    Wire::HttpTransport &m_transport;
    OpenAiAddress m_address;
    Secret m_key;
    Wire::Headers m_extraHeaders;
    OpenAiEncoder m_encoder;
    QObject m_lingering; // connections whose last bytes are read so that they can be used again
};

} // namespace Meanwhile::Llm
