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

/// Automatic: nothing is said, and the model does what it does by itself.
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
/// The level that is in force: a wish that this form does not know is its first.
ThinkingLevel levelFor(ThinkingForm form, ThinkingLevel wish);

/// As in settings and requests: "automatic", "off", "low", "medium", "high".
QString nameOf(ThinkingLevel level);
ThinkingLevel thinkingLevelFrom(const QString &word);

} // namespace Meanwhile::Llm
