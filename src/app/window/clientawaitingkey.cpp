// SPDX-License-Identifier: MIT
#include "app/window/clientawaitingkey.h"

#include <utility>

namespace Meanwhile::App {

class ClientAwaitingKey::WaitingStream final : public Llm::LlmStream {
public:
    WaitingStream(Llm::LlmRequest request, QObject *parent)
        : LlmStream(parent)
        , m_request(std::move(request))
    {
    }

    qint64 requestBytes() const override { return m_sent ? m_sent->requestBytes() : 0; }

    void sendBy(Llm::LlmClient &client)
    {
        m_sent = client.send(std::exchange(m_request, {}), this);
        connect(m_sent, &LlmStream::happened, this, &LlmStream::happened);
        connect(m_sent, &LlmStream::silenceChanged, this, &LlmStream::silenceChanged);
    }

private:
    Llm::LlmRequest m_request;
    Llm::LlmStream *m_sent = nullptr; ///< a child
};

ClientAwaitingKey::ClientAwaitingKey(std::unique_ptr<Llm::LlmClient> withoutKey)
    : m_withoutKey(std::move(withoutKey))
{
}

ClientAwaitingKey::~ClientAwaitingKey() = default;

void ClientAwaitingKey::sendBy(Llm::LlmClient &client)
{
    m_client = &client;
    for (const QPointer<WaitingStream> &stream : std::exchange(m_waiting, {})) {
        if (stream) // else it was cancelled
            stream->sendBy(client);
    }
}

Llm::LlmStream *ClientAwaitingKey::send(const Llm::LlmRequest &request, QObject *parent)
{
    if (m_client)
        return m_client->send(request, parent);
    auto *stream = new WaitingStream(request, parent);
    m_waiting.emplace_back(stream);
    return stream;
}

QFuture<Result<QVector<Llm::ModelInfo>>> ClientAwaitingKey::listModels()
{
    return (m_client ? *m_client : *m_withoutKey).listModels();
}

} // namespace Meanwhile::App
