// SPDX-License-Identifier: MIT
#pragma once

#include "llm/answerparser.h"

#include <memory>
#include <optional>

namespace Meanwhile::Llm {

/// The answer to one request, from its HTTP status and the bytes of its body, cut anywhere, to LlmEvents.
///
/// Judges the body by its first bytes more than by its content type, since gateways mix these up: an event
/// stream, one JSON object (an error, or an answer of a server that does not stream), or something else such
/// as a web page.
/// States: exactly one Completed or AnswerFailed, nothing after it; after finish() it has come.
/// Errors: AnswerFailed with the kind that says whether another try can help: Network where the answer broke
/// off or was empty, Protocol where no model answered.
class AnswerReader {
public:
    /// `model` is named in the error where the provider does not know it.
    AnswerReader(std::unique_ptr<AnswerParser> parser, QString model);

    void begin(int status, const QByteArray &contentType);
    QVector<LlmEvent> feed(const QByteArray &bytes);
    /// The connection has ended; `cause` where it broke.
    QVector<LlmEvent> finish(const std::optional<Error> &cause);
    bool hasEnded() const { return m_failed || m_parser->hasEnded(); }

private:
    enum class Body { Unknown, Events, Json, Other };

    void decide();
    void play(const QVector<Wire::SseEvent> &events, QVector<LlmEvent> &out);
    void fail(Error error, QVector<LlmEvent> &out);
    Error incomplete(const std::optional<Error> &cause) const;

    std::unique_ptr<AnswerParser> m_parser;
    Wire::SseParser m_sse;
    QString m_model;
    QByteArray m_body; // until it is known to be an event stream
    int m_status = 0;
    bool m_saysEvents = false;
    Body m_kind = Body::Unknown;
    bool m_failed = false; // for a reason that the parser knows nothing of
};

} // namespace Meanwhile::Llm
