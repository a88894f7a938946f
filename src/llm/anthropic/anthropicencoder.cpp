// SPDX-License-Identifier: MIT
#include "llm/anthropic/anthropicencoder.h"

#include "base/jsontext.h"
#include "base/overloaded.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

constexpr char kMark[] = R"(,"cache_control":{"type":"ephemeral"})";

void appendText(QByteArray &out, const QString &text)
{
    out += R"({"type":"text","text":)";
    appendJsonString(out, text);
    out += '}';
}

void appendImage(QByteArray &out, const ImageBlock &image)
{
    out += R"({"type":"image","source":{"type":"base64","media_type":)";
    appendJsonString(out, image.mediaType);
    out += R"(,"data":")" + image.bytes.toBase64() + R"("}})";
}

// The API takes an object only. What the model wrote may be no JSON at all; its call was answered with an
// error then.
QByteArray inputObject(const QByteArray &input)
{
    const QJsonDocument document = QJsonDocument::fromJson(input);
    return document.isObject() ? document.toJson(QJsonDocument::Compact) : QByteArray("{}");
}

void appendCall(QByteArray &out, const ToolCallBlock &call)
{
    if (!call.raw.isEmpty()) {
        QJsonObject whole = QJsonDocument::fromJson(call.raw).object();
        whole.insert(u"input"_s, QJsonDocument::fromJson(call.input).object());
        out += compactJson(whole);
        return;
    }
    out += R"({"type":"tool_use","id":)";
    appendJsonString(out, call.id);
    out += R"(,"name":)";
    appendJsonString(out, call.name);
    out += R"(,"input":)" + inputObject(call.input) + '}';
}

void appendResult(QByteArray &out, const ToolResultBlock &result)
{
    out += R"({"type":"tool_result","tool_use_id":)";
    appendJsonString(out, result.callId);
    if (result.isError)
        out += R"(,"is_error":true)";
    out += R"(,"content":[)";
    // An empty text block is refused.
    appendText(out, result.text.trimmed().isEmpty() ? u"(no output)"_s : result.text);
    for (const ImageBlock &image : result.images) {
        out += ',';
        appendImage(out, image);
    }
    out += "]}";
}

} // namespace

QByteArray AnthropicEncoder::encodeMessage(const Message &message)
{
    QByteArray out = R"({"role":")" + nameOf(message.role).toLatin1() + R"(","content":[)";
    bool first = true;
    for (const ContentBlock &block : message.content) {
        if (!std::exchange(first, false))
            out += ',';
        std::visit(Overloaded{
                       [&](const TextBlock &b) { appendText(out, b.text); },
                       [&](const ThinkingBlock &b) { out += b.raw; },
                       [&](const ToolCallBlock &b) { appendCall(out, b); },
                       [&](const ToolResultBlock &b) { appendResult(out, b); },
                       [&](const ImageBlock &b) { appendImage(out, b); },
                       [&](const NotificationBlock &b) { appendText(out, b.text); },
                       [&](const OpaqueBlock &b) { out += b.raw; },
                   },
            block);
    }
    return out + "]}";
}

QByteArray AnthropicEncoder::encode(const LlmRequest &request)
{
    if (request.generation != m_generation || request.messages.size() < m_markOffsets.size()) {
        m_messages.clear();
        m_markOffsets.clear();
        m_lastEnd = 0;
        m_generation = request.generation;
    }
    for (qsizetype i = m_markOffsets.size(); i < request.messages.size(); ++i) {
        if (i > 0)
            m_messages += ',';
        m_messages += encodeMessage(request.messages.at(i));
        // A mark goes into the last block, before its brace. Blocks of answers may be of a kind that takes
        // none.
        m_markOffsets.append(request.messages.at(i).role == Role::User ? m_messages.size() - 3 : -1);
    }

    QByteArray body;
    body.reserve(m_messages.size() + 16'384);
    body += R"({"model":)" + jsonString(request.model) + R"(,"max_tokens":)" +
            QByteArray::number(request.maxOutputTokens) +
            R"(,"stream":true,"system":[{"type":"text","text":)" + jsonString(request.system) + kMark +
            R"(}],"tools":[)";
    bool first = true;
    for (const ToolDefinition &tool : request.tools) {
        if (!std::exchange(first, false))
            body += ',';
        body += R"({"name":)" + jsonString(tool.name) + R"(,"description":)" + jsonString(tool.description) +
                R"(,"input_schema":)" + tool.inputSchema + '}';
    }
    body += R"(],"messages":[)";
    qsizetype done = 0;
    for (const qsizetype end : {m_lastEnd, m_markOffsets.size()}) {
        const qsizetype at = end > 0 ? m_markOffsets.at(end - 1) : -1;
        if (at < done)
            continue;
        body.append(m_messages.constData() + done, at - done);
        body += kMark;
        done = at;
        if (end == m_markOffsets.size())
            break; // both marks would stand in the same place
    }
    body.append(m_messages.constData() + done, m_messages.size() - done);
    body += "]}";
    m_lastEnd = m_markOffsets.size();
    return body;
}

} // namespace Meanwhile::Llm
