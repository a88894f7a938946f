// SPDX-License-Identifier: MIT
#pragma once

#include "llm/llmclient.h"

#include <memory>

namespace Meanwhile::App {

/// Stands for a provider's client while its key is read from the store, so that words that come early do not
/// go out without a key.
///
/// Thread: GUI thread.
class ClientAwaitingKey final : public Llm::LlmClient {
public:
    /// `withoutKey` answers for provider, rules and models.
    explicit ClientAwaitingKey(std::unique_ptr<Llm::LlmClient> withoutKey);
    ~ClientAwaitingKey() override;

    QString provider() const override { return m_withoutKey->provider(); }
    Llm::RequestRules rules(const QString &model) const override { return m_withoutKey->rules(model); }
    bool isReady() const override { return false; }
    /// Fails.
    Llm::LlmStream *send(const Llm::LlmRequest &request, QObject *parent) override;
    QFuture<Result<QVector<Llm::ModelInfo>>> listModels() override { return m_withoutKey->listModels(); }

private:
    std::unique_ptr<Llm::LlmClient> m_withoutKey;
};

} // namespace Meanwhile::App
