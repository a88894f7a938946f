// SPDX-License-Identifier: MIT
#include "conversation/ending.h"

#include "conversation/textleak.h"

#include <QCoreApplication>

#include <algorithm>

namespace Meanwhile::Conversation {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Meanwhile::Conversation::Ending)
};

QString shown(const QString &word)
{
    return word.simplified().left(60);
}

QString refusalText(const Message &answer)
{
    if (answer.stopWord.isEmpty() || answer.stopWord.compare(u"refusal"_s, Qt::CaseInsensitive) == 0)
        return Text::tr("The model declined to go on with this request.");
    return Text::tr("The provider's filter ended the answer (%1). Word the request in another way, or choose "
                    "another model.")
        .arg(shown(answer.stopWord));
}

/// The words for this reason; empty where the agent ended its turn itself.
QString reasonText(const Message &answer)
{
    const bool isEmpty = saysNothing(answer);
    switch (answer.stopReason) {
    case StopReason::MaxTokens:
        return isEmpty ? Text::tr("The reply hit the length limit before it said anything.")
                       : Text::tr("The reply hit the length limit.");
    case StopReason::Refusal:
        return refusalText(answer);
    case StopReason::StopSequence:
        return Text::tr("The server ended the answer at a stop sequence, so it may be incomplete.");
    case StopReason::Other:
        return answer.stopWord.isEmpty()
                   ? Text::tr("The answer ended without saying why, so it may be incomplete.")
                   : Text::tr("The answer ended for a reason that is not known here (%1), so it may be "
                              "incomplete.")
                         .arg(shown(answer.stopWord));
    case StopReason::ToolUse:
        return toolCalls(answer).isEmpty()
                   ? Text::tr(
                         "The model meant to call a tool, but its answer holds no call. Try again; where "
                         "that does not help, the server does not read this model's calls.")
                   : QString();
    case StopReason::EndTurn:
        return isEmpty ? Text::tr("The answer was empty: the model said nothing and called no tool. Try "
                                  "again, or choose another model.")
                       : QString();
    case StopReason::PauseTurn:
        break;
    }
    return {};
}

QString leakText(TextLeak leak)
{
    switch (leak) {
    case TextLeak::Call:
        return Text::tr(
            "The model wrote a call of a tool as text, so nothing was run: the server's tool parser is off, "
            "or "
            "does not know this model. Start the server with it (llama.cpp: --jinja; vLLM: "
            "--enable-auto-tool-choice and --tool-call-parser; SGLang: --tool-call-parser), update it, or "
            "choose another model.");
    case TextLeak::Thinking:
        return Text::tr(
            "The model's reasoning stands in its answer: the server's reasoning parser is off, or does not "
            "know this model (llama.cpp: --reasoning-format auto; vLLM and SGLang: --reasoning-parser).");
    case TextLeak::None:
        break;
    }
    return {};
}

Ending endingOf(const EndBlock &block)
{
    switch (block.why) {
    case EndBlock::Why::RequestLimit:
        return {Text::tr("Stopped: the request limit for this turn was reached."), false, false};
    case EndBlock::Why::Stopped: // the window has its own words for it
    case EndBlock::Why::NoProgress:
        break;
    }
    return {
        Text::tr("The turn ended: %1 answers in a row got nothing done. Say what to do differently, or let "
                 "it go on.")
            .arg(block.count),
        true, true};
}

} // namespace

bool saysNothing(const Message &answer)
{
    return std::all_of(answer.content.begin(), answer.content.end(), [](const ContentBlock &block) {
        if (const auto *text = std::get_if<TextBlock>(&block))
            return text->text.trimmed().isEmpty();
        const auto *opaque = std::get_if<OpaqueBlock>(&block);
        return std::holds_alternative<ThinkingBlock>(block) ||
               (opaque && opaque->type == u"redacted_thinking"_s);
    });
}

std::optional<Ending> endingOf(const Message &message)
{
    if (message.role == Role::Record) {
        for (const ContentBlock &block : message.content) {
            if (const auto *end = std::get_if<EndBlock>(&block); end && end->why != EndBlock::Why::Stopped)
                return endingOf(*end);
        }
        return std::nullopt;
    }
    if (message.role != Role::Assistant || message.completeness != Completeness::Complete)
        return std::nullopt;
    Ending ending;
    ending.words = reasonText(message);
    ending.isFailure = !ending.words.isEmpty();
    ending.canContinue = ending.isFailure && message.stopReason != StopReason::Refusal;
    if (!toolCalls(message).isEmpty() && message.stopReason != StopReason::Refusal) {
        ending.isFailure = ending.canContinue = false; // the turn continues with the results of the calls
    } else {
        const TextLeak leak = leakIn(plainText(message));
        ending.words = (ending.words + u' ' + leakText(leak)).trimmed();
        ending.isFailure |= leak == TextLeak::Call;
    }
    if (ending.words.isEmpty())
        return std::nullopt;
    return ending;
}

bool hasTurnEnded(const History &history)
{
    const QVector<Message> &messages = history.messages();
    for (auto last = messages.rbegin(); last != messages.rend(); ++last) {
        if (last->role != Role::Record)
            return toolCalls(*last).isEmpty() && endingOf(*last).has_value();
        const bool tellsOfEnd =
            std::any_of(last->content.begin(), last->content.end(), [](const ContentBlock &block) {
                return std::holds_alternative<EndBlock>(block) || std::holds_alternative<FailureBlock>(block);
            });
        if (tellsOfEnd)
            return true;
    }
    return false;
}

} // namespace Meanwhile::Conversation
