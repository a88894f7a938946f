// SPDX-License-Identifier: MIT
#include "llm/anthropic/anthropicparser.h"

#include "base/jsontext.h"
#include "llm/providererror.h"

#include <QJsonDocument>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

StopReason stopReasonFrom(const QString &word)
{
    static const QHash<QString, StopReason> kReasons{
        {u"end_turn"_s, StopReason::EndTurn},
        {u"tool_use"_s, StopReason::ToolUse},
        {u"max_tokens"_s, StopReason::MaxTokens},
        {u"model_context_window_exceeded"_s, StopReason::MaxTokens},
        {u"stop_sequence"_s, StopReason::StopSequence},
        {u"refusal"_s, StopReason::Refusal},
        {u"pause_turn"_s, StopReason::PauseTurn},
    };
    return kReasons.value(word, StopReason::Other);
}

ToolCallBlock toolCall(const QJsonObject &object, const QString &written)
{
    ToolCallBlock call{
        object.value("id"_L1).toString(), object.value("name"_L1).toString(), written.toUtf8(), {}};
    if (call.input.trimmed().isEmpty()) {
        const QJsonValue input = object.value("input"_L1);
        call.input = input.isString() ? input.toString().toUtf8() : compactJson(input.toObject());
    }
    if (object.size() > 4) // more than type, id, name and input
        call.raw = compactJson(object);
    return call;
}

} // namespace

QString &AnthropicParser::Block::field(QStringView key)
{
    for (Field &one : grown) {
        if (one.key == key)
            return one.text;
    }
    return grown.emplaceBack(Field{key.toString(), object.value(key).toString()}).text;
}

QJsonObject AnthropicParser::Block::whole() const
{
    QJsonObject result = object;
    for (const Field &one : grown)
        result.insert(one.key, one.text);
    if (!citations.isEmpty())
        result.insert("citations"_L1, citations);
    return result;
}

void AnthropicParser::read(const QJsonObject &object, QVector<LlmEvent> &out)
{
    // Nearly all events are deltas of a block, known by these two fields; reading their type costs as much as
    // the rest.
    const QJsonValue delta = object.value("delta"_L1);
    const QJsonValue index = object.value("index"_L1);
    if (delta.isObject() && index.isDouble()) {
        if (Block *block = blockAt(index.toInt()))
            grow(*block, delta.toObject(), out);
        return;
    }
    // The type stands in the data too; some gateways send no event names.
    const QString type = object.value("type"_L1).toString();
    if (type == "content_block_start"_L1) {
        startBlock(index.toInt(), object.value("content_block"_L1).toObject(), out);
    } else if (type == "content_block_stop"_L1) {
        if (Block *block = blockAt(index.toInt()))
            block->closed = true;
    } else if (type == "message_start"_L1) {
        if (hasStarted())
            return fail(brokenAnswer(), out);
        readMessage(object.value("message"_L1).toObject(), out);
    } else if (type == "message_delta"_L1) {
        const QString reason = delta.toObject().value("stop_reason"_L1).toString();
        if (!reason.isEmpty())
            m_stopReason = reason;
        takeUsage(object.value("usage"_L1).toObject());
    } else if (type == "message_stop"_L1) {
        hasStarted() ? complete(message(), out) : fail(emptyAnswer(), out);
    } else if (type == "error"_L1) {
        fail(errorInStream(object), out);
    } else if (type == "message"_L1 && !hasStarted()) {
        readMessage(object, out);
        complete(message(), out);
    }
}

void AnthropicParser::readMessage(const QJsonObject &message, QVector<LlmEvent> &out)
{
    takeUsage(message.value("usage"_L1).toObject());
    start(out);
    m_stopReason = message.value("stop_reason"_L1).toString();
    const QJsonArray content = message.value("content"_L1).toArray();
    for (const QJsonValue &value : content) {
        startBlock(int(m_blocks.size()), value.toObject(), out);
        m_blocks.last().closed = true;
    }
}

