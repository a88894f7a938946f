// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentcontroller.h"
#include "store/sessionjournal.h"

#include <QObject>

namespace Meanwhile::App {

/// Keeps the mark that lists show for the session once it is closed, and stores each change of it.
///
/// Thread: GUI thread. Not owned, must outlive it: the controller and the journal, which may be null.
class SessionMarker final : public QObject {
    Q_OBJECT

public:
    /// `stored`: what an earlier run left.
    SessionMarker(
        Agent::AgentController &controller, Store::SessionJournal *journal, Store::SessionMark stored);

    Store::SessionMark mark() const;
    /// While it is shown, the person sees every turn end.
    void setShown(bool isShown);

private:
    void note(const Agent::AgentEvent &event);
    void keep();

    Agent::AgentController &m_controller;
    Store::SessionJournal *const m_journal;
    bool m_isShown = false;
    bool m_isUnseen;  ///< a turn has ended
    bool m_hasFailed; ///< the last turn
    Store::SessionMark m_kept;
};

} // namespace Meanwhile::App
