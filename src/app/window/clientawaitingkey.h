// SPDX-License-Identifier: MIT
#pragma once

#include "llm/llmclient.h"

#include <QPointer>

#include <memory>
#include <vector>

namespace Meanwhile::App {

/// Stands for a provider's client while its key is read from the store: what is sent waits for that, so that
/// words that come early do not go out without a key.
///
/// Thread: GUI thread.
class ClientAwaitingKey final : public Llm::LlmClient {
public:
    /// `withoutKey` answers for provider and rules, and sends if no key is found.
    explicit ClientAwaitingKey(std::unique_ptr<Llm::LlmClient> withoutKey);
    ~ClientAwaitingKey() override;

    /// Sends by this one from now on, also what waits. It must outlive this.
    void sendBy(Llm::LlmClient &client);
    void sendWithoutKey() { sendBy(*m_withoutKey); }

    QString provider() const override { return m_withoutKey->provider(); }
    Llm::RequestRules rules(const QString &model) const override { return m_withoutKey->rules(model); }
    /// Its requestBytes() are 0 while it waits.
    Llm::LlmStream *send(const Llm::LlmRequest &request, QObject *parent) override;
    QFuture<Result<QVector<Llm::ModelInfo>>> listModels() override;

private:
    class WaitingStream;

    std::unique_ptr<Llm::LlmClient> m_withoutKey;
    Llm::LlmClient *m_client = nullptr;
    std::vector<QPointer<WaitingStream>> m_waiting;
};

} // namespace Meanwhile::App
