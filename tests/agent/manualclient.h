// SPDX-License-Identifier: MIT
#pragma once

#include "llm/llmclient.h"

#include <QPointer>

namespace Meanwhile::Testing {

/// A model whose every word is spoken by the test, so that the moment between two of them is known.
class ManualClient final : public Llm::LlmClient {
public:
    QString provider() const override { return QStringLiteral("manual"); }
    bool isReady() const override { return ready; }
    Llm::LlmStream *send(const Llm::LlmRequest &request, QObject *parent) override
    {
        class Stream final : public Llm::LlmStream {
        public:
            using LlmStream::LlmStream;
            qint64 requestBytes() const override { return 0; }
        };
        requests.append(request);
        m_stream = new Stream(parent);
        return m_stream;
    }
    QFuture<Result<QVector<Llm::ModelInfo>>> listModels() override
    {
        return QtFuture::makeReadyFuture<Result<QVector<Llm::ModelInfo>>>(QVector<Llm::ModelInfo>());
    }

    void say(const Llm::LlmEvent &event) { emit m_stream->happened(event); }
    void beSilent(bool isSilent) { emit m_stream->silenceChanged(isSilent); }
    void answer(const QString &text)
    {
        Conversation::Message message;
        message.content = {Conversation::TextBlock{text}};
        message.stopReason = Conversation::StopReason::EndTurn;
        say(Llm::Completed{message});
    }
    /// Calls as {id, name, arguments JSON}.
    void call(const QVector<Conversation::ToolCallBlock> &calls)
    {
        Conversation::Message message;
        for (const Conversation::ToolCallBlock &one : calls)
            message.content.append(one);
        message.stopReason = Conversation::StopReason::ToolUse;
        say(Llm::Completed{message});
    }

    QVector<Llm::LlmRequest> requests;
    bool ready = true;

private:
    QPointer<Llm::LlmStream> m_stream;
};

} // namespace Meanwhile::Testing
