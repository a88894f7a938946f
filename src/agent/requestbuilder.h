// SPDX-License-Identifier: MIT
#pragma once

#include "agent/requestmessages.h"
#include "conversation/history.h"
#include "llm/llmclient.h"
#include "llm/refusal.h"

namespace Meanwhile::Tools {
class ToolRegistry;
}

namespace Meanwhile::Agent {

/// A generation (see Llm::LlmRequest) that no request has had: a client may be shared by conversations and
/// keeps what it encoded for one.
quint64 nextGeneration();

/// The definitions of these tools for the model, in their order.
QVector<Llm::ToolDefinition> definitionsOf(const Tools::ToolRegistry &registry);

/// Derives the next request from the history, in time proportional to what is new since the last one.
///
/// Any history gives a request that the provider takes (see RequestMessages), and the same history, model and
/// rules give the same one, also in another run of the program. The messages of one request begin with those
/// of the one before; `generation` changes when they cannot: another history, model or provider, a record
/// that changes what came before, images that must go; it says nothing of the tools. No two builders share a
/// generation.
class RequestBuilder {
public:
    RequestBuilder(QString system, QVector<Llm::ToolDefinition> tools);

    /// From the next request on.
    void setTools(QVector<Llm::ToolDefinition> tools) { m_tools = std::move(tools); }
    Llm::LlmRequest build(const Conversation::History &history, qint64 number, const QString &model,
        const Llm::RequestRules &rules = {});

    /// The record that takes out what the provider named when it refused the last request; nothing when that
    /// is no part of the history.
    std::optional<Conversation::OmissionBlock> omissionFor(const Llm::RefusedPart &part) const;

private:
    void beginAgain(const Conversation::History &history);
    void add(const Conversation::History &history);

    QString m_system;
    QVector<Llm::ToolDefinition> m_tools;
    qsizetype m_seen = 0;
    QString m_lastSeenId;
    QString m_model;
    Llm::RequestRules m_rules;
    RequestMessages m_messages;
    qsizetype m_begin = 0; // the first message that requests hold
    bool m_hadTail = false;
    quint64 m_generation = 0;
};

} // namespace Meanwhile::Agent
