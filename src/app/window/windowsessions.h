// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/loadedsession.h"
#include "ui/ports/givenwords.h"
#include "ui/ports/sessions.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace Meanwhile::App {

/// The sessions behind the window: opens stored ones, begins new ones, and keeps all of them going until the
/// program ends, whichever is shown.
///
/// Thread: GUI thread; the store is asked on its own. The Program must outlive it, and so must every client.
class WindowSessions final : public QObject, public Ui::Sessions {
    Q_OBJECT

public:
    /// What answers in every session.
    struct Model {
        Llm::LlmClient *client = nullptr;
        QString id;
        Llm::ModelFacts facts = {};
        Llm::ThinkingLevel thinking = Llm::ThinkingLevel::Automatic;
    };

    explicit WindowSessions(Program &program, QObject *parent = nullptr);
    ~WindowSessions() override;

    /// From the next request on, in every session.
    void setModel(const Model &model);
    /// In every session; of what is asked, only what the person sees is decided by it.
    void setMode(Permissions::Mode mode);
    /// Before the program ends: in every session, what was said so far is kept.
    void stopAnswers();
    /// This call of this session, if it still asks.
    void answerApproval(const QString &sessionId, const QString &callId, bool isAllowed);
    /// Of every session that is open.
    void forEach(const std::function<void(LoadedSession &)> &function);

    Result<Ui::OpenSession> open(const QString &folder) override;
    Result<Ui::OpenSession> begin(const QString &folder) override;
    QFuture<Result<Ui::OpenSession>> resume(const QString &sessionId) override;
    QFuture<Result<Ui::OpenSession>> resumeNewest(const QString &folder) override;
    QFuture<Result<Ui::OpenSession>> moveTo(const QString &sessionId, const QString &folder) override;
    QFuture<Result<Ui::OpenSession>> fork(const QString &sessionId, const QString &rowId) override;
    QVector<Tasks::TaskManager *> openTasks() const override;
    Models::SessionListModel &list() override { return m_list; }
    void noteShown(const QString &sessionId) override;
    QFuture<Result<QVector<Store::SessionHit>>> search(const QString &text) override;
    QFuture<Result<void>> rename(const QString &sessionId, const QString &title) override;
    QFuture<Result<void>> setArchived(const QString &sessionId, bool archived) override;
    QFuture<Result<void>> exportTo(const QString &sessionId, const QString &path) override;
    QFuture<Result<void>> setDeleted(const QString &sessionId, bool deleted) override;

    /// Once the window is up, and whenever there may be others: reads the list, and takes up every session
    /// whose tasks outlived an earlier run.
    void refreshAndAdopt();

signals:
    void added(LoadedSession *session);
    /// The window shows it.
    void shown(const QString &sessionId);
    /// Both once the store has done it.
    void deleted(const QString &sessionId);
    void undeleted(const QString &sessionId);
    /// Once each time that the folder of an open session is found to be gone.
    void folderLost(const Ui::OpenSession &session);
    void projectMoved(const QString &before, const QString &now);

private:
    using Opened = Result<Ui::OpenSession>;

    LoadedSession *find(const QString &sessionId) const;
    LoadedSession &add(const QString &folder, std::optional<Store::StoredSession> stored);
    /// For the window to show.
    Ui::OpenSession project(LoadedSession &open);
    QString noticeOf(LoadedSession &open, bool isThere);
    void refreshState(LoadedSession &open);
    /// Reads the list anew; what is asked for while it is read is answered by one more time.
    void refreshList();
    void showList(QVector<Store::SessionSummary> sessions);
    void takeUpUnfinished(const QVector<Store::SessionSummary> &sessions);
    QFuture<Result<void>> refreshedAfter(const QFuture<Result<void>> &change);
    Opened reopen(const Store::StoredSession &stored);
    QFuture<Opened> takeUpWhenLoaded(const QFuture<Result<Store::StoredSession>> &loading);

    Program &m_program;
    Model m_model;
    Permissions::Mode m_mode = Permissions::Mode::Ask;
    std::vector<std::unique_ptr<LoadedSession>> m_open;
    /// Whose project was moved and which were opened anew: kept, since the window may still hold what is in
    /// them.
    std::vector<std::unique_ptr<LoadedSession>> m_retired;
    QHash<QString, QString> m_lastOf;  ///< session by folder
    QSet<QString> m_deleted;           ///< of those that are open
    QHash<QString, QString> m_notices; ///< of private places, by folder: asking touches the disk, so once
    Models::SessionListModel m_list;
    enum class Listing { None, Running, RunningAndAgain } m_listing = Listing::None;
    bool m_looksAround = false;
};

} // namespace Meanwhile::App
