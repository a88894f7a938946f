// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentcontroller.h"
#include "store/sessionjournal.h"

#include <QObject>

namespace Meanwhile::App {

/// Knows what a list shows of a session once it is closed, and has each change of it stored.
///
/// Thread: GUI thread. Not owned, must outlive it: the controller and the sink, which may be null.
class SessionMarker final : public QObject {
    Q_OBJECT

public:
    /// `stored`: what an earlier run left.
    SessionMarker(Agent::AgentController &controller, Store::SessionJournal *sink, Store::SessionMark stored);

    Store::SessionMark mark() const;
    /// While somebody follows it, nothing in it ends unseen.
    void setShown(bool isShown);

private:
    void note(const Agent::AgentEvent &event);
    void keep();

    Agent::AgentController &m_controller;
    Store::SessionJournal *const m_sink;
    bool m_isShown = false;
    bool m_isUnseen;  ///< a turn has ended
    bool m_hasFailed; ///< the last turn
    Store::SessionMark m_kept;
};

} // namespace Meanwhile::App
