// SPDX-License-Identifier: MIT
#pragma once

#include <QUrl>

namespace Meanwhile::Llm {

/// What servers that speak OpenAI's protocol disagree about.
struct OpenAiDialect {
    enum class Limit {
        None,                ///< the server's own: all there is room for
        MaxTokens,           ///< max_tokens
        MaxCompletionTokens, ///< max_completion_tokens
    };

    Limit limit = Limit::MaxTokens;
    bool asksForUsage = true;       ///< stream_options is accepted
    bool takesUserAfterTool = true; ///< a user message may follow a tool message

    bool operator==(const OpenAiDialect &) const = default;
};

/// Where the parts of a Chat Completions API are, from its base address as a person gives it: with or without
/// "/v1", a slash or "/chat/completions" at its end. Empty is OpenAI itself.
///
/// Azure: a query api-version stays; where the path names no deployment, the model is taken for one
/// (https://learn.microsoft.com/azure/ai-foundry/openai/reference).
class OpenAiAddress {
public:
    explicit OpenAiAddress(QUrl base);

    bool isOpenAi() const;
    bool isAzure() const; ///< the key goes into the header api-key
    QUrl completions(const QString &model) const;
    QUrl models() const;
    OpenAiDialect dialect(const QString &model) const;

private:
    QUrl m_base;
};

} // namespace Meanwhile::Llm
