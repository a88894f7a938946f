// SPDX-License-Identifier: MIT
#pragma once

#include "llm/llmevent.h"
#include "wire/sseparser.h"

#include <QJsonObject>
#include <QMap>

namespace Meanwhile::Llm {

/// Turns the events of an Anthropic answer stream into LlmEvents
/// (https://docs.anthropic.com/en/api/messages-streaming).
///
/// States: waiting -> started (message_start) -> ended (message_stop: Completed; error event: Failed).
/// Nothing after the end. A tool call enters the message only when its block was closed. Blocks it does not
/// know are kept as sent.
class AnthropicParser {
public:
    QVector<LlmEvent> take(const Wire::SseEvent &event);
    bool hasEnded() const { return m_ended; }
    bool hasStarted() const { return m_started; }

private:
    struct Block {
        QJsonObject object; // as sent at its start, grown by deltas
        QString text;
        QByteArray partialJson;
        bool closed = false;
    };

    void startMessage(const QJsonObject &message, QVector<LlmEvent> &out);
    void startBlock(int index, const QJsonObject &block, QVector<LlmEvent> &out);
    void grow(Block &block, const QJsonObject &delta, QVector<LlmEvent> &out);
    void takeUsage(const QJsonObject &usage);
    Conversation::Message message() const;

    QMap<int, Block> m_blocks;
    Conversation::Usage m_usage;
    QString m_stopReason;
    bool m_started = false;
    bool m_ended = false;
};

} // namespace Meanwhile::Llm
