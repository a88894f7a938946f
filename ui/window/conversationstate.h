// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentevent.h"

#include <QCoreApplication>
#include <QPair>
#include <QString>
#include <QVector>

namespace Meanwhile::Ui {

/// Where the conversation stands, from its events alone, and the words for it: the composer's placeholder and
/// the status row say the same because both ask here. A value.
class ConversationState {
    Q_DECLARE_TR_FUNCTIONS(ConversationState)

public:
    /// False when the event changes nothing that is shown here, as each piece of streamed text.
    bool handle(const Agent::AgentEvent &event);
    /// `servers` are those of them that serve: their ends are not waited for.
    void setRunningTasks(int count, int servers = 0)
    {
        m_runningTasks = count;
        m_awaitedTasks = count - servers;
    }
    /// A call waits until the project's files are copied; 0 of 0: none does.
    void setCopying(qint64 done, qint64 total) { m_copying = {done, total}; }

    bool isWorking() const { return m_working; }
    int runningTasks() const { return m_runningTasks; }
    /// Oldest first: the one to answer now.
    const QVector<Agent::ApprovalAsked> &approvals() const { return m_approvals; }
    const QVector<Agent::MessageQueued> &queued() const { return m_queued; }

    QString placeholder() const;
    /// Empty when no task runs.
    QString tasksText() const;
    /// Empty when nothing is waited for.
    QString waitingText() const;
    /// Of this turn and of the whole session. Empty before the first answer.
    QString tokensText() const;
    /// What the model last read, with its answer. 0: unknown, before its first answer and after a compaction.
    qint64 contextTokens() const { return m_last.promptTokens() + m_last.outputTokens; }
    const Conversation::Usage &turn() const { return m_turn; }
    const Conversation::Usage &session() const { return m_session; }

private:
    bool count(const Conversation::Message &message);

    Conversation::Usage m_session;
    Conversation::Usage m_turn;
    Conversation::Usage m_last;
    QVector<Agent::ApprovalAsked> m_approvals;
    QVector<Agent::MessageQueued> m_queued;
    QPair<qint64, qint64> m_copying;
    int m_runningTasks = 0;
    int m_awaitedTasks = 0;
    bool m_working = false;
    bool m_isHeld = true; ///< until a turn begins: no result is sent by itself, as after a restart or a Stop
    bool m_isStopped = false; ///< by the person
    bool m_retrying = false;  ///< a failed request waits to be sent again
};

/// "1 task", "3 tasks".
QString countedTasks(int count);

} // namespace Meanwhile::Ui
