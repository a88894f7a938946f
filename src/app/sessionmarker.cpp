// SPDX-License-Identifier: MIT
#include "app/sessionmarker.h"

#include "base/overloaded.h"

#include <utility>

namespace Meanwhile::App {

using Store::SessionMark;

SessionMarker::SessionMarker(
    Agent::AgentController &controller, Store::SessionJournal *journal, SessionMark stored)
    : m_controller(controller)
    , m_journal(journal)
    , m_isUnseen(stored == SessionMark::Finished)
    , m_hasFailed(stored == SessionMark::Failed)
    , m_kept(stored)
{
    connect(&controller, &Agent::AgentController::happened, this, &SessionMarker::note);
    connect(&controller, &Agent::AgentController::pendingWorkChanged, this, &SessionMarker::keep);
    // The journal writes the mark with every message, so it has to know the stored one.
    if (m_journal && stored != SessionMark::None)
        m_journal->markChanged(m_kept);
    keep();
}

SessionMark SessionMarker::mark() const
{
    if (m_controller.isWorking())
        return SessionMark::Waits;
    if (m_hasFailed)
        return SessionMark::Failed;
    const Agent::PendingWork pending = m_controller.pendingWork();
    return pending.isUnanswered || pending.unsent > 0 ? SessionMark::Waits
           : m_isUnseen                               ? SessionMark::Finished
                                                      : SessionMark::None;
}

void SessionMarker::setShown(bool isShown)
{
    m_isShown = isShown;
    if (isShown)
        m_isUnseen = false;
    keep();
}

void SessionMarker::note(const Agent::AgentEvent &event)
{
    using namespace Agent;
    if (isPiece(event))
        return;
    std::visit(
        Overloaded{
            [this](const TurnStarted &) { m_hasFailed = m_isUnseen = false; },
            [this](const TurnEnded &e) {
                m_hasFailed = e.how == TurnEnded::How::Failed || e.how == TurnEnded::How::EndedBadly;
                m_isUnseen = !m_isShown && e.how != TurnEnded::How::StoppedByPerson;
            },
            [](const OneOf<MessageAdded, RequestSent, ResponseStarted, TextStreamed, ThinkingStreamed,
                ToolCallAnnounced, ResponseEnded, ToolCallMade, ToolCallStarted, ToolCallEnded, ApprovalAsked,
                ApprovalSettled, MessageQueued, QueuedMessageRemoved, NewsDelivered, DeliveriesChanged,
                RetryScheduled, SilenceChanged, CompactionStarted, Failed> auto &) {},
        },
        event);
    keep();
}

void SessionMarker::keep()
{
    const SessionMark now = mark();
    if (std::exchange(m_kept, now) != now && m_journal)
        m_journal->markChanged(now);
}

} // namespace Meanwhile::App
