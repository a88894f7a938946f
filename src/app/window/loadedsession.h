// SPDX-License-Identifier: MIT
#pragma once

#include "app/session.h"
#include "models/sessionlistmodel.h"
#include "models/tasktablemodel.h"
#include "models/transcriptmodel.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace Meanwhile::App {

/// A session that is open in the window, with the models that show it, which follow it.
///
/// Thread: GUI thread. The Program and the client must outlive it.
class LoadedSession final : public QObject {
    Q_OBJECT

public:
    LoadedSession(Program &program, Llm::LlmClient &client, Session::Start start);
    ~LoadedSession() override;

    Session &session() { return m_session; }
    const Session &session() const { return m_session; }
    Models::TranscriptModel &transcript() { return m_transcript; }
    Models::TaskTableModel &taskTable() { return m_taskTable; }

    /// Nothing was said in it and nothing run.
    bool isEmpty();
    /// The agent works, or something that a task started still runs.
    bool isBusy();
    Models::SessionState state();
    /// What ends while it is not shown was not seen.
    void setShown(bool isShown);

signals:
    /// state() may have changed.
    void stateChanged();
    /// Its title, its time or what waits in it may have changed in the stored list.
    void summaryChanged();
    /// Once each time that its folder is found to be gone or replaced.
    void folderLost();

private:
    void connectAgent();
    void note(const Agent::AgentEvent &event);
    void connectTasks();
    void showTask(const Tasks::Task &task);
    void showDeliveries(const QVector<Agent::TaskDelivery> &tasks);

    Session m_session;
    Models::TranscriptModel m_transcript;
    Models::TaskTableModel m_taskTable;
    QSet<QString> m_questions; ///< calls that wait for the person's word
};

} // namespace Meanwhile::App
