// SPDX-License-Identifier: MIT
#include "conversation/message.h"

namespace Meanwhile::Conversation {

using namespace Qt::StringLiterals;

QString nameOf(StopReason reason)
{
    switch (reason) {
    case StopReason::EndTurn:
        return u"end_turn"_s;
    case StopReason::ToolUse:
        return u"tool_use"_s;
    case StopReason::MaxTokens:
        return u"max_tokens"_s;
    case StopReason::StopSequence:
        return u"stop_sequence"_s;
    case StopReason::Refusal:
        return u"refusal"_s;
    case StopReason::PauseTurn:
        return u"pause_turn"_s;
    case StopReason::Other:
        break;
    }
    return u"other"_s;
}

QString nameOf(Role role)
{
    switch (role) {
    case Role::User:
        return u"user"_s;
    case Role::Assistant:
        return u"assistant"_s;
    case Role::Record:
        break;
    }
    return u"record"_s;
}

QString plainText(const Message &message)
{
    QStringList texts;
    for (const ContentBlock &block : message.content) {
        if (const auto *text = std::get_if<TextBlock>(&block))
            texts += text->text;
    }
    return texts.join(u'\n');
}

QVector<ToolCallBlock> toolCalls(const Message &message)
{
    QVector<ToolCallBlock> calls;
    for (const ContentBlock &block : message.content) {
        if (const auto *call = std::get_if<ToolCallBlock>(&block))
            calls += *call;
    }
    return calls;
}

QVector<NewsId> newsToldBy(const ContentBlock &block)
{
    if (const auto *news = std::get_if<NewsBlock>(&block))
        return news->news;
    const auto *result = std::get_if<ToolResultBlock>(&block);
    return result ? result->toldNews : QVector<NewsId>();
}

} // namespace Meanwhile::Conversation
