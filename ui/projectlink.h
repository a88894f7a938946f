// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentcontroller.h"
#include "ui/composer/conversationstate.h"
#include "ui/workspace.h"

#include <QObject>
#include <QSet>

namespace Meanwhile::Tasks {
struct Task;
}

namespace Meanwhile::Ui {

class AdaptivePanes;
class ApprovalBar;
class Composer;
class StatusRow;
class WindowActions;

/// Ties one open project to the window's parts: what happens reaches the bar, the composer and the status
/// row; what the person does there reaches the controller and the tasks.
///
/// Not owned: everything. Destroying it unties them, also when the project's objects are gone already.
class ProjectLink : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Composer &composer;
        ApprovalBar &approvalBar;
        StatusRow &statusRow;
        AdaptivePanes &panes;
        WindowActions &actions;
    };

    ProjectLink(const Project &project, const Parts &parts, QObject *parent = nullptr);

    const Project &project() const { return m_project; }
    const ConversationState &state() const { return m_state; }

    void submit(const QString &text, const QVector<Conversation::ImageBlock> &images);
    void stop();
    void retry();
    void setMode(Permissions::Mode mode);
    /// Tokens that the model in use can read; 0: unknown.
    void setContextWindow(qint64 tokens);
    void continueInBackground(const QString &taskId);
    void stopTask(const QString &taskId);
    void runAgain(const QString &command);
    void withdraw(const QString &queueId);
    /// Takes a queued message back into the composer, before what is written there.
    void editQueued(const QString &queueId);

private:
    void editLastQueued();
    void noteTask(const Tasks::Task &task);
    void refresh();
    QString whyNoSummary() const;

    Project m_project;
    Parts m_parts;
    ConversationState m_state;
    QSet<QString> m_running;
    qint64 m_contextWindow = 0;
};

} // namespace Meanwhile::Ui
