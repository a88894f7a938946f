// SPDX-License-Identifier: MIT
#include "ui/window/sessionstage.h"

#include "base/overloaded.h"
#include "models/transcriptmodel.h"
#include "ui/composer/composer.h"
#include "ui/restore/restorepreview.h"
#include "ui/taskpanel/taskpanel.h"
#include "ui/transcript/transcriptview.h"
#include "ui/window/adaptivepanes.h"
#include "ui/window/drafts.h"

#include <QScopedValueRollback>

#include <utility>

namespace Meanwhile::Ui {

// A session whose project was moved was opened anew: another one now answers to its id.
static bool isTiedTo(const SessionPresenter &link, const OpenSession &project)
{
    return link.project().sessionId == project.sessionId && link.project().controller == project.controller;
}

SessionStage::SessionStage(const Parts &parts, Drafts &drafts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_drafts(drafts)
{
    connect(&parts.transcript, &TranscriptView::commanded, this, &SessionStage::perform);
    connect(&parts.panel, &TaskPanel::commanded, this, &SessionStage::perform);
    connect(&parts.session.composer, &Composer::draftChanged, this, [this] {
        if (!m_isSwitching)
            m_drafts.keep(draftKey(), m_parts.session.composer);
    });
    m_drafts.show({}, parts.session.composer);
}

SessionStage::~SessionStage() = default;

// A row can only be touched while a session is shown.
void SessionStage::perform(const SessionCommand &command)
{
    SessionPresenter &shown = *m_shown;
    const OpenSession &session = shown.project();
    const Theme &theme = m_parts.transcript.theme();
    QWidget *window = m_parts.transcript.window();
    std::visit(Overloaded{
                   [&](const Retry &) { shown.retry(); },
                   [&](const OpenSettings &) { emit settingsRequested(); },
                   [&](const ShowTask &task) { showTask(task.taskId); },
                   [&](const StopTask &task) { shown.stopTask(task.taskId); },
                   [&](const ContinueInBackground &task) { shown.continueInBackground(task.taskId); },
                   [&](const RunAgain &task) { shown.runAgain(task.taskId, task.command); },
                   [&](const Withdraw &queued) { shown.withdraw(queued.queueId); },
                   [&](const EditQueued &queued) { shown.editQueued(queued.queueId); },
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

void SessionStage::keep(RestorePreview *preview)
{
    m_preview = preview;
    if (!preview)
        return;
    connect(m_shown, &QObject::destroyed, preview, &QObject::deleteLater);
    connect(preview, &RestorePreview::restored, this, &SessionStage::told);
}

void SessionStage::show(const OpenSession &project, const FoundPlace &place)
{
    Composer &composer = m_parts.session.composer;
    if (m_shown && isTiedTo(*m_shown, project)) {
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
        m_parts.panel.setModel(nullptr);
        m_parts.transcript.setModel(nullptr);
        if (m_shown)
            m_shown->hide();
        m_shown = nullptr; // it may be the one that goes
        std::unique_ptr<SessionPresenter> &link = m_links[project.sessionId];
        if (!link || !isTiedTo(*link, project)) {
            link = std::make_unique<SessionPresenter>(project, m_parts.session);
            connect(link.get(), &SessionPresenter::queuedTakenBack, this,
                [this] { m_drafts.keepAtOnce(draftKey(), m_parts.session.composer); });
            connect(
                project.transcript, &QAbstractItemModel::rowsInserted, link.get(), [this, of = link.get()] {
                    if (of == m_shown)
                        emit conversationChanged();
                });
        }
        m_shown = link.get();
        m_shown->setContextWindow(m_contextWindow);
        m_shown->show();
        m_parts.panel.setModel(project.taskTable);
        m_parts.transcript.setModel(project.transcript);
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

void SessionStage::showTask(const QString &taskId)
{
    m_parts.session.panes.setPanelVisible(true);
    m_parts.panel.showTask(taskId);
}

void SessionStage::jumpTo(const FoundPlace &place)
{
    if (!place.taskId.isEmpty()) // first: it may make the conversation narrower
        showTask(place.taskId);
    if (place.isEnd)
        m_parts.transcript.jumpToLatest();
    else
        m_parts.transcript.jumpTo(place.rowId, place.words);
}

void SessionStage::remove(const QString &sessionId)
{
    m_drafts.forget(sessionId);
    m_links.erase(sessionId);
}

bool SessionStage::isEmpty() const
{
    return !m_shown || m_shown->project().transcript->rowCount() == 0;
}

QString SessionStage::draftKey() const
{
    if (!m_shown)
        return {};
    const OpenSession &project = m_shown->project();
    return project.controller->history().isEmpty() ? project.folder : project.sessionId;
}

void SessionStage::submit(const QString &text, const QVector<Conversation::ImageBlock> &images)
{
    const QString before = draftKey();
    m_shown->submit(text, images);
    if (draftKey() == before)
        return;
    // The first message gives the session a key of its own.
    m_drafts.forget(before);
    m_drafts.keep(draftKey(), m_parts.session.composer);
}

void SessionStage::stopTurn()
{
    if (m_shown && m_shown->state().isWorking())
        m_shown->stop();
}

void SessionStage::forkLast()
{
    if (!m_shown || m_shown->project().controller->history().isEmpty())
        return;
    const OpenSession &project = m_shown->project();
    emit forkRequested(project.sessionId, project.controller->history().messages().last().id);
}

void SessionStage::setContextWindow(qint64 tokens)
{
    m_contextWindow = tokens;
    if (m_shown)
        m_shown->setContextWindow(tokens);
}

} // namespace Meanwhile::Ui
