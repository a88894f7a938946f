// SPDX-License-Identifier: MIT
#include "app/sessionmarker.h"

#include <utility>

namespace Meanwhile::App {

using Store::SessionMark;

SessionMarker::SessionMarker(
    Agent::AgentController &controller, Store::SessionJournal *sink, SessionMark stored)
    : m_controller(controller)
    , m_sink(sink)
    , m_isUnseen(stored == SessionMark::Finished)
    , m_hasFailed(stored == SessionMark::Failed)
    , m_kept(stored)
{
    connect(&controller, &Agent::AgentController::happened, this, &SessionMarker::note);
    connect(&controller, &Agent::AgentController::pendingWorkChanged, this, &SessionMarker::keep);
    // The sink writes the mark with every message, so it has to know the stored one.
    if (m_sink && stored != SessionMark::None)
        m_sink->markChanged(m_kept);
    keep();
}

SessionMark SessionMarker::mark() const
{
    if (m_controller.isWorking())
        return SessionMark::Waits;
    if (m_hasFailed)
        return SessionMark::Failed;
    const Agent::PendingWork left = m_controller.pendingWork();
    return left.isUnanswered || left.unsent > 0 ? SessionMark::Waits
           : m_isUnseen                         ? SessionMark::Finished
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
    using How = Agent::TurnEnded::How;
    if (Agent::isPiece(event))
        return;
    if (std::holds_alternative<Agent::TurnStarted>(event)) {
        m_hasFailed = m_isUnseen = false;
    } else if (const auto *ended = std::get_if<Agent::TurnEnded>(&event)) {
        m_hasFailed = ended->how == How::Failed || ended->how == How::EndedBadly;
        m_isUnseen = !m_isShown && ended->how != How::StoppedByPerson;
    }
    keep();
}

void SessionMarker::keep()
{
    const SessionMark now = mark();
    if (std::exchange(m_kept, now) != now && m_sink)
        m_sink->markChanged(now);
}

} // namespace Meanwhile::App
