// SPDX-License-Identifier: MIT
#include "llm/openai/openaiencoder.h"

#include "base/jsontext.h"
#include "llm/openai/openaiparser.h"

#include <QJsonDocument>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

void appendPart(QByteArray &parts, const QByteArray &part)
{
    if (!parts.isEmpty())
        parts += ',';
    parts += part;
}

QByteArray textPart(const QString &text)
{
    return R"({"type":"text","text":)" + jsonString(text) + '}';
}

QByteArray imagePart(const ImageBlock &image)
{
    return R"({"type":"image_url","image_url":{"url":)" +
           jsonString(u"data:"_s + image.mediaType).chopped(1) + ";base64," + image.bytes.toBase64() +
           R"("}})";
}

QByteArray toolMessage(const ToolResultBlock &result)
{
    // An empty answer is refused by some; there is no field for failure.
    QString text = result.text.trimmed().isEmpty() ? u"(no output)"_s : result.text;
    if (result.isError)
        text.prepend(u"Error: "_s);
    return R"({"role":"tool","tool_call_id":)" + jsonString(result.callId) + R"(,"content":)" +
           jsonString(text) + '}';
}

QByteArray userMessage(const Message &message, const OpenAiDialect &dialect)
{
    QByteArray results;
    QByteArray parts;
    QStringList texts;
    bool hasImages = false;
    const auto addText = [&](const QString &text) {
        texts += text;
        appendPart(parts, textPart(text));
    };
    const auto addImage = [&](const ImageBlock &image) {
        hasImages = true;
        appendPart(parts, imagePart(image));
    };
    for (const ContentBlock &block : message.content) {
        if (const auto *result = std::get_if<ToolResultBlock>(&block)) {
            appendPart(results, toolMessage(*result));
            if (!result->images.isEmpty())
                addText(u"Images of the tool result %1:"_s.arg(result->callId));
            for (const ImageBlock &image : result->images)
                addImage(image);
        } else if (const auto *text = std::get_if<TextBlock>(&block)) {
            addText(text->text);
        } else if (const auto *news = std::get_if<NewsBlock>(&block)) {
            addText(news->text);
        } else if (const auto *image = std::get_if<ImageBlock>(&block)) {
            addImage(*image);
        }
    }
    if (parts.isEmpty())
        return results;
    if (!results.isEmpty() && !dialect.takesUserAfterTool)
        appendPart(results, R"({"role":"assistant","content":"Understood."})");
    // A plain string where it will do: small servers know nothing else.
    const QByteArray content = hasImages ? '[' + parts + ']' : jsonString(texts.join(u"\n\n"_s));
    appendPart(results, R"({"role":"user","content":)" + content + '}');
    return results;
}

// What the model wrote may be no JSON at all; its call was answered with an error then, and servers that
// parse it would refuse the conversation.
QByteArray callPart(const ToolCallBlock &call)
{
    // An object is sent as it was written, unless an escape in it may be half a character.
    const bool isPlain = !call.input.contains("\\ud") && !call.input.contains("\\uD") &&
                         QJsonDocument::fromJson(call.input).isObject();
    const QByteArray arguments =
        isPlain ? call.input : compactJson(jsonObjectIn(call.input).value_or(QJsonObject()));
    QJsonObject extra = QJsonDocument::fromJson(call.raw).object();
    QByteArray out = R"({"id":)" + jsonString(call.id) + R"(,"type":"function","function":{"name":)" +
                     jsonString(call.name) + R"(,"arguments":)" + jsonString(QString::fromUtf8(arguments)) +
                     '}';
    if (extra.contains("function"_L1)) { // else the block is another protocol's
        for (const auto known : {"id"_L1, "type"_L1, "function"_L1})
            extra.remove(known);
        if (!extra.isEmpty())
            out += ',' + compactJson(extra).sliced(1).chopped(1);
    }
    return out + '}';
}

