// SPDX-License-Identifier: MIT
#include "llm/anthropic/anthropicparser.h"

#include "base/jsontext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Llm", text);
}

StopReason stopReasonFrom(const QString &word)
{
    static const QHash<QString, StopReason> kReasons{
        {u"end_turn"_s, StopReason::EndTurn},
        {u"tool_use"_s, StopReason::ToolUse},
        {u"max_tokens"_s, StopReason::MaxTokens},
        {u"stop_sequence"_s, StopReason::StopSequence},
        {u"refusal"_s, StopReason::Refusal},
        {u"pause_turn"_s, StopReason::PauseTurn},
    };
    return kReasons.value(word, StopReason::Other);
}

Error errorFromEvent(const QJsonObject &error)
{
    const QString type = error.value(u"type"_s).toString();
    const QString words = error.value(u"message"_s).toString();
    ErrorKind kind = ErrorKind::Protocol;
    if (type == u"overloaded_error"_s || type == u"api_error"_s)
        kind = ErrorKind::Overloaded;
    else if (type == u"rate_limit_error"_s)
        kind = ErrorKind::RateLimited;
    else if (type == u"authentication_error"_s || type == u"permission_error"_s)
        kind = ErrorKind::Authentication;
    else if (type == u"invalid_request_error"_s)
        kind = ErrorKind::BadRequest;
    return {kind,
        tr("The provider ended the answer with an error: %1 Try again in a moment.")
            .arg(words.isEmpty() ? type : words),
        type};
}

QString blockType(const QJsonObject &block)
{
    return block.value(u"type"_s).toString();
}

ContentBlock toolCall(const QJsonObject &object, const QByteArray &partialJson)
{
    ToolCallBlock call{object.value(u"id"_s).toString(), object.value(u"name"_s).toString(), partialJson, {}};
    if (call.input.trimmed().isEmpty())
        call.input = compactJson(object.value(u"input"_s).toObject());
    if (object.size() > 4) // more than type, id, name and input
        call.raw = compactJson(object);
    return call;
}

} // namespace

QVector<LlmEvent> AnthropicParser::take(const Wire::SseEvent &event)
{
    QVector<LlmEvent> out;
    if (m_ended)
        return out;
    QJsonParseError parseError;
    const QJsonObject object = QJsonDocument::fromJson(event.data, &parseError).object();
    if (parseError.error != QJsonParseError::NoError) {
        m_ended = true;
        out.append(
            Failed{{ErrorKind::Protocol, tr("The provider sent an answer that cannot be read. Try again."),
                parseError.errorString() + u" in: "_s +
                    QString::fromUtf8(event.data.first(qMin<qsizetype>(event.data.size(), 200)))}});
        return out;
    }
    // The type stands in the data too; some gateways send no event names.
    const QString type = blockType(object);
    const int index = object.value(u"index"_s).toInt();
    if (type == u"message_start"_s) {
        startMessage(object.value(u"message"_s).toObject(), out);
    } else if (type == u"content_block_start"_s) {
        startBlock(index, object.value(u"content_block"_s).toObject(), out);
    } else if (type == u"content_block_delta"_s) {
        const auto it = m_blocks.find(index);
        if (it != m_blocks.end())
            grow(*it, object.value(u"delta"_s).toObject(), out);
    } else if (type == u"content_block_stop"_s) {
        const auto it = m_blocks.find(index);
        if (it != m_blocks.end())
            it->closed = true;
    } else if (type == u"message_delta"_s) {
        const QString reason = object.value(u"delta"_s).toObject().value(u"stop_reason"_s).toString();
        if (!reason.isEmpty())
            m_stopReason = reason;
        takeUsage(object.value(u"usage"_s).toObject());
    } else if (type == u"message_stop"_s) {
        m_ended = true;
        out.append(Completed{message()});
    } else if (type == u"error"_s) {
        m_ended = true;
        out.append(Failed{errorFromEvent(object.value(u"error"_s).toObject())});
    }
    return out; // pings and events of a later version say nothing to us
}

void AnthropicParser::startMessage(const QJsonObject &message, QVector<LlmEvent> &out)
{
    takeUsage(message.value(u"usage"_s).toObject());
    if (!std::exchange(m_started, true))
        out.append(ResponseStarted{});
    const QString reason = message.value(u"stop_reason"_s).toString();
    if (!reason.isEmpty())
        m_stopReason = reason;
    const QJsonArray content = message.value(u"content"_s).toArray();
    int index = 0;
    for (const QJsonValue &value : content) {
        startBlock(index, value.toObject(), out);
        m_blocks[index++].closed = true;
    }
}

