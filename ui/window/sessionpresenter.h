// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentcontroller.h"
#include "ui/ports/opensession.h"
#include "ui/window/conversationstate.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace Meanwhile::Tasks {
struct Task;
}

namespace Meanwhile::Ui {

class AdaptivePanes;
class ApprovalBar;
class ResumeBar;
class Composer;
class SpokenEvents;
class StatusRow;
class WindowActions;

/// Ties one open session to the window's parts: what happens reaches the bar, the composer and the status
/// row; what the person does there reaches the controller and the tasks.
///
/// States: hidden <-> shown. Hidden, it knows what happens and touches no part; at most one of all is shown.
/// Not owned: everything; the session's objects must be there until it is hidden. Destroying it unties them.
class SessionPresenter : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Composer &composer;
        ApprovalBar &approvalBar;
        ResumeBar &awayBar;
        StatusRow &statusRow;
        AdaptivePanes &panes;
        WindowActions &actions;
    };

    /// Hidden.
    SessionPresenter(const OpenSession &project, const Parts &parts, QObject *parent = nullptr);

    void show();
    void hide();
    const OpenSession &project() const { return m_project; }
    const ConversationState &state() const { return m_state; }

    void submit(const QString &text, const QVector<Conversation::ImageBlock> &images);
    void stop();
    void retry();
    /// Tokens that the model in use can read; 0: unknown.
    void setContextWindow(qint64 tokens);
    void continueInBackground(const QString &taskId);
    void stopTask(const QString &taskId);
    /// At once, or once the person says so where it is not known to be what the task ran.
    void runAgain(const QString &taskId, const QString &command);
    void withdraw(const QString &queueId);
    /// Takes a queued message back into the composer, before what is written there.
    void editQueued(const QString &queueId);

signals:
    /// A queued message stands in the composer and is about to leave the queue.
    void queuedTakenBack();

private:
    void editLastQueued();
    void startTask(const QString &command);
    void noteTask(const Tasks::Task &task);
    void noteRunningTasks();
    void refresh();
    QString whyNoSummary() const;

    OpenSession m_project;
    Parts m_parts;
    std::unique_ptr<QObject> m_shown; ///< what the parts are connected with
    SpokenEvents *m_spoken;
    ConversationState m_state;
    QHash<QString, bool> m_running; ///< tasks, and whether each serves
    qint64 m_contextWindow = 0;
};

} // namespace Meanwhile::Ui
