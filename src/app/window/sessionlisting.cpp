// SPDX-License-Identifier: MIT
#include "app/window/sessionlisting.h"

#include "base/whenfinished.h"

#include <algorithm>
#include <utility>

namespace Meanwhile::App {

SessionListing::SessionListing(Program &program, OpenSessions &open, QObject *parent)
    : QObject(parent)
    , m_program(program)
    , m_open(open)
{
    connect(&open, &OpenSessions::summaryChanged, this, &SessionListing::refresh);
    connect(&open, &OpenSessions::stateChanged, this, [this](LoadedSession *of) { noteState(*of); });
}

void SessionListing::noteState(LoadedSession &open)
{
    m_model.setState(open.session().id(), open.state());
}

void SessionListing::refresh()
{
    if (m_reading != Reading::None) {
        m_reading = Reading::RunningAndAgain;
        return;
    }
    m_reading = Reading::Running;
    whenFinished(
        m_program.store.list(), this, [this](const Result<QVector<Store::SessionSummary>> &sessions) {
            if (sessions) // else the store has said why not
                show(*sessions);
            if (std::exchange(m_reading, Reading::None) == Reading::RunningAndAgain)
                refresh();
        });
}

void SessionListing::show(QVector<Store::SessionSummary> sessions)
{
    const QString current = m_model.current();
    const bool isStored = std::any_of(sessions.cbegin(), sessions.cend(),
        [&](const Store::SessionSummary &session) { return session.id == current; });
    const QVector<Store::SessionSummary> stored = sessions;
    LoadedSession *open = m_open.find(current);
    const Store::SessionSummary *listed = m_model.session(current);
    if (open && listed && open->session().controller().history().isEmpty() && !isStored)
        sessions.append(*listed);
    m_model.setSessions(sessions);
    emit read(stored);
}

void SessionListing::setCurrent(const QString &sessionId)
{
    const QDateTime now = m_program.clock.wallTime();
    m_open.forEach([&](LoadedSession &open) { // empty ones are not stored, and so in no list that is read
        const QString id = open.session().id();
        if (open.isEmpty() && id == sessionId)
            m_model.addOrUpdate({id, open.session().folder(), {}, now, now});
        else if (open.isEmpty())
            m_model.remove(id);
    });
    m_model.setCurrent(sessionId);
}

} // namespace Meanwhile::App