void AnthropicParser::startBlock(int index, const QJsonObject &object, QVector<LlmEvent> &out)
{
    Block block;
    block.object = object;
    const QString type = blockType(object);
    if (type == u"text"_s) {
        block.text = object.value(u"text"_s).toString();
        if (!block.text.isEmpty())
            out.append(TextDelta{block.text});
    } else if (type == u"thinking"_s) {
        block.text = object.value(u"thinking"_s).toString();
    } else if (type == u"tool_use"_s) {
        out.append(ToolCallStarted{object.value(u"id"_s).toString(), object.value(u"name"_s).toString()});
    }
    m_blocks.insert(index, block);
}

void AnthropicParser::grow(Block &block, const QJsonObject &delta, QVector<LlmEvent> &out)
{
    const QString type = blockType(delta);
    if (type == u"text_delta"_s) {
        const QString text = delta.value(u"text"_s).toString();
        block.text += text;
        out.append(TextDelta{text});
    } else if (type == u"thinking_delta"_s) {
        const QString text = delta.value(u"thinking"_s).toString();
        block.text += text;
        if (!text.isEmpty())
            out.append(ThinkingDelta{text});
    } else if (type == u"signature_delta"_s) {
        block.object.insert(u"signature"_s,
            block.object.value(u"signature"_s).toString() + delta.value(u"signature"_s).toString());
    } else if (type == u"input_json_delta"_s) {
        block.partialJson += delta.value(u"partial_json"_s).toString().toUtf8();
    } else if (type == u"citations_delta"_s) {
        QJsonArray citations = block.object.value(u"citations"_s).toArray();
        citations.append(delta.value(u"citation"_s));
        block.object.insert(u"citations"_s, citations);
    } else {
        // A delta of a later version: its fields are laid over the block's, joined where both are text.
        for (auto it = delta.begin(); it != delta.end(); ++it) {
            if (it.key() == u"type"_s)
                continue;
            const QJsonValue old = block.object.value(it.key());
            const bool joins = old.isString() && it.value().isString();
            block.object.insert(
                it.key(), joins ? QJsonValue(old.toString() + it.value().toString()) : it.value());
        }
    }
}

void AnthropicParser::takeUsage(const QJsonObject &usage)
{
    // Counts are cumulative; message_delta may leave out what message_start told.
    const auto update = [&](const QString &key, qint64 &field) {
        const QJsonValue value = usage.value(key);
        if (value.isDouble())
            field = value.toInteger();
    };
    update(u"input_tokens"_s, m_usage.inputTokens);
    update(u"output_tokens"_s, m_usage.outputTokens);
    update(u"cache_read_input_tokens"_s, m_usage.cacheReadTokens);
    update(u"cache_creation_input_tokens"_s, m_usage.cacheWriteTokens);
}

Message AnthropicParser::message() const
{
    Message result;
    result.role = Role::Assistant;
    result.stopReason = stopReasonFrom(m_stopReason);
    result.usage = m_usage;
    for (const Block &block : m_blocks) {
        QJsonObject object = block.object;
        const QString type = blockType(object);
        if (type == u"text"_s && !object.contains(u"citations"_s)) {
            if (!block.text.isEmpty())
                result.content.append(TextBlock{block.text});
        } else if (type == u"thinking"_s) {
            object.insert(u"thinking"_s, block.text);
            // Unsigned thinking would be refused when it goes back.
            if (block.closed && !object.value(u"signature"_s).toString().isEmpty())
                result.content.append(ThinkingBlock{block.text, compactJson(object)});
        } else if (type == u"tool_use"_s) {
            if (block.closed)
                result.content.append(toolCall(object, block.partialJson));
        } else if (block.closed) {
            if (type == u"text"_s)
                object.insert(u"text"_s, block.text);
            if (!block.partialJson.isEmpty())
                object.insert(u"input"_s, QJsonDocument::fromJson(block.partialJson).object());
            result.content.append(OpaqueBlock{type, compactJson(object)});
        }
    }
    return result;
}

} // namespace Meanwhile::Llm
