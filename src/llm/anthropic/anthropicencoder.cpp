// SPDX-License-Identifier: MIT
#include "llm/anthropic/anthropicencoder.h"

#include "base/jsontext.h"
#include "base/overloaded.h"
#include "llm/anthropic/anthropicthinking.h"

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
QJsonObject inputObject(const QByteArray &input)
{
    return jsonObjectIn(input).value_or(QJsonObject());
}

void appendCall(QByteArray &out, const ToolCallBlock &call)
{
    QJsonObject whole = QJsonDocument::fromJson(call.raw).object();
    if (whole.value("type"_L1).toString() == "tool_use"_L1) {
        whole.insert(u"input"_s, inputObject(call.input));
        out += compactJson(whole);
        return;
    }
    out += R"({"type":"tool_use","id":)";
    appendJsonString(out, call.id);
    out += R"(,"name":)";
    appendJsonString(out, call.name);
    out += R"(,"input":)" + compactJson(inputObject(call.input)) + '}';
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

// The block as it came. Blocks of another protocol are left out; so is thinking that came without a
// signature.
QByteArray ours(const QByteArray &raw, const QString &type)
{
    const QJsonObject block = QJsonDocument::fromJson(raw).object();
    return block.value("type"_L1).toString() == type ? compactJson(block) : QByteArray();
}

void appendBlock(QByteArray &out, const ContentBlock &block)
{
    std::visit(Overloaded{
                   [&](const TextBlock &b) { appendText(out, b.text); },
                   [&](const ThinkingBlock &b) { out += ours(b.raw, u"thinking"_s); },
                   [&](const ToolCallBlock &b) { appendCall(out, b); },
                   [&](const ToolResultBlock &b) { appendResult(out, b); },
                   [&](const ImageBlock &b) { appendImage(out, b); },
                   [&](const NewsBlock &b) { appendText(out, b.text); },
                   [&](const OpaqueBlock &b) { out += ours(b.raw, b.type); },
                   [](const CompactionBlock &) {}, // records are in no request
                   [](const OmissionBlock &) {},
                   [](const RestoreBlock &) {},
                   [](const EndBlock &) {},
                   [](const FailureBlock &) {},
               },
        block);
}

} // namespace

QByteArray AnthropicEncoder::encodeMessage(const Message &message)
{
    QByteArray blocks;
    for (const ContentBlock &block : message.content) {
        const qsizetype before = blocks.size();
        if (before > 0)
            blocks += ',';
        const qsizetype start = blocks.size();
        appendBlock(blocks, block);
        if (blocks.size() == start)
            blocks.truncate(before);
    }
    if (blocks.isEmpty())
        return {};
    return R"({"role":")" + nameOf(message.role).toLatin1() + R"(","content":[)" + blocks + "]}";
}

QByteArray AnthropicEncoder::encode(const LlmRequest &request)
{
    const qsizetype lastEnd = m_messages.update(request, encodeMessage);
    const QByteArray &messages = m_messages.bytes();
    const QVector<qsizetype> &ends = m_messages.ends();
    QByteArray body;
    body.reserve(messages.size() + 16'384);
    body += R"({"model":)" + jsonString(request.model) + limitsAndThinking(request) +
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
    for (const qsizetype end : {lastEnd, ends.size()}) {
        // A mark goes into the last block, before its brace. Blocks of answers may be of a kind that takes
        // none.
        const bool takesMark = end > 0 && request.messages.at(end - 1).role == Role::User;
        const qsizetype at = takesMark ? ends.at(end - 1) - 3 : -1;
        if (at < done)
            continue;
        body.append(messages.constData() + done, at - done);
        body += kMark;
        done = at;
        if (end == ends.size())
            break; // both marks would stand in the same place
    }
    body.append(messages.constData() + done, messages.size() - done);
    body += "]}";
    return body;
}

} // namespace Meanwhile::Llm
