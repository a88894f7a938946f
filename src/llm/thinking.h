// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QVector>

namespace Meanwhile::Llm {

/// How a model is told to think before it answers.
///
/// Budget: Anthropic's `thinking: enabled` with a number of tokens. Adaptive: off unless asked for.
/// DefaultOn: on unless refused. Always: cannot be refused; its depth can be chosen. Effort: OpenAI's
/// `reasoning_effort`. https://platform.claude.com/docs/en/build-with-claude/thinking
enum class ThinkingForm { None, Budget, Adaptive, DefaultOn, Always, Effort };

/// Automatic: the request does not mention thinking; the model uses its default.
enum class ThinkingLevel { Automatic, Off, Low, Medium, High };

/// Tokens that a request allows for thinking on top of the answer's own. Both together stay within what the
/// smallest of these models may write.
inline constexpr int kThinkingRoom = 16'000;

struct Thinking {
    ThinkingForm form = ThinkingForm::None;
    ThinkingLevel level = ThinkingLevel::Automatic;

    bool operator==(const Thinking &) const = default;
};

/// What a person can choose for such a model, the first being what it does by itself; empty where there is no
/// choice.
QVector<ThinkingLevel> levelsOf(ThinkingForm form);
/// The level to use: the chosen one, or the form's first if it does not have that level.
ThinkingLevel levelFor(ThinkingForm form, ThinkingLevel wish);

/// As in settings and requests: "automatic", "off", "low", "medium", "high".
QString nameOf(ThinkingLevel level);
ThinkingLevel thinkingLevelFrom(const QString &word);

} // namespace Meanwhile::Llm
