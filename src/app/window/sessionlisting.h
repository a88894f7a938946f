// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/opensessions.h"
#include "models/sessionlistmodel.h"

#include <QObject>

namespace Meanwhile::App {

/// The list of sessions: as the store has them, with the states of those that are open, and with the one that
/// is shown while nothing was said in it.
///
/// Thread: GUI thread; the store is asked on its own. The Program and the open sessions must outlive it.
class SessionListing final : public QObject {
    Q_OBJECT

public:
    SessionListing(Program &program, OpenSessions &open, QObject *parent = nullptr);

    Models::SessionListModel &model() { return m_model; }
    /// Reads it again. All calls during a read are answered by one more read.
    void refresh();
    void noteState(LoadedSession &open);
    /// The window shows this one now.
    void setCurrent(const QString &sessionId);

signals:
    void read(const QVector<Meanwhile::Store::SessionSummary> &stored);

private:
    void show(QVector<Store::SessionSummary> sessions);

    Program &m_program;
    OpenSessions &m_open;
    Models::SessionListModel m_model;
    enum class Reading { None, Running, RunningAndAgain } m_reading = Reading::None;
};

} // namespace Meanwhile::App
