// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/contentblock.h"
#include "ui/ports/foundplace.h"
#include "ui/ports/opensession.h"
#include "ui/ports/sessioncommand.h"

#include <QObject>
#include <QPointer>

#include <map>
#include <memory>

namespace Meanwhile::Ui {

class AdaptivePanes;
class ApprovalBar;
class Composer;
class Drafts;
class FollowedSession;
class RestorePreview;
class ResumeBar;
class StatusRow;
class TaskPanel;
class TranscriptView;
class WindowActions;

/// Shows one of the open sessions in the window's parts, and does what the person asks for there. The others
/// keep running and are followed, so that each is up to date when it is shown.
///
/// States: none -> one shown, from then on always; another one may take its place.
/// Not owned, must outlive it: the parts and the drafts. A session's objects must be there until it is
/// removed.
class SessionPresenter : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Composer &composer;
        ApprovalBar &approvalBar;
        ResumeBar &resumeBar;
        StatusRow &statusRow;
        AdaptivePanes &panes;
        WindowActions &actions;
        TranscriptView &transcript;
        TaskPanel &panel;
    };

    SessionPresenter(const Parts &parts, Drafts &drafts, QObject *parent = nullptr);
    ~SessionPresenter() override;

    /// The session before stays as it is and keeps its draft. A draft written without a session moves here.
    /// A session that was reopened, with new objects, replaces the one with its id.
    void show(const OpenSession &session, const FoundPlace &place = {});
    /// One that is not shown; it is not known here any more.
    void remove(const QString &sessionId);
    /// Null before the first one.
    const OpenSession *shown() const;
    /// Nothing was said in it yet.
    bool isEmpty() const;

    /// While no session is shown, the message goes back into the composer.
    void submit(const QString &text, const QVector<Conversation::ImageBlock> &images = {});
    /// Ends the turn that is under way in the one that is shown.
    void stopTurn();
    /// A new session from all that was said in the one that is shown.
    void forkLast();
    /// Tokens that the model in use can read; 0: unknown.
    void setContextWindow(qint64 tokens);

signals:
    /// The first row came, or another session is shown.
    void conversationChanged();
    /// There was no session for what was submitted.
    void sessionNeeded();
    void settingsRequested();
    void forkRequested(const QString &sessionId, const QString &rowId);
    /// For the person: something was done that the conversation shows only at its end.
    void told(const QString &words);

private:
    void connectParts();
    void perform(const SessionCommand &command);
    void runAgain(const QString &taskId, const QString &command);
    void editQueued(const QString &queueId);
    void editLastQueued();
    void showTask(const QString &taskId);
    void keep(RestorePreview *preview);
    FollowedSession *follow(const OpenSession &session);
    void swap(const OpenSession &session);
    void jumpTo(const FoundPlace &place);
    void refresh();
    QString whyNoSummary() const;
    QString draftKey() const;

    Parts m_parts;
    Drafts &m_drafts;
    std::map<QString, std::unique_ptr<FollowedSession>> m_followed; ///< by id
    FollowedSession *m_shown = nullptr;
    QPointer<RestorePreview> m_preview; ///< of files of the one that is shown
    bool m_isSwitching = false;
    qint64 m_contextWindow = 0;
};

} // namespace Meanwhile::Ui
