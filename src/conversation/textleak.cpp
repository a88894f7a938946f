// SPDX-License-Identifier: MIT
#include "conversation/textleak.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace Meanwhile::Conversation {

using namespace Qt::StringLiterals;

namespace {

// Of Hermes and Qwen, Llama, Mistral, DeepSeek, Kimi, GLM, Gemma, LFM2, MiniMax, Anthropic's own, gpt-oss,
// ReAct.
constexpr char16_t kCallMarks[] =
    uR"(</?(\w+:)?tool_calls?>|<\|?/?tool_calls?(_\w+)?\|?>|<function=[^>\n]*>|<function_calls?>|<(\w+:)?invoke name=)"
    uR"(|<\|python_tag\|>|\[/?TOOL_CALLS\]|\[ARGS\]|<[|｜](\w+▁|DSML|tool▁)|<[|｜]?tool▁|</?arg_(key|value)>)"
    uR"(|<(start|end)_function_call>|<\|(channel|constrain|call)\|>|\bto=functions\.\w)"
    uR"(|^Action: *\w+ *\n+Action Input:)";
constexpr char16_t kThinkingMarks[] =
    uR"(</?think(ing)?>|\[/?THINK\]|<\|(START|END)_THINKING\|>|<seed:think>)";
// "[read_file(path="a")]" and nothing else.
constexpr char16_t kPythonCall[] = uR"(^\[\s*\w+\([^\n]*\)\s*\]$)";

QRegularExpression expression(const char16_t *pattern, QRegularExpression::PatternOptions options = {})
{
    return QRegularExpression(QString::fromUtf16(pattern), options);
}

QString withoutCode(QString text)
{
    static const QRegularExpression blocks(uR"(^ *(`{3,}|~{3,})[^\n]*\n.*?(^ *\1|\z))"_s,
        QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression spans(uR"((`+)[^`\n]+\1)"_s);
    return text.remove(blocks).remove(spans);
}

bool isCall(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    const QJsonObject function = object.value("function"_L1).toObject();
    const QJsonObject call = function.isEmpty() ? object : function;
    const auto name = call.contains("name"_L1) ? call.value("name"_L1) : call.value("tool_name"_L1);
    return name.isString() && (call.contains("arguments"_L1) || call.contains("parameters"_L1));
}

// Also in a fence, where a model asked for a call often puts it.
bool isCallAlone(const QString &text)
{
    static const QRegularExpression fence(
        uR"(^```\w*\n(.*)\n```$)"_s, QRegularExpression::DotMatchesEverythingOption);
    const QString trimmed = text.trimmed();
    const auto match = fence.match(trimmed);
    const QString json = match.hasMatch() ? match.captured(1) : trimmed;
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8());
    if (document.isObject())
        return isCall(document.object());
    const QJsonArray list = document.array();
    return !list.isEmpty() && std::all_of(list.begin(), list.end(), isCall);
}

} // namespace

TextLeak leakIn(const QString &text)
{
    static const QRegularExpression calls = expression(kCallMarks, QRegularExpression::MultilineOption);
    static const QRegularExpression thoughts = expression(kThinkingMarks);
    static const QRegularExpression python = expression(kPythonCall);
    const QString prose = withoutCode(text);
    if (calls.match(prose).hasMatch() || isCallAlone(text) || python.match(text.trimmed()).hasMatch())
        return TextLeak::Call;
    return thoughts.match(prose).hasMatch() ? TextLeak::Thinking : TextLeak::None;
}

} // namespace Meanwhile::Conversation