AnthropicParser::Block *AnthropicParser::blockAt(int index)
{
    // Blocks may overlap, and some gateways give all of them the same index.
    for (qsizetype i = m_blocks.size() - 1; i >= 0; --i) {
        if (m_blocks.at(i).index == index)
            return &m_blocks[i];
    }
    return nullptr;
}

void AnthropicParser::startBlock(int index, const QJsonObject &object, QVector<LlmEvent> &out)
{
    Block block;
    block.index = index;
    block.object = object;
    block.citations = object.value("citations"_L1).toArray();
    const QString type = object.value("type"_L1).toString();
    if (type == "text"_L1) {
        block.kind = Block::Kind::Text;
        say(object.value("text"_L1).toString(), out);
    } else if (type == "thinking"_L1) {
        block.kind = Block::Kind::Thinking;
        think(object.value("thinking"_L1).toString(), out);
    } else if (type == "tool_use"_L1) {
        block.kind = Block::Kind::ToolCall;
        out.append(
            ToolCallBeingWritten{object.value("id"_L1).toString(), object.value("name"_L1).toString()});
    }
    m_blocks.append(std::move(block));
}

void AnthropicParser::grow(Block &block, const QJsonObject &delta, QVector<LlmEvent> &out)
{
    const QJsonValue text = delta.value("text"_L1);
    if (text.isString()) {
        const QString words = text.toString();
        block.field(u"text") += words;
        if (block.kind == Block::Kind::Text)
            say(words, out);
        return;
    }
    const QJsonValue json = delta.value("partial_json"_L1);
    if (json.isString()) {
        block.input += json.toString();
        return;
    }
    if (block.kind == Block::Kind::Thinking)
        think(delta.value("thinking"_L1).toString(), out);
    if (delta.contains("citation"_L1)) {
        block.citations.append(delta.value("citation"_L1));
        return;
    }
    // Thoughts, a signature, or a delta of a later version: texts are joined to the block's, the rest
    // replaces it.
    for (auto it = delta.begin(); it != delta.end(); ++it) {
        const QString key = it.key();
        if (key == "type"_L1)
            continue;
        if (it->isString())
            block.field(key) += it->toString();
        else
            block.object.insert(key, *it);
    }
}

void AnthropicParser::takeUsage(const QJsonObject &usage)
{
    // Counts are cumulative; message_delta may leave out what message_start gave.
    updateCount(m_usage.inputTokens, usage.value("input_tokens"_L1));
    updateCount(m_usage.outputTokens, usage.value("output_tokens"_L1));
    updateCount(m_usage.cacheReadTokens, usage.value("cache_read_input_tokens"_L1));
    updateCount(m_usage.cacheWriteTokens, usage.value("cache_creation_input_tokens"_L1));
}

Message AnthropicParser::message() const
{
    Message result;
    result.stopReason = stopReasonFrom(m_stopReason);
    if (result.stopReason == StopReason::Other)
        result.stopWord = m_stopReason;
    result.usage = m_usage;
    for (const Block &block : m_blocks)
        add(result, block);
    return result;
}

void AnthropicParser::add(Message &message, const Block &block)
{
    QJsonObject object = block.whole();
    if (block.kind == Block::Kind::Text && (block.citations.isEmpty() || !block.closed)) {
        const QString text = object.value("text"_L1).toString();
        if (!text.isEmpty())
            message.content.append(TextBlock{text});
    } else if (block.kind == Block::Kind::Thinking) {
        // Unsigned thinking would be refused when it goes back.
        const bool isSigned = block.closed && !object.value("signature"_L1).toString().isEmpty();
        const QString text = object.value("thinking"_L1).toString();
        if (isSigned || !text.isEmpty())
            message.content.append(ThinkingBlock{text, isSigned ? compactJson(object) : QByteArray()});
    } else if (!block.closed) {
        return;
    } else if (block.kind == Block::Kind::ToolCall) {
        message.content.append(toolCall(object, block.input));
    } else {
        if (!block.input.isEmpty())
            object.insert("input"_L1, QJsonDocument::fromJson(block.input.toUtf8()).object());
        message.content.append(OpaqueBlock{object.value("type"_L1).toString(), compactJson(object)});
    }
}

} // namespace Meanwhile::Llm
