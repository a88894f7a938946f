// SPDX-License-Identifier: MIT
#include "simulatedjournal.h"

#include "support/newskey.h"

#include <utility>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;
using namespace Agent;
using namespace Conversation;

SimulatedJournal::SimulatedJournal(quint64 seed, Mutant &mutant)
    : m_random(~seed)
    , m_mutant(mutant)
    , m_isSlow(m_random.next64() % 3 == 0)
{
}

int SimulatedJournal::unstoredMessages() const
{
    return m_mutant.strikesAs(Mutant::Kind::SendsBeforeItKeeps) ? 0 : m_unstored;
}

void SimulatedJournal::whenBacklogAtMost(int, std::function<void()> then)
{
    m_then = std::move(then);
    m_isAwaited = true;
}

void SimulatedJournal::messageAdded(const Message &message)
{
    if (m_mutant.strikesAs(Mutant::Kind::TellsBeforeItKeeps))
        m_late = message;
    else
        keep(message);
}

void SimulatedJournal::keep(const Message &message)
{
    m_history.append(message);
    m_unstored += m_isSlow;
    for (const ContentBlock &block : message.content) {
        for (const QString &key : keysOf(newsToldBy(block)))
            m_outbox.remove(key);
        if (const auto *result = std::get_if<ToolResultBlock>(&block)) {
            m_calls.remove(result->callId);
            m_ended.remove(result->callId);
        }
    }
}

void SimulatedJournal::newsKept(const Tasks::News &news)
{
    m_outbox.insert(keyOf(news.id));
}

void SimulatedJournal::callStarted(const QString &callId)
{
    m_calls.insert(callId, {callId, {}, {}});
}

void SimulatedJournal::callEnded(const ToolResultBlock &result)
{
    if (m_mutant.strikesAs(Mutant::Kind::ForgetsAnEndedCall))
        return;
    for (int times = m_mutant.strikesAs(Mutant::Kind::KeepsAnEndTwice) ? 2 : 1; times > 0; --times) {
        if (!m_ended.contains(result.callId) || m_calls.value(result.callId).result)
            fail(u"the end of call %1 is kept twice, or is in a message"_s.arg(result.callId));
        m_calls.insert(result.callId, {result.callId, {}, result});
    }
}

bool SimulatedJournal::isDue()
{
    return m_unstored > 0 && m_random.next64() % 100 < 8;
}

void SimulatedJournal::catchUp()
{
    m_unstored = 0;
    m_isAwaited = false;
    if (const auto then = std::exchange(m_then, {}))
        then();
}

void SimulatedJournal::crash()
{
    m_unstored = 0;
    m_isAwaited = false;
    m_then = {};
    m_words.clear();
}

void SimulatedJournal::hear(const AgentEvent &event)
{
    if (const auto *added = std::get_if<MessageAdded>(&event)) {
        if (m_history.isEmpty() || m_history.messages().last().id != added->message.id)
            fail(u"message %1 is told before it is kept"_s.arg(added->message.id));
        if (const auto late = std::exchange(m_late, {}))
            keep(*late);
    } else if (const auto *queued = std::get_if<MessageQueued>(&event)) {
        if (!m_words.contains(queued->id))
            fail(u"%1 is told as queued before it is kept"_s.arg(queued->id));
    } else if (const auto *removed = std::get_if<QueuedMessageRemoved>(&event)) {
        if (m_words.contains(removed->id))
            fail(u"%1 is told as removed and kept as queued"_s.arg(removed->id));
    } else if (const auto *delivered = std::get_if<NewsDelivered>(&event)) {
        if (delivered->request != m_accepted)
            fail(u"request %1 is told as accepted before it is kept"_s.arg(delivered->request));
    } else if (const auto *started = std::get_if<ToolCallStarted>(&event)) {
        if (!m_calls.contains(started->id))
            fail(u"call %1 is told as started before it is kept"_s.arg(started->id));
    } else if (const auto *ended = std::get_if<ToolCallEnded>(&event)) {
        m_ended.insert(ended->id);
    }
}

void SimulatedJournal::checkEnds()
{
    for (const QString &id : std::as_const(m_ended)) {
        if (!m_calls.value(id).result)
            fail(u"call %1 has ended, and a crash would forget it"_s.arg(id));
    }
}

void SimulatedJournal::fail(const QString &what)
{
    if (m_problem.isEmpty())
        m_problem = what;
}

} // namespace Meanwhile::Testing
