// SPDX-License-Identifier: MIT
#include "ui/window/sessionpresenter.h"

#include "agent/agentcontroller.h"
#include "agent/compaction.h"
#include "base/overloaded.h"
#include "base/whenfinished.h"
#include "models/transcriptmodel.h"
#include "tasks/taskmanager.h"
#include "ui/approval/approvalbar.h"
#include "ui/composer/composer.h"
#include "ui/restore/restorepreview.h"
#include "ui/taskpanel/taskpanel.h"
#include "ui/transcript/transcriptview.h"
#include "ui/widgets/costtext.h"
#include "ui/window/adaptivepanes.h"
#include "ui/window/drafts.h"
#include "ui/window/followedsession.h"
#include "ui/window/resumebar.h"
#include "ui/window/runagainquestion.h"
#include "ui/window/statusrow.h"
#include "ui/window/windowactions.h"

#include <QFileInfo>
#include <QScopedValueRollback>

namespace Meanwhile::Ui {

static void startTask(const OpenSession &session, const QString &command)
{
    Tasks::TaskSpec spec;
    spec.command = command;
    spec.workingDirectory = session.folder;
    session.tasks->start(spec);
}

SessionPresenter::SessionPresenter(const Parts &parts, Drafts &drafts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_drafts(drafts)
{
    connectParts();
    m_drafts.show({}, parts.composer);
}

SessionPresenter::~SessionPresenter() = default;

// Only the composer, its Stop and the actions can be used while no session is shown.
void SessionPresenter::connectParts()
{
    Composer *composer = &m_parts.composer;
    connect(composer, &Composer::submitted, this, &SessionPresenter::submit);
    connect(composer, &Composer::stopRequested, this, &SessionPresenter::stopTurn);
    connect(composer, &Composer::editLastQueuedRequested, this, &SessionPresenter::editLastQueued);
    connect(composer, &Composer::typingChanged, this, [this](bool isTyping) {
        if (m_shown)
            m_shown->session().controller->setPersonTyping(isTyping);
    });
    connect(composer, &Composer::draftChanged, this, [this] {
        if (!m_isSwitching)
            m_drafts.keep(draftKey(), m_parts.composer);
    });
    connect(&m_parts.actions, &WindowActions::summaryRequested, this, [this] {
        if (m_shown)
            m_shown->session().controller->compact();
    });
    connect(&m_parts.actions, &WindowActions::forkRequested, this, &SessionPresenter::forkLast);
    connect(&m_parts.approvalBar, &ApprovalBar::answered, this,
        [this](const QString &callId, Agent::ApprovalAnswer answer) {
            m_shown->session().controller->answerApproval(callId, answer);
        });
    connect(&m_parts.resumeBar, &ResumeBar::resumeRequested, this, [this] {
        m_parts.composer.takeFocus(); // the button goes
        m_shown->session().controller->resumeTurn();
    });
    connect(&m_parts.transcript, &TranscriptView::commanded, this, &SessionPresenter::perform);
    connect(&m_parts.panel, &TaskPanel::commanded, this, &SessionPresenter::perform);
}

// ---- which one is shown

void SessionPresenter::show(const OpenSession &session, const FoundPlace &place)
{
    Composer &composer = m_parts.composer;
    if (m_shown && m_shown->isOf(session)) {
        jumpTo(place);
        return composer.takeFocus();
    }
    const bool carries = !m_shown && !composer.isEmpty();
    const QString before = draftKey();
    m_drafts.keep(before, composer);
    if (m_preview)
        m_preview->reject();
    {
        const QScopedValueRollback switching(m_isSwitching, true);
        swap(session);
        if (!carries)
            m_drafts.show(draftKey(), composer);
    }
    if (carries) {
        m_drafts.forget(before);
        m_drafts.keep(draftKey(), composer);
    }
    emit conversationChanged();
    jumpTo(place);
    composer.takeFocus();
}

void SessionPresenter::swap(const OpenSession &session)
{
    m_parts.panel.setModel(nullptr);
    m_parts.transcript.setModel(nullptr);
    if (m_shown)
        m_shown->setShown(false);
    m_shown = nullptr; // it may be the one that goes
    m_shown = follow(session);
    m_shown->setShown(true);
    m_parts.composer.setProjectFolder(session.folder);
    m_parts.approvalBar.setProjectName(QFileInfo(session.folder).fileName());
    // Calls of two sessions may have the same id: a question is never taken for another one's.
    m_parts.approvalBar.setPending({});
    refresh();
    m_parts.panel.setModel(session.taskTable);
    m_parts.transcript.setModel(session.transcript);
}

FollowedSession *SessionPresenter::follow(const OpenSession &session)
{
    std::unique_ptr<FollowedSession> &followed = m_followed[session.sessionId];
    if (followed && followed->isOf(session))
        return followed.get();
    followed = std::make_unique<FollowedSession>(session, m_parts.composer);
    FollowedSession *of = followed.get();
    connect(of, &FollowedSession::changed, this, [this, of] {
        if (of == m_shown)
            refresh();
    });
    connect(session.transcript, &QAbstractItemModel::rowsInserted, of, [this, of] {
        if (of == m_shown)
            emit conversationChanged();
    });
    return of;
}

void SessionPresenter::jumpTo(const FoundPlace &place)
{
    if (!place.taskId.isEmpty()) // first: it may make the conversation narrower
        showTask(place.taskId);
    if (place.isEnd)
        m_parts.transcript.jumpToLatest();
    else
        m_parts.transcript.jumpTo(place.rowId, place.words);
}

void SessionPresenter::remove(const QString &sessionId)
{
    m_drafts.forget(sessionId);
    m_followed.erase(sessionId);
}

const OpenSession *SessionPresenter::shown() const
{
    return m_shown ? &m_shown->session() : nullptr;
}

bool SessionPresenter::isEmpty() const
{
    return !m_shown || m_shown->session().transcript->rowCount() == 0;
}

QString SessionPresenter::draftKey() const
{
    if (!m_shown)
        return {};
    const OpenSession &session = m_shown->session();
    return session.controller->history().isEmpty() ? session.folder : session.sessionId;
}

// ---- what the person asks for

void SessionPresenter::submit(const QString &text, const QVector<Conversation::ImageBlock> &images)
{
    if (!m_shown) {
        m_parts.composer.setText(text);
        m_parts.composer.addImages(images);
        emit sessionNeeded();
        return;
    }
    m_parts.transcript.jumpToLatest();
    const QString before = draftKey();
    m_shown->session().controller->submit(text, images);
    if (draftKey() == before)
        return;
    // The first message gives the session a key of its own.
    m_drafts.forget(before);
    m_drafts.keep(draftKey(), m_parts.composer);
}

void SessionPresenter::stopTurn()
{
    if (m_shown && m_shown->state().isWorking())
        m_shown->session().controller->stop();
}

void SessionPresenter::forkLast()
{
    if (m_shown && !m_shown->session().controller->history().isEmpty())
        perform(Fork{m_shown->session().controller->history().messages().last().id});
}

// A row or a task can only be touched while a session is shown.
void SessionPresenter::perform(const SessionCommand &command)
{
    const OpenSession &session = m_shown->session();
    const Theme &theme = m_parts.transcript.theme();
    QWidget *window = m_parts.transcript.window();
    std::visit(
        Overloaded{
            [&](const Retry &) { session.controller->retry(); },
            [&](const OpenSettings &) { emit settingsRequested(); },
            [&](const ShowTask &task) { showTask(task.taskId); },
            [&](const StopTask &task) { session.tasks->stop(task.taskId, Tasks::StoppedBy::Person); },
            [&](const ContinueInBackground &task) { session.controller->continueInBackground(task.taskId); },
            [&](const RunAgain &task) { runAgain(task.taskId, task.command); },
            [&](const Withdraw &queued) { session.controller->withdrawQueued(queued.queueId); },
            [&](const EditQueued &queued) { editQueued(queued.queueId); },
            [&](const Fork &at) { emit forkRequested(session.sessionId, at.rowId); },
            [&](const RestoreFiles &before) {
                keep(RestorePreview::openBefore(theme, session, before.messageId, window));
            },
            [&](const UndoRestore &of) {
                keep(RestorePreview::openUndo(theme, session, of.checkpointId, window));
            },
        },
        command);
}

void SessionPresenter::showTask(const QString &taskId)
{
    m_parts.panes.setPanelVisible(true);
    m_parts.panel.showTask(taskId);
}

// At once, or once the person says so where it is not known to be what the task ran.
void SessionPresenter::runAgain(const QString &taskId, const QString &command)
{
    const FollowedSession *of = m_shown; // whichever is shown by then
    whenFinished(
        of->session().tasks->isOwnCommand(taskId, command), m_shown, [this, of, command](bool isOwn) {
            if (isOwn)
                return startTask(of->session(), command);
            auto *question = new RunAgainQuestion(command, m_parts.composer.window());
            connect(question, &QDialog::accepted, of, [of, command] { startTask(of->session(), command); });
            question->open();
        });
}

void SessionPresenter::editQueued(const QString &queueId)
{
    // It may have been sent in this very moment; then there is nothing left to edit.
    const QVector<Agent::MessageQueued> queued = m_shown->state().queued();
    for (const Agent::MessageQueued &message : queued) {
        if (message.id != queueId)
            continue;
        m_parts.composer.putBefore(message.text);
        m_parts.composer.addImages(message.images);
        m_parts.composer.takeFocus();
        m_drafts.keepAtOnce(draftKey(), m_parts.composer); // before it is no longer queued
        m_shown->session().controller->withdrawQueued(queueId);
        return;
    }
}

void SessionPresenter::editLastQueued()
{
    if (m_shown && !m_shown->state().queued().isEmpty())
        editQueued(m_shown->state().queued().last().id);
}

void SessionPresenter::keep(RestorePreview *preview)
{
    m_preview = preview;
    if (!preview)
        return;
    connect(m_shown, &QObject::destroyed, preview, &QObject::deleteLater);
    connect(preview, &RestorePreview::restored, this, &SessionPresenter::told);
}

// ---- what the parts show

void SessionPresenter::setContextWindow(qint64 tokens)
{
    m_contextWindow = tokens;
    if (m_shown)
        refresh();
}

void SessionPresenter::refresh()
{
    const ConversationState &state = m_shown->state();
    m_parts.composer.setPlaceholder(state.placeholder());
    m_parts.composer.setContext(state.contextTokens(), m_contextWindow);
    m_parts.composer.setCost(costText(state.session().cost), state.tokensText());
    m_parts.composer.setWorking(state.isWorking());
    m_parts.approvalBar.setPending(state.approvals());
    m_parts.resumeBar.setLeftBehind(m_shown->session().controller->pendingWork());
    m_parts.statusRow.setTasks(state.tasksText());
    m_parts.statusRow.setWaiting(state.waitingText());
    m_parts.statusRow.setTokens(state.tokensText());
    m_parts.panes.setRunningTasks(state.runningTasks());
    m_parts.actions.setWhyNoSummary(whyNoSummary());
}

QString SessionPresenter::whyNoSummary() const
{
    if (m_shown->state().isWorking())
        return tr("after this turn");
    return Agent::canCompact(m_shown->session().controller->history()) ? QString()
                                                                       : tr("nothing to summarise yet");
}

} // namespace Meanwhile::Ui
