// SPDX-License-Identifier: MIT
#pragma once

#include "llm/answerreader.h"
#include "llm/llmclient.h"
#include "wire/httptransport.h"

namespace Meanwhile::Llm {

/// One request over a transport, and its answer: what the clients of all protocols share.
///
/// Owns: the HTTP stream. After Completed the stream moves to `lingering` until its last bytes are read (two
/// seconds at most), so that the connection can be used again.
class HttpAnswer final : public LlmStream {
public:
    /// `request` gets the time limit for silence here.
    HttpAnswer(Wire::HttpTransport &transport, Wire::HttpRequest request, AnswerReader reader,
        QObject *lingering, QObject *parent);

    qint64 requestBytes() const override { return m_bytes; }

private:
    void tell(QVector<LlmEvent> events);
    void linger();

    qint64 m_bytes;
    AnswerReader m_reader;
    QObject *m_lingering;
    Wire::HttpStream *m_http;
    std::optional<std::chrono::milliseconds> m_retryAfter;
};

/// An answer to a request that was never sent, for errors known before the network is.
class FailedAnswer final : public LlmStream {
public:
    FailedAnswer(Error error, QObject *parent);

    qint64 requestBytes() const override { return 0; }
};

/// Puts each of `extra` into `headers`, in place of one of the same name.
void putHeaders(Wire::Headers &headers, const Wire::Headers &extra);

} // namespace Meanwhile::Llm
