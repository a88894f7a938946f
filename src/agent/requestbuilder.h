// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/history.h"
#include "llm/llmclient.h"

namespace Meanwhile::Agent {

/// Derives the next request from the history, in time proportional to what is new since the last one.
///
/// The messages of one request begin with those of the one before; `generation` changes when they cannot
/// (another history); no two builders share one. Facts stay in the history; what a provider would refuse is
/// left out here, the same way each time: answers that broke off, everything but the text of answers the
/// person stopped, thinking that nothing follows, messages without content.
class RequestBuilder {
public:
    RequestBuilder(QString system, QVector<Llm::ToolDefinition> tools);

    Llm::LlmRequest build(const Conversation::History &history, qint64 number, const QString &model);

private:
    void add(const Conversation::Message &message);

    QString m_system;
    QVector<Llm::ToolDefinition> m_tools;
    QVector<Conversation::Message> m_messages;
    qsizetype m_seen = 0;
    QString m_lastSeenId;
    quint64 m_generation = 0;
};

} // namespace Meanwhile::Agent
