// SPDX-License-Identifier: MIT
#pragma once

#include "ui/ports/foundplace.h"
#include "ui/ports/sessioncommand.h"
#include "ui/window/sessionpresenter.h"

#include <QPointer>

#include <map>
#include <memory>

namespace Meanwhile::Ui {

class Drafts;
class RestorePreview;
class TaskPanel;
class TranscriptView;

/// The sessions that are open in the window. One of them is shown in its parts; the others go on behind, and
/// what the person does reaches the one that it was shown for.
///
/// Not owned, must outlive it: the parts and the drafts.
class SessionStage : public QObject {
    Q_OBJECT

public:
    struct Parts {
        SessionPresenter::Parts session;
        TranscriptView &transcript;
        TaskPanel &panel;
    };

    SessionStage(const Parts &parts, Drafts &drafts, QObject *parent = nullptr);
    ~SessionStage() override;

    /// The one before is left as it is, its draft kept. Words written while there was no session go along.
    /// One that was opened anew, with objects of its own, takes the place of what had its id.
    void show(const OpenSession &project, const FoundPlace &place = {});
    /// One that is not shown; it is not known here any more.
    void remove(const QString &sessionId);
    /// Null before the first one.
    SessionPresenter *shown() const { return m_shown; }
    /// Nothing was said in it yet.
    bool isEmpty() const;

    void submit(const QString &text, const QVector<Conversation::ImageBlock> &images);
    /// Ends the turn that is under way in the one that is shown.
    void stopTurn();
    /// A new session from all that was said in the one that is shown.
    void forkLast();
    /// Tokens that the model in use can read; 0: unknown.
    void setContextWindow(qint64 tokens);

signals:
    /// The first row came, or another session is shown.
    void conversationChanged();
    void settingsRequested();
    void forkRequested(const QString &sessionId, const QString &rowId);
    /// For the person: something was done that the conversation shows only at its end.
    void told(const QString &words);

private:
    void perform(const SessionCommand &command);
    void keep(RestorePreview *preview);
    QString draftKey() const;
    void showTask(const QString &taskId);
    void jumpTo(const FoundPlace &place);

    Parts m_parts;
    Drafts &m_drafts;
    std::map<QString, std::unique_ptr<SessionPresenter>> m_links; ///< by session
    SessionPresenter *m_shown = nullptr;
    QPointer<RestorePreview> m_preview; ///< of files of the one that is shown
    bool m_isSwitching = false;
    qint64 m_contextWindow = 0;
};

} // namespace Meanwhile::Ui