// The fields that a provider sent with its calls and wants back with them.
QByteArray reasoningFields(const ThinkingBlock &thinking)
{
    QByteArray out;
    const QJsonObject fields = QJsonDocument::fromJson(thinking.raw).object();
    for (const auto name : {"reasoning_content"_L1, "reasoning_details"_L1}) {
        if (fields.contains(name))
            out += ',' + compactJson({{name, fields.value(name)}}).sliced(1).chopped(1);
    }
    return out;
}

QByteArray assistantMessage(const Message &message)
{
    QString text;
    QByteArray parts;
    QByteArray calls;
    QByteArray reasoning;
    bool hasOpaque = false;
    for (const ContentBlock &block : message.content) {
        if (const auto *words = std::get_if<TextBlock>(&block)) {
            text += words->text;
            appendPart(parts, textPart(words->text));
        } else if (const auto *call = std::get_if<ToolCallBlock>(&block)) {
            appendPart(calls, callPart(*call));
        } else if (const auto *thinking = std::get_if<ThinkingBlock>(&block)) {
            reasoning = reasoningFields(*thinking);
        } else if (const auto *opaque = std::get_if<OpaqueBlock>(&block)) {
            if (opaque->type.startsWith(OpenAiParser::kOpaquePrefix)) {
                hasOpaque = true;
                appendPart(parts, compactJson(QJsonDocument::fromJson(opaque->raw).object()));
            }
        }
    }
    if (parts.isEmpty() && calls.isEmpty())
        return {};
    QByteArray out = R"({"role":"assistant","content":)";
    if (hasOpaque)
        out += '[' + parts + ']';
    else
        out += text.isEmpty() ? "null" : jsonString(text);
    if (!calls.isEmpty())
        out += reasoning + R"(,"tool_calls":[)" + calls + ']';
    return out + '}';
}

} // namespace

QByteArray OpenAiEncoder::encodeMessage(const Message &message, const OpenAiDialect &dialect)
{
    return message.role == Role::User ? userMessage(message, dialect) : assistantMessage(message);
}

QByteArray OpenAiEncoder::encode(const LlmRequest &request, const OpenAiDialect &dialect)
{
    if (dialect != std::exchange(m_dialect, dialect))
        m_messages.clear();
    m_messages.update(request, [&](const Message &message) { return encodeMessage(message, dialect); });

    QByteArray body;
    body.reserve(m_messages.bytes().size() + 16'384);
    body += R"({"model":)" + jsonString(request.model) + R"(,"stream":true)";
    if (dialect.asksForUsage)
        body += R"(,"stream_options":{"include_usage":true})";
    const bool thinks = request.thinking.form == ThinkingForm::Effort;
    const ThinkingLevel level = levelFor(request.thinking.form, request.thinking.level);
    if (thinks && level != ThinkingLevel::Automatic)
        body += R"(,"reasoning_effort":")" + nameOf(level).toLatin1() + '"';
    if (request.maxOutputTokens > 0 && dialect.limit != OpenAiDialect::Limit::None) {
        body += dialect.limit == OpenAiDialect::Limit::MaxTokens ? R"(,"max_tokens":)"
                                                                 : R"(,"max_completion_tokens":)";
        body += QByteArray::number(request.maxOutputTokens + (thinks ? kThinkingRoom : 0));
    }
    QByteArray tools;
    for (const ToolDefinition &tool : request.tools) {
        appendPart(tools, R"({"type":"function","function":{"name":)" + jsonString(tool.name) +
                              R"(,"description":)" + jsonString(tool.description) + R"(,"parameters":)" +
                              tool.inputSchema + "}}");
    }
    if (!tools.isEmpty())
        body += R"(,"tools":[)" + tools + ']';
    body += R"(,"messages":[{"role":"system","content":)" + jsonString(request.system) + '}';
    // Appended as it is: all that was ever said is in there, and each copy of it costs.
    if (!m_messages.bytes().isEmpty()) {
        body += ',';
        body += m_messages.bytes();
    }
    body += "]}";
    return body;
}

} // namespace Meanwhile::Llm
