// SPDX-License-Identifier: MIT
#include "llm/openai/openaiparser.h"

#include "base/jsontext.h"
#include "llm/providererror.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

bool isWhole(const QString &arguments)
{
    return arguments.trimmed().isEmpty() || jsonObjectIn(arguments.toUtf8());
}

// Some servers send an error flat, as one more event.
bool isError(const QJsonObject &object)
{
    return object.value("object"_L1).toString() == "error"_L1 || object.value("message"_L1).isString() ||
           object.value("detail"_L1).isString();
}

// The text of a part of a content array, or of its nested parts.
QString textIn(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    QString text;
    const QJsonArray parts = value.toArray();
    for (const QJsonValue &part : parts)
        text += part.toObject().value("text"_L1).toString();
    return text;
}

} // namespace

void OpenAiParser::read(const QJsonObject &object, QVector<LlmEvent> &out)
{
    const QJsonValue choices = object.value("choices"_L1);
    const QJsonValue usage = object.value("usage"_L1);
    if (choices.isUndefined() && usage.isUndefined() && isError(object))
        return fail(errorInStream(object), out);
    const QJsonArray list = choices.toArray();
    if (!choices.isUndefined())
        start(out);
    if (usage.isObject())
        takeUsage(usage.toObject());
    const QJsonValue groq = object.value("x_groq"_L1);
    if (groq.isObject())
        takeUsage(groq.toObject().value("usage"_L1).toObject());
    for (const QJsonValue &value : list) {
        const QJsonObject choice = value.toObject();
        if (choice.value("index"_L1).toInt() == 0 && !hasEnded())
            readChoice(choice, out);
    }
}

void OpenAiParser::readChoice(const QJsonObject &choice, QVector<LlmEvent> &out)
{
    const QJsonValue error = choice.value("error"_L1);
    if (error.isObject())
        return fail(errorInStream(error), out);
    // A server that does not stream sends the whole message where the delta would be.
    const QJsonValue whole = choice.value("message"_L1);
    const QJsonObject delta = (whole.isObject() ? whole : choice.value("delta"_L1)).toObject();
    readReasoning(delta, out);
    readContent(delta.value("content"_L1), out);
    const QString refusal = delta.value("refusal"_L1).toString();
    m_hasRefused = m_hasRefused || !refusal.isEmpty();
    addText(refusal, out);
    const QJsonValue calls = delta.value("tool_calls"_L1);
    if (calls.isArray()) {
        const QJsonArray list = calls.toArray();
        for (const QJsonValue &call : list)
            readCall(call.toObject(), out);
    }
    // Before tools there was one function.
    const QJsonValue only = delta.value("function_call"_L1);
    if (only.isObject())
        readCall({{"index"_L1, 0}, {"function"_L1, only}}, out);
    const QString reason = choice.value("finish_reason"_L1).toString();
    if (!reason.isEmpty())
        m_finishReason = reason;
    const QJsonValue usage = choice.value("usage"_L1);
    if (usage.isObject())
        takeUsage(usage.toObject());
}

void OpenAiParser::addText(const QString &text, QVector<LlmEvent> &out)
{
    if (text.isEmpty())
        return;
    m_text += text;
    say(text, out);
}

void OpenAiParser::readContent(const QJsonValue &content, QVector<LlmEvent> &out)
{
    if (content.isString())
        return addText(content.toString(), out);
    const QJsonArray parts = content.toArray();
    for (const QJsonValue &value : parts) {
        const QJsonObject part = value.toObject();
        const QString type = part.value("type"_L1).toString();
        if (type == "text"_L1) {
            addText(part.value("text"_L1).toString(), out);
        } else if (type == "thinking"_L1) {
            const QString thought = textIn(part.value("thinking"_L1));
            m_reasoning += thought;
            think(thought, out);
        } else {
            m_parts.append({kOpaquePrefix + type, compactJson(part)});
        }
    }
}

