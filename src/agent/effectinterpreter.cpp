// SPDX-License-Identifier: MIT
#include "agent/effectinterpreter.h"

#include "agent/agentmachine.h"
#include "agent/effectport.h"
#include "base/overloaded.h"
#include "store/sessionjournal.h"

#include <utility>

namespace Meanwhile::Agent {

namespace {

/// An answer, and the message that follows it.
constexpr int kMaxBacklog = 2;

} // namespace

EffectInterpreter::EffectInterpreter(
    const AgentMachine &machine, EffectPort &port, Store::SessionJournal *journal)
    : m_machine(machine)
    , m_port(port)
    , m_journal(journal)
{
}

void EffectInterpreter::perform(const MachineEffects &effects)
{
    for (const MachineEffect &effect : effects)
        perform(effect);
    keepEndedCall();
}

void EffectInterpreter::perform(const MachineEffect &effect)
{
    std::visit(Overloaded{
                   [this](const SendRequest &e) { send(e); },
                   [this](const CancelRequest &e) {
                       m_unsent.reset();
                       m_port.cancelRequest(e);
                   },
                   [this](const RunCall &e) { run(e); },
                   [this](const InterruptCall &e) { m_port.interruptCall(e); },
                   [this](const SetWake &e) { m_port.setWake(e); },
                   [this](const ClearWake &) { m_port.clearWake(); },
                   [this](const SetRetry &e) { m_port.setRetry(e); },
                   [this](const ClearRetry &) { m_port.clearRetry(); },
                   [this](const Compact &e) { compact(e); },
                   [this](const CancelCompaction &e) {
                       m_unsent.reset();
                       m_port.cancelCompaction(e);
                   },
                   [this](const KeepNews &e) {
                       if (m_journal)
                           m_journal->newsKept(e.news);
                   },
                   [this](const Tell &e) { tell(e.event); },
               },
        effect);
}

// Nothing waits for a disk that keeps up.
void EffectInterpreter::send(const SendRequest &request)
{
    m_unsent.reset();
    const bool isBehind = m_journal && m_journal->unstoredMessages() > kMaxBacklog;
    if (!isBehind && m_port.isReady())
        return m_port.sendRequest(request);
    m_unsent = request;
    if (isBehind)
        m_journal->whenBacklogAtMost(kMaxBacklog, [this] { sendUnsent(); });
}

void EffectInterpreter::compact(const Compact &order)
{
    m_unsent.reset();
    if (m_port.isReady())
        m_port.compact(order);
    else
        m_unsent = order;
}

void EffectInterpreter::sendUnsent()
{
    if (const std::optional<MachineEffect> effect = std::exchange(m_unsent, {}))
        perform(*effect);
}

void EffectInterpreter::run(const RunCall &run)
{
    keepEndedCall();
    m_port.runCall(run);
    if (m_machine.hasQueuedMessages())
        m_port.interruptCall({run.call.id, Tools::Interrupt::PersonWrote});
}

void EffectInterpreter::tell(const AgentEvent &event)
{
    if (m_journal)
        keep(event);
    m_port.tell(event);
}

void EffectInterpreter::keep(const AgentEvent &event)
{
    std::visit(
        Overloaded{
            [this](const MessageAdded &e) {
                m_endedCall.reset(); // the message holds it
                m_journal->messageAdded(e.message);
            },
            [this](const MessageQueued &e) {
                m_journal->wordsQueued({e.id, e.text, e.images});
            },
            [this](const QueuedMessageRemoved &e) { m_journal->queuedWordsRemoved(e.id); },
            [this](const NewsDelivered &e) { m_journal->requestAccepted(e.request, e.news); },
            [this](const ToolCallStarted &e) { m_journal->callStarted(e.id); },
            [this](const ToolCallEnded &e) {
                keepEndedCall();
                m_endedCall = Tools::resultOf(e.id, e.outcome);
            },
            [](const OneOf<RequestSent, ResponseStarted, TextStreamed, ThinkingStreamed, ToolCallAnnounced,
                ResponseEnded, ToolCallMade, ApprovalAsked, ApprovalSettled, DeliveriesChanged,
                RetryScheduled, SilenceChanged, CompactionStarted, TurnStarted, TurnEnded, Failed> auto &) {},
        },
        event);
}

void EffectInterpreter::keepEndedCall()
{
    if (const auto ended = std::exchange(m_endedCall, {}))
        m_journal->callEnded(*ended);
}

} // namespace Meanwhile::Agent
