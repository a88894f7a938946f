// SPDX-License-Identifier: MIT
#include "app/window/unreadyclient.h"

#include "llm/httpanswer.h"

namespace Meanwhile::App {

using namespace Qt::StringLiterals;

UnreadyClient::UnreadyClient(std::unique_ptr<Llm::LlmClient> unready)
    : m_unready(std::move(unready))
{
}

UnreadyClient::~UnreadyClient() = default;

Llm::LlmStream *UnreadyClient::send([[maybe_unused]] const Llm::LlmRequest &request, QObject *parent)
{
    return new Llm::FailedAnswer(
        {ErrorKind::Conflict, {}, u"A client was asked that is not ready."_s}, parent);
}

} // namespace Meanwhile::App