void OpenAiParser::readReasoning(const QJsonObject &delta, QVector<LlmEvent> &out)
{
    const QString content = delta.value("reasoning_content"_L1).toString();
    m_reasoningContent += content;
    QString text = content.isEmpty() ? delta.value("reasoning"_L1).toString() : content;
    const QJsonValue details = delta.value("reasoning_details"_L1);
    if (details.isArray()) {
        // The same reasoning may be sent in two or three fields at once.
        const bool isNew = text.isEmpty();
        const QJsonArray list = details.toArray();
        for (const QJsonValue &value : list) {
            const QJsonObject detail = value.toObject();
            readDetail(detail);
            if (isNew)
                text += detail.value("text"_L1).toString() + detail.value("summary"_L1).toString();
        }
    }
    m_reasoning += text;
    think(text, out);
}

void OpenAiParser::readDetail(const QJsonObject &detail)
{
    const QString type = detail.value("type"_L1).toString();
    const auto grows = [&](QLatin1StringView key) { return detail.value(key).isString(); };
    const QString key = grows("text"_L1) ? u"text"_s : grows("summary"_L1) ? u"summary"_s : QString();
    const bool continues = !m_details.isEmpty() && !key.isEmpty() && m_details.last().key == key &&
                           m_details.last().object.value("type"_L1).toString() == type &&
                           m_details.last().object.value("index"_L1) == detail.value("index"_L1);
    if (!continues) {
        m_details.append({detail, key, detail.value(key).toString()});
        return;
    }
    Detail &last = m_details.last();
    last.text += detail.value(key).toString();
    for (auto it = detail.begin(); it != detail.end(); ++it) {
        // A signature comes with the last piece.
        if (it.key() != key && !it->isNull() && last.object.value(it.key()) != *it)
            last.object.insert(it.key(), *it);
    }
}

OpenAiParser::Call &OpenAiParser::callFor(const QJsonObject &delta, const QString &id, const QString &name)
{
    const QJsonValue index = delta.value("index"_L1);
    for (qsizetype i = m_calls.size() - 1; i >= 0; --i) {
        Call &call = m_calls[i];
        if (index.isDouble()) {
            // Some servers give each call the index 0 and an id of its own.
            const bool isAnother = !id.isEmpty() && !name.isEmpty() && !call.id.isEmpty() && call.id != id;
            if (call.index == index.toInt() && !isAnother)
                return call;
        } else if (id.isEmpty() ? name.isEmpty() : call.id == id) {
            return call;
        }
    }
    m_calls.append({index.toInt(-1), {}, {}, {}, {}});
    return m_calls.last();
}

void OpenAiParser::readCall(const QJsonObject &delta, QVector<LlmEvent> &out)
{
    const QString id = delta.value("id"_L1).toString();
    const QJsonObject function = delta.value("function"_L1).toObject();
    const QString name = function.value("name"_L1).toString();
    Call &call = callFor(delta, id, name);
    if (call.id.isEmpty())
        call.id = id;
    if (call.name.isEmpty() && !name.isEmpty()) {
        call.name = name;
        out.append(ToolCallBeingWritten{call.id, call.name});
    }
    const QJsonValue arguments = function.value("arguments"_L1);
    if (arguments.isObject()) {
        call.arguments = QString::fromUtf8(compactJson(arguments.toObject()));
    } else {
        // The whole may come a second time, with the end.
        const QString piece = arguments.toString();
        if (!(piece.startsWith(u'{') && piece == call.arguments))
            call.arguments += piece;
    }
    for (auto it = delta.begin(); it != delta.end(); ++it) {
        const QString key = it.key();
        if (key != "index"_L1 && key != "id"_L1 && key != "type"_L1 && key != "function"_L1 && !it->isNull())
            call.extra.insert(key, *it);
    }
}

void OpenAiParser::takeUsage(const QJsonObject &usage)
{
    if (usage.isEmpty())
        return;
    const QJsonObject prompt = usage.value("prompt_tokens_details"_L1).toObject();
    for (const QJsonValue &cached : {usage.value("prompt_cache_hit_tokens"_L1),
             usage.value("cached_tokens"_L1), prompt.value("cached_tokens"_L1)})
        updateCount(m_usage.cacheReadTokens, cached);
    updateCount(m_usage.cacheWriteTokens, prompt.value("cache_write_tokens"_L1));
    updateCount(m_usage.outputTokens, usage.value("completion_tokens"_L1));
    // Here the prompt includes what came from the cache.
    qint64 all = -1;
    updateCount(all, usage.value("prompt_tokens"_L1));
    if (all >= 0)
        m_usage.inputTokens = qMax<qint64>(0, all - m_usage.cacheReadTokens - m_usage.cacheWriteTokens);
}

