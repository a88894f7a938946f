// SPDX-License-Identifier: MIT
#include "agent/givencallids.h"

#include <algorithm>

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;

QString GivenCallIds::unique(const QString &given)
{
    QString id = given;
    for (int n = 2; id.isEmpty() || m_used.contains(id); ++n)
        id = u"%1_%2"_s.arg(given.isEmpty() ? u"call"_s : given).arg(n);
    m_used.insert(id);
    return id;
}

QString GivenCallIds::announce(const QString &given)
{
    m_announced.append({given, unique(given)});
    return m_announced.last().second;
}

void GivenCallIds::giveTo(Conversation::Message &answer)
{
    for (Conversation::ContentBlock &block : answer.content) {
        auto *call = std::get_if<Conversation::ToolCallBlock>(&block);
        if (!call)
            continue;
        const auto announced = std::find_if(m_announced.begin(), m_announced.end(),
            [&](const auto &known) { return known.first == call->id; });
        if (announced == m_announced.end()) {
            call->id = unique(call->id);
        } else {
            call->id = announced->second;
            m_announced.erase(announced);
        }
    }
    forgetAnnounced();
}

void GivenCallIds::forgetAnnounced()
{
    for (const auto &announced : std::exchange(m_announced, {}))
        m_used.remove(announced.second);
}

} // namespace Meanwhile::Agent
