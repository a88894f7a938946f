// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "conversation/history.h"
#include "llm/llmevent.h"
#include "llm/modelinfo.h"
#include "llm/requestrules.h"
#include "llm/thinking.h"

#include <QFuture>
#include <QObject>

namespace Meanwhile::Llm {

/// The definition of one tool for the model. `inputSchema` is a JSON Schema object, compact UTF-8.
struct ToolDefinition {
    QString name;
    QString description;
    QByteArray inputSchema;

    bool operator==(const ToolDefinition &) const = default;
};

/// One request, neutral of any provider.
///
/// `generation` stays the same as long as `messages` only grew since the last request; a client may then
/// reuse what it encoded before. Copies share their data.
struct LlmRequest {
    qint64 number = 0;
    QString model;
    QString system;
    QVector<ToolDefinition> tools;
    QVector<Conversation::Message> messages;
    quint64 generation = 0;
    int maxOutputTokens = 16'000; ///< of the answer; what it thinks comes on top
    Thinking thinking = {};
};

/// An answer as it streams in.
///
/// States: sent -> started -> deltas -> ended. Exactly one Completed or AnswerFailed event, and it is the
/// last. Thread: GUI thread.  Owner: the caller; deleting it cancels the request, without another event.
class LlmStream : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Size of the request's body as sent, in bytes; known when send() returns.
    virtual qint64 requestBytes() const = 0;

signals:
    void happened(const Meanwhile::Llm::LlmEvent &event);
    /// No bytes have come for a while, or they come again. Never after the last event.
    void silenceChanged(bool isSilent);
};

/// Port: one provider, one protocol.
class LlmClient {
public:
    virtual ~LlmClient() = default;

    /// "anthropic", "openai" or "demo".
    virtual QString provider() const = 0;
    /// What its requests are held to. `provider` in it is what provider() says.
    virtual RequestRules rules([[maybe_unused]] const QString &model) const { return {provider()}; }
    /// False: it cannot send, e.g. because the key is still being read. This never changes: another client
    /// takes its place once the key is there.
    virtual bool isReady() const { return true; }
    /// Only while isReady(). Never null; failures arrive as AnswerFailed. `parent` owns the stream.
    virtual LlmStream *send(const LlmRequest &request, QObject *parent) = 0;
    /// The models this key may use, in the provider's order. Finishes on the GUI thread.
    virtual QFuture<Result<QVector<ModelInfo>>> listModels() = 0;
};

} // namespace Meanwhile::Llm
