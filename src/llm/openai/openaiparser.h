// SPDX-License-Identifier: MIT
#pragma once

#include "llm/answerparser.h"

namespace Meanwhile::Llm {

/// Turns the chunks of a Chat Completions stream into LlmEvents
/// (https://platform.openai.com/docs/api-reference/chat-streaming), as OpenAI and the many servers that speak
/// its protocol send them. A whole chat.completion in one event is an answer too.
///
/// States: waiting -> started (first chunk) -> ended ("[DONE]", or the end of the connection once a
/// finish_reason has come: Completed). Only the first choice counts. Words of refusal are text, and make it
/// the reason of the end. Calls are told apart by index, else by id; a stop for the reason "stop" counts as
/// ToolUse where whole calls were made, since servers say so. Without any finish_reason it is Other: no call
/// of it runs. ThinkingBlock::raw holds the fields that a provider wants back (reasoning_content,
/// reasoning_details); unknown parts of a content array are OpaqueBlocks, see kOpaquePrefix.
class OpenAiParser final : public AnswerParser {
public:
    /// What OpaqueBlock::type begins with, so that no other protocol takes the block for its own.
    static constexpr QLatin1StringView kOpaquePrefix{"openai."};

protected:
    void read(const QJsonObject &object, QVector<LlmEvent> &out) override;
    void readDone(QVector<LlmEvent> &out) override;
    void readEnd(QVector<LlmEvent> &out) override;

private:
    struct Call {
        int index = -1;
        QString id;
        QString name;
        QString arguments;
        QJsonObject extra; // fields other than id, type and function
    };
    struct Detail {
        QJsonObject object;
        QString key; // which of its texts grows; empty: none
        QString text;
    };

    void readChoice(const QJsonObject &choice, QVector<LlmEvent> &out);
    void readContent(const QJsonValue &content, QVector<LlmEvent> &out);
    void readReasoning(const QJsonObject &delta, QVector<LlmEvent> &out);
    void readDetail(const QJsonObject &detail);
    void readCall(const QJsonObject &delta, QVector<LlmEvent> &out);
    Call &callFor(const QJsonObject &delta, const QString &id, const QString &name);
    void takeUsage(const QJsonObject &usage);
    void addText(const QString &text, QVector<LlmEvent> &out);
    Conversation::Message message() const;
    Conversation::StopReason stopReason() const;
    QByteArray reasoningFields() const;

    QString m_text;
    QString m_reasoning;        // to be read
    QString m_reasoningContent; // of the field of that name alone
    QVector<Detail> m_details;
    QVector<Call> m_calls; // in the order they were begun
    QVector<Conversation::OpaqueBlock> m_parts;
    Conversation::Usage m_usage;
    bool m_hasRefused = false; ///< in the field for that
    QString m_finishReason;
};

} // namespace Meanwhile::Llm
