// SPDX-License-Identifier: MIT
#include "llm/providerpreset.h"

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

QVector<ProviderPreset> providerPresets()
{
    return {
        {u"OpenRouter"_s, u"https://openrouter.ai/api/v1"_s, u"openai"_s, true},
        {u"DeepSeek"_s, u"https://api.deepseek.com/v1"_s, u"openai"_s, true},
        {u"Mistral"_s, u"https://api.mistral.ai/v1"_s, u"openai"_s, true},
        {u"Groq"_s, u"https://api.groq.com/openai/v1"_s, u"openai"_s, true},
        {u"Ollama"_s, u"http://127.0.0.1:11434/v1"_s, u"openai"_s, false},
        {u"llama.cpp"_s, u"http://127.0.0.1:8080/v1"_s, u"openai"_s, false},
        {u"vLLM"_s, u"http://127.0.0.1:8000/v1"_s, u"openai"_s, false},
        {u"LM Studio"_s, u"http://127.0.0.1:1234/v1"_s, u"openai"_s, false},
    };
}

} // namespace Meanwhile::Llm
