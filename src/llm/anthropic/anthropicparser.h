// SPDX-License-Identifier: MIT
#pragma once

#include "llm/answerparser.h"

#include <QJsonArray>

namespace Meanwhile::Llm {

/// Turns the events of an Anthropic answer stream into LlmEvents
/// (https://docs.anthropic.com/en/api/messages-streaming). A whole message in one event is an answer too.
///
/// States: waiting -> started (message_start) -> ended (message_stop: Completed). A second message_start is a
/// broken stream. A tool call enters the message only when its block was closed. Blocks it does not know are
/// kept as sent; thinking without a signature is kept to be read, without what could go back.
class AnthropicParser final : public AnswerParser {
protected:
    void read(const QJsonObject &object, QVector<LlmEvent> &out) override;

private:
    struct Field {
        QString key;
        QString text;
    };
    struct Block {
        enum class Kind { Text, Thinking, ToolCall, Other };

        int index = 0;
        Kind kind = Kind::Other;
        QJsonObject object;   // as sent at its start
        QVector<Field> grown; // texts that deltas added to
        QJsonArray citations;
        QString input;
        bool closed = false;

        QString &field(QStringView key);
        QJsonObject whole() const;
    };

    void readMessage(const QJsonObject &message, QVector<LlmEvent> &out);
    void startBlock(int index, const QJsonObject &block, QVector<LlmEvent> &out);
    void grow(Block &block, const QJsonObject &delta, QVector<LlmEvent> &out);
    void takeUsage(const QJsonObject &usage);
    Block *blockAt(int index);
    Conversation::Message message() const;
    static void add(Conversation::Message &message, const Block &block);

    QVector<Block> m_blocks; // in the order they were started
    Conversation::Usage m_usage;
    QString m_stopReason;
};

} // namespace Meanwhile::Llm
