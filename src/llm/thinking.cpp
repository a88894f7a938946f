// SPDX-License-Identifier: MIT
#include "llm/thinking.h"

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

QVector<ThinkingLevel> levelsOf(ThinkingForm form)
{
    using enum ThinkingLevel;
    switch (form) {
    case ThinkingForm::None:
        return {};
    case ThinkingForm::Budget:
    case ThinkingForm::Adaptive:
        return {Off, Low, Medium, High};
    case ThinkingForm::DefaultOn:
        return {Automatic, Off, Low, Medium, High};
    case ThinkingForm::Always:
    case ThinkingForm::Effort:
        return {Automatic, Low, Medium, High};
    }
    return {};
}

ThinkingLevel levelFor(ThinkingForm form, ThinkingLevel wish)
{
    const QVector<ThinkingLevel> levels = levelsOf(form);
    return levels.contains(wish) ? wish : levels.value(0);
}

QString nameOf(ThinkingLevel level)
{
    switch (level) {
    case ThinkingLevel::Automatic:
        return u"automatic"_s;
    case ThinkingLevel::Off:
        return u"off"_s;
    case ThinkingLevel::Low:
        return u"low"_s;
    case ThinkingLevel::Medium:
        return u"medium"_s;
    case ThinkingLevel::High:
        return u"high"_s;
    }
    return {};
}

ThinkingLevel thinkingLevelFrom(const QString &word)
{
    using enum ThinkingLevel;
    for (const ThinkingLevel level : {Off, Low, Medium, High}) {
        if (nameOf(level) == word)
            return level;
    }
    return Automatic;
}

} // namespace Meanwhile::Llm