void OpenAiParser::readDone(QVector<LlmEvent> &out)
{
    if (hasStarted())
        complete(message(), out);
    else
        fail(emptyAnswer(), out);
}

void OpenAiParser::readEnd(QVector<LlmEvent> &out)
{
    if (!m_finishReason.isEmpty())
        complete(message(), out);
}

StopReason OpenAiParser::stopReason() const
{
    static const QHash<QString, StopReason> kReasons{
        {u"stop"_s, StopReason::EndTurn},
        {u"end_turn"_s, StopReason::EndTurn},
        {u"eos"_s, StopReason::EndTurn},
        {u"eos_token"_s, StopReason::EndTurn},
        {u"complete"_s, StopReason::EndTurn},
        {u"length"_s, StopReason::MaxTokens},
        {u"model_length"_s, StopReason::MaxTokens},
        {u"max_tokens"_s, StopReason::MaxTokens},
        {u"model_context_window_exceeded"_s, StopReason::MaxTokens},
        {u"tool_calls"_s, StopReason::ToolUse},
        {u"tool_use"_s, StopReason::ToolUse},
        {u"function_call"_s, StopReason::ToolUse},
        {u"content_filter"_s, StopReason::Refusal},
        {u"safety"_s, StopReason::Refusal},
        {u"prohibited_content"_s, StopReason::Refusal},
        {u"recitation"_s, StopReason::Refusal},
        {u"sensitive"_s, StopReason::Refusal},
        {u"refusal"_s, StopReason::Refusal},
        {u"stop_sequence"_s, StopReason::StopSequence},
        {u"pause_turn"_s, StopReason::PauseTurn},
    };
    const StopReason reason = kReasons.value(m_finishReason.toLower(), StopReason::Other);
    if (m_hasRefused && reason == StopReason::EndTurn && m_calls.isEmpty())
        return StopReason::Refusal;
    if (reason != StopReason::EndTurn || m_calls.isEmpty())
        return reason;
    const bool callsAreWhole = std::all_of(
        m_calls.cbegin(), m_calls.cend(), [](const Call &call) { return isWhole(call.arguments); });
    return callsAreWhole ? StopReason::ToolUse : reason;
}

QByteArray OpenAiParser::reasoningFields() const
{
    QJsonObject fields;
    if (!m_reasoningContent.isEmpty())
        fields.insert("reasoning_content"_L1, m_reasoningContent);
    QJsonArray details;
    for (const Detail &detail : m_details) {
        QJsonObject object = detail.object;
        if (!detail.key.isEmpty())
            object.insert(detail.key, detail.text);
        details.append(object);
    }
    if (!details.isEmpty())
        fields.insert("reasoning_details"_L1, details);
    return fields.isEmpty() ? QByteArray() : compactJson(fields);
}

Message OpenAiParser::message() const
{
    Message result;
    result.stopReason = stopReason();
    if (result.stopReason == StopReason::Other || result.stopReason == StopReason::Refusal)
        result.stopWord = m_finishReason;
    result.usage = m_usage;
    const QByteArray fields = reasoningFields();
    if (!m_reasoning.isEmpty() || !fields.isEmpty())
        result.content.append(ThinkingBlock{m_reasoning, fields});
    if (!m_text.isEmpty())
        result.content.append(TextBlock{m_text});
    for (const OpaqueBlock &part : m_parts)
        result.content.append(part);
    for (const Call &call : m_calls) {
        if (call.name.isEmpty())
            continue; // nothing that could be called
        ToolCallBlock block{call.id, call.name, call.arguments.toUtf8(), {}};
        if (block.input.trimmed().isEmpty())
            block.input = "{}";
        if (!call.extra.isEmpty()) {
            QJsonObject whole = call.extra;
            whole.insert("id"_L1, call.id);
            whole.insert("type"_L1, u"function"_s);
            whole.insert("function"_L1, QJsonObject{{u"name"_s, call.name}});
            block.raw = compactJson(whole);
        }
        result.content.append(std::move(block));
    }
    return result;
}

} // namespace Meanwhile::Llm
