// SPDX-License-Identifier: MIT
#pragma once

#include "llm/llmclient.h"

#include <chrono>

namespace Meanwhile::Llm {

/// The offline demo: demoAnswer() behind the same port as any provider. Nothing leaves the machine.
class DemoClient final : public LlmClient {
public:
    /// `perWord`: the pace of its speech; zero answers at once.
    explicit DemoClient(std::chrono::milliseconds perWord);

    QString provider() const override;
    LlmStream *send(const LlmRequest &request, QObject *parent) override;
    QFuture<Result<QVector<ModelInfo>>> listModels() override;

private:
    std::chrono::milliseconds m_perWord;
};

} // namespace Meanwhile::Llm
