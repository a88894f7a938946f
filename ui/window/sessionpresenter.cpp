// SPDX-License-Identifier: MIT
#include "ui/window/sessionpresenter.h"

#include "agent/compaction.h"
#include "base/whenfinished.h"
#include "checkpoints/sessioncheckpoints.h"
#include "tasks/taskmanager.h"
#include "ui/approval/approvalbar.h"
#include "ui/composer/composer.h"
#include "ui/widgets/costtext.h"
#include "ui/window/adaptivepanes.h"
#include "ui/window/resumebar.h"
#include "ui/window/runagainquestion.h"
#include "ui/window/spokenevents.h"
#include "ui/window/statusrow.h"
#include "ui/window/windowactions.h"

#include <QFileInfo>

namespace Meanwhile::Ui {

using Agent::AgentController;

SessionPresenter::SessionPresenter(const OpenSession &project, const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_project(project)
    , m_parts(parts)
    , m_spoken(new SpokenEvents(project, parts.composer, this))
{
    AgentController *controller = project.controller;
    Tasks::TaskManager *tasks = project.tasks;
    connect(controller, &AgentController::happened, this, [this](const Agent::AgentEvent &event) {
        if (m_state.handle(event))
            refresh();
    });
    connect(controller, &AgentController::pendingWorkChanged, this, &SessionPresenter::refresh);
    for (const auto signal :
        {&Tasks::TaskManager::added, &Tasks::TaskManager::changed, &Tasks::TaskManager::ended})
        connect(tasks, signal, this, &SessionPresenter::noteTask);
    if (project.checkpoints) {
        connect(project.checkpoints, &Checkpoints::SessionCheckpoints::copying, this,
            [this](qint64 done, qint64 total) {
                m_state.setCopying(done, total);
                if (m_shown)
                    m_parts.statusRow.setWaiting(m_state.waitingText());
            });
    }
    const QVector<Conversation::Message> &messages = controller->history().messages();
    for (const Conversation::Message &message : messages) {
        m_state.handle(Agent::MessageAdded{message});
        m_state.handle(Agent::ResponseEnded{.usage = message.usage});
    }
    for (const Agent::MessageQueued &words : controller->queued())
        m_state.handle(words);
    const QVector<Tasks::Task> known = tasks->tasks();
    for (const Tasks::Task &task : known) {
        if (!task.hasEnded())
            m_running.insert(task.id, !task.ports.isEmpty());
    }
    noteRunningTasks();
}

void SessionPresenter::show()
{
    m_shown = std::make_unique<QObject>();
    QObject *shown = m_shown.get();
    connect(&m_parts.composer, &Composer::typingChanged, shown,
        [this](bool isTyping) { m_project.controller->setPersonTyping(isTyping); });
    connect(&m_parts.composer, &Composer::editLastQueuedRequested, shown, [this] { editLastQueued(); });
    connect(&m_parts.actions, &WindowActions::summaryRequested, shown,
        [this] { m_project.controller->compact(); });
    connect(&m_parts.approvalBar, &ApprovalBar::answered, shown,
        [this](const QString &callId, Agent::ApprovalAnswer answer) {
            m_project.controller->answerApproval(callId, answer);
        });
    connect(&m_parts.awayBar, &ResumeBar::resumeRequested, shown, [this] {
        m_parts.composer.takeFocus(); // the button goes
        m_project.controller->resumeTurn();
    });
    m_parts.composer.setProjectFolder(m_project.folder);
    m_parts.approvalBar.setProjectName(QFileInfo(m_project.folder).fileName());
    // Calls of two sessions may have the same id: a question is never taken for another one's.
    m_parts.approvalBar.setPending({});
    m_spoken->setShown(true);
    refresh();
}

void SessionPresenter::hide()
{
    m_spoken->setShown(false);
    m_shown.reset();
    m_project.controller->setPersonTyping(false);
}

void SessionPresenter::submit(const QString &text, const QVector<Conversation::ImageBlock> &images)
{
    m_project.controller->submit(text, images);
}

void SessionPresenter::stop()
{
    m_project.controller->stop();
}

void SessionPresenter::retry()
{
    m_project.controller->retry();
}

void SessionPresenter::setContextWindow(qint64 tokens)
{
    m_contextWindow = tokens;
    refresh();
}

void SessionPresenter::continueInBackground(const QString &taskId)
{
    m_project.controller->continueInBackground(taskId);
}

void SessionPresenter::stopTask(const QString &taskId)
{
    m_project.tasks->stop(taskId, Tasks::StoppedBy::Person);
}

void SessionPresenter::runAgain(const QString &taskId, const QString &command)
{
    whenFinished(m_project.tasks->isOwnCommand(taskId, command), this, [this, command](bool isOwn) {
        if (isOwn)
            return startTask(command);
        auto *question = new RunAgainQuestion(command, m_parts.composer.window());
        connect(question, &QDialog::accepted, this, [this, command] { startTask(command); });
        question->open();
    });
}

void SessionPresenter::startTask(const QString &command)
{
    Tasks::TaskSpec spec;
    spec.command = command;
    spec.workingDirectory = m_project.folder;
    m_project.tasks->start(spec);
}

void SessionPresenter::withdraw(const QString &queueId)
{
    m_project.controller->withdrawQueued(queueId);
}

void SessionPresenter::editQueued(const QString &queueId)
{
    // It may have been sent in this very moment; then there is nothing left to edit.
    const QVector<Agent::MessageQueued> queued = m_state.queued();
    for (const Agent::MessageQueued &message : queued) {
        if (message.id != queueId)
            continue;
        m_parts.composer.putBefore(message.text);
        m_parts.composer.addImages(message.images);
        m_parts.composer.takeFocus();
        emit queuedTakenBack(); // kept as a draft before it is no longer queued
        withdraw(queueId);
        return;
    }
}

void SessionPresenter::editLastQueued()
{
    if (!m_state.queued().isEmpty())
        editQueued(m_state.queued().last().id);
}

void SessionPresenter::noteTask(const Tasks::Task &task)
{
    const QHash<QString, bool> before = m_running;
    if (task.hasEnded())
        m_running.remove(task.id);
    else
        m_running.insert(task.id, !task.ports.isEmpty());
    if (m_running != before)
        refresh();
}

void SessionPresenter::noteRunningTasks()
{
    m_state.setRunningTasks(int(m_running.size()), int(m_running.keys(true).size()));
}

void SessionPresenter::refresh()
{
    noteRunningTasks();
    if (!m_shown)
        return;
    m_parts.composer.setPlaceholder(m_state.placeholder());
    m_parts.composer.setContext(m_state.contextTokens(), m_contextWindow);
    m_parts.composer.setCost(costText(m_state.session().cost), m_state.tokensText());
    m_parts.composer.setWorking(m_state.isWorking());
    m_parts.approvalBar.setPending(m_state.approvals());
    m_parts.awayBar.setLeftBehind(m_project.controller->pendingWork());
    m_parts.statusRow.setTasks(m_state.tasksText());
    m_parts.statusRow.setWaiting(m_state.waitingText());
    m_parts.statusRow.setTokens(m_state.tokensText());
    m_parts.panes.setRunningTasks(m_state.runningTasks());
    m_parts.actions.setWhyNoSummary(whyNoSummary());
}

QString SessionPresenter::whyNoSummary() const
{
    if (m_state.isWorking())
        return tr("after this turn");
    return Agent::canCompact(m_project.controller->history()) ? QString() : tr("nothing to summarise yet");
}

} // namespace Meanwhile::Ui
