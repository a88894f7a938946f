// SPDX-License-Identifier: MIT
#include "llm/anthropic/anthropicthinking.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

constexpr int kLowBudget = 4'000;
constexpr int kMediumBudget = 10'000;

int thinkingBudget(ThinkingLevel level)
{
    return level == ThinkingLevel::Low      ? kLowBudget
           : level == ThinkingLevel::Medium ? kMediumBudget
                                            : kThinkingRoom;
}

bool holdsResults(const Message &message)
{
    return std::any_of(message.content.begin(), message.content.end(),
        [](const ContentBlock &block) { return std::holds_alternative<ToolResultBlock>(block); });
}

// Thinking of another protocol, or without a signature, is not sent back.
bool isSignedThinking(const ContentBlock &block)
{
    if (const auto *opaque = std::get_if<OpaqueBlock>(&block))
        return opaque->type == u"redacted_thinking"_s;
    const auto *thinking = std::get_if<ThinkingBlock>(&block);
    return thinking && QJsonDocument::fromJson(thinking->raw).object().value(u"type"_s) == u"thinking"_s;
}

// The turn begins at the last message of the person's; results of tools are in the middle of it.
bool mayBudget(const QVector<Message> &messages)
{
    qsizetype start = messages.size() - 1;
    while (start >= 0 && (messages.at(start).role != Role::User || holdsResults(messages.at(start))))
        --start;
    for (qsizetype i = std::max<qsizetype>(start, 0); i < messages.size(); ++i) {
        if (messages.at(i).role != Role::Assistant || messages.at(i).content.isEmpty())
            continue;
        return isSignedThinking(messages.at(i).content.first());
    }
    return true;
}

} // namespace

QByteArray limitsAndThinking(const LlmRequest &request)
{
    const auto [form, wish] = request.thinking;
    const ThinkingLevel level = levelFor(form, wish);
    const bool isOwn = level == ThinkingLevel::Automatic;
    const bool isOff = form == ThinkingForm::None || form == ThinkingForm::Effort ||
                       level == ThinkingLevel::Off ||
                       (form == ThinkingForm::Budget && !mayBudget(request.messages));
    const auto tokens = [&](int thinking) {
        return R"(,"max_tokens":)" + QByteArray::number(request.maxOutputTokens + thinking);
    };
    if (isOff)
        return tokens(0) + (form == ThinkingForm::DefaultOn ? R"(,"thinking":{"type":"disabled"})" : "");
    if (form == ThinkingForm::Budget) {
        const int budget = thinkingBudget(level);
        return tokens(budget) + R"(,"thinking":{"type":"enabled","budget_tokens":)" +
               QByteArray::number(budget) + '}';
    }
    // "summarized": newer models send no text of their thinking unless asked.
    QByteArray fields = tokens(kThinkingRoom) + R"(,"thinking":{"type":"adaptive","display":"summarized"})";
    if (!isOwn)
        fields += R"(,"output_config":{"effort":")" + nameOf(level).toLatin1() + R"("})";
    return fields;
}

} // namespace Meanwhile::Llm
