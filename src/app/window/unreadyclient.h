// SPDX-License-Identifier: MIT
#pragma once

#include "llm/llmclient.h"

#include <memory>

namespace Meanwhile::App {

/// Stands for a provider's client while its key is read from the store or a model is looked for, so that
/// messages that come early are not sent without them.
///
/// Thread: GUI thread.
class UnreadyClient final : public Llm::LlmClient {
public:
    /// `unready` answers for provider, rules and models.
    explicit UnreadyClient(std::unique_ptr<Llm::LlmClient> unready);
    ~UnreadyClient() override;

    QString provider() const override { return m_unready->provider(); }
    Llm::RequestRules rules(const QString &model) const override { return m_unready->rules(model); }
    bool isReady() const override { return false; }
    /// Fails.
    Llm::LlmStream *send(const Llm::LlmRequest &request, QObject *parent) override;
    QFuture<Result<QVector<Llm::ModelInfo>>> listModels() override { return m_unready->listModels(); }

private:
    std::unique_ptr<Llm::LlmClient> m_unready;
};

} // namespace Meanwhile::App
