// SPDX-License-Identifier: MIT
#include "fuzz/fuzzanswer.h"
#include "llm/anthropic/anthropicencoder.h"
#include "llm/anthropic/anthropicparser.h"
#include "llm/openai/openaiencoder.h"

#include <QJsonDocument>

using namespace Meanwhile;

// What was read can be sent back, also to the other kind of provider.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto message = Fuzz::readAnswer<Llm::AnthropicParser>(Fuzz::pieces(data, size));
    if (!message)
        return 0;
    for (const QByteArray &json :
        {Llm::AnthropicEncoder::encodeMessage(*message), Llm::OpenAiEncoder::encodeMessage(*message, {})})
        Fuzz::require(json.isEmpty() || QJsonDocument::fromJson(json).isObject());
    return 0;
}
