// SPDX-License-Identifier: MIT
#include "tasks/childenvironment.h"

#include <algorithm>
#include <array>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kModelProviders{"AI21"_L1, "ANTHROPIC"_L1, "AZURE_OPENAI"_L1, "CEREBRAS"_L1, "CLAUDE"_L1,
    "COHERE"_L1, "DASHSCOPE"_L1, "DEEPINFRA"_L1, "DEEPSEEK"_L1, "FIREWORKS"_L1, "GEMINI"_L1, "GOOGLE_AI"_L1,
    "GOOGLE_GENERATIVE_AI"_L1, "GROQ"_L1, "HUGGINGFACE"_L1, "MINIMAX"_L1, "MISTRAL"_L1, "MOONSHOT"_L1,
    "NVIDIA"_L1, "OPENAI"_L1, "OPENROUTER"_L1, "PERPLEXITY"_L1, "QWEN"_L1, "REPLICATE"_L1, "TOGETHER"_L1,
    "XAI"_L1, "ZAI"_L1, "ZHIPUAI"_L1};
constexpr std::array kKeyEndings{
    "_API_KEY"_L1, "_API_KEYS"_L1, "_API_TOKEN"_L1, "_AUTH_TOKEN"_L1, "_ACCESS_TOKEN"_L1, "_OAUTH_TOKEN"_L1};

} // namespace

bool ChildEnvironment::isModelKey(const QString &name)
{
    const QString upper = name.toUpper();
    const auto isEnding = [&upper](QLatin1StringView ending) { return upper.endsWith(ending); };
    const auto isProvider = [&upper](QLatin1StringView provider) {
        return upper.startsWith(provider) && upper.size() > provider.size() &&
               upper.at(provider.size()) == u'_';
    };
    return std::any_of(kKeyEndings.begin(), kKeyEndings.end(), isEnding) &&
           std::any_of(kModelProviders.begin(), kModelProviders.end(), isProvider);
}

bool ChildEnvironment::lacksLoginShell(const QProcessEnvironment &own)
{
    return !own.contains(u"SHLVL"_s) && !own.contains(u"TERM"_s);
}

QProcessEnvironment ChildEnvironment::make(const QProcessEnvironment &own, const QString &loginPath)
{
    QProcessEnvironment environment = own;
    const QStringList names = own.keys();
    for (const QString &name : names) {
        if (isModelKey(name))
            environment.remove(name);
    }
    environment.insert(u"NO_COLOR"_s, u"1"_s);
    environment.insert(u"TERM"_s, u"dumb"_s);
    environment.insert(u"PAGER"_s, u"cat"_s);
    environment.insert(u"GIT_PAGER"_s, u"cat"_s);
    environment.insert(u"GIT_TERMINAL_PROMPT"_s, u"0"_s);
    if (!loginPath.isEmpty()) {
        QStringList folders = loginPath.split(u':', Qt::SkipEmptyParts);
        folders += own.value(u"PATH"_s).split(u':', Qt::SkipEmptyParts);
        folders.removeDuplicates();
        environment.insert(u"PATH"_s, folders.join(u':'));
    }
    return environment;
}

} // namespace Meanwhile::Tasks
