// SPDX-License-Identifier: MIT
#include "app/window/clientawaitingkey.h"

#include "llm/httpanswer.h"

namespace Meanwhile::App {

using namespace Qt::StringLiterals;

ClientAwaitingKey::ClientAwaitingKey(std::unique_ptr<Llm::LlmClient> withoutKey)
    : m_withoutKey(std::move(withoutKey))
{
}

ClientAwaitingKey::~ClientAwaitingKey() = default;

Llm::LlmStream *ClientAwaitingKey::send([[maybe_unused]] const Llm::LlmRequest &request, QObject *parent)
{
    return new Llm::FailedAnswer(
        {ErrorKind::Conflict, {}, u"A client was asked that still waits for its key."_s}, parent);
}

} // namespace Meanwhile::App
