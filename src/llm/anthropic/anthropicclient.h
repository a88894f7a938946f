// SPDX-License-Identifier: MIT
#pragma once

#include "base/secret.h"
#include "llm/anthropic/anthropicencoder.h"
#include "llm/llmclient.h"
#include "wire/httptransport.h"

namespace Meanwhile::Llm {

struct AnthropicAccess {
    QUrl baseUrl;                    ///< empty: https://api.anthropic.com; "/v1" at its end is optional
    Secret key;                      ///< sent as x-api-key
    Secret authToken;                ///< sent as a bearer token where no key is given
    Wire::Headers extraHeaders = {}; ///< sent too, in place of our own of the same name
};

/// The Anthropic Messages API over any transport.
///
/// Without a key, an address other than Anthropic's own is still asked, since gateways may need none.
class AnthropicClient final : public LlmClient {
public:
    AnthropicClient(Wire::HttpTransport &transport, AnthropicAccess access);
    ~AnthropicClient() override;

    QString provider() const override;
    LlmStream *send(const LlmRequest &request, QObject *parent) override;
    QFuture<Result<QVector<ModelInfo>>> listModels() override;

private:
    Wire::HttpRequest request(const QString &path) const;
    /// Anthropic itself would refuse without asking anything else.
    bool lacksKey() const;

    Wire::HttpTransport &m_transport;
    AnthropicAccess m_access;
    AnthropicEncoder m_encoder;
    QObject m_lingering; // connections whose last bytes are read so that they can be used again
};

} // namespace Meanwhile::Llm
