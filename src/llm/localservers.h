// SPDX-License-Identifier: MIT
#pragma once

#include <QFuture>
#include <QObject>
#include <QString>
#include <QUrl>
#include <QVector>

#include <chrono>

namespace Meanwhile::Wire {
class HttpTransport;
}

namespace Meanwhile::Llm {

/// A model server that runs on this computer.
struct LocalServer {
    QString name;    ///< "Ollama"
    QString address; ///< where its Chat Completions are

    bool operator==(const LocalServer &) const = default;
};

/// Looks for model servers at their usual ports, on this computer only.
///
/// A server counts when its own answer says what it is; that something listens there is not enough.
/// Thread: GUI thread; find() returns at once and its future finishes within the limit. When this object is
/// destroyed, open futures are cancelled.
class LocalServers {
public:
    /// One question, and the answer that only this server gives.
    struct Probe {
        LocalServer server;
        QUrl question; ///< of another computer: never asked
        bool (*recognises)(const QByteArray &body) = nullptr;
    };
    static constexpr std::chrono::milliseconds kLimit{300};

    explicit LocalServers(Wire::HttpTransport &transport, QVector<Probe> probes = usual(),
        std::chrono::milliseconds limit = kLimit);

    /// Those that answered, in the order of the probes.
    QFuture<QVector<LocalServer>> find();

    /// Ollama, llama.cpp, vLLM and LM Studio.
    static QVector<Probe> usual();

private:
    Wire::HttpTransport &m_transport;
    QVector<Probe> m_probes;
    std::chrono::milliseconds m_limit;
    QObject m_context; ///< last member: what is asked goes first
};

} // namespace Meanwhile::Llm
