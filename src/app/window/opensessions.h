// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/loadedsession.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace Meanwhile::App {

/// The sessions that are open behind the window. All of them are kept going until the program ends, whichever
/// is shown.
///
/// Thread: GUI thread. The Program must outlive it, and so must every client.
class OpenSessions final : public QObject {
    Q_OBJECT

public:
    /// What answers in every session.
    struct Model {
        Llm::LlmClient *client = nullptr;
        QString id;
        Llm::ModelFacts facts = {};
        Llm::ThinkingLevel thinking = Llm::ThinkingLevel::Automatic;
    };

    explicit OpenSessions(Program &program, QObject *parent = nullptr);
    ~OpenSessions() override;

    /// From the next request on, in every session.
    void setModel(const Model &model);
    /// In every session; of what is asked, only what the person sees is decided by it.
    void setMode(Permissions::Mode mode);
    void setShown(const QString &sessionId);
    /// Before the program ends: in every session, what was said so far is kept.
    void stopAnswers();
    /// This call of this session, if it still asks.
    void answerApproval(const QString &sessionId, const QString &callId, bool isAllowed);

    LoadedSession &add(const QString &folder, std::optional<Store::StoredSession> stored = {});
    /// Null where it is not open.
    LoadedSession *find(const QString &sessionId) const;
    /// The one of this folder in which nothing was said or run; null where there is none.
    LoadedSession *findEmpty(const QString &folder) const;
    /// Something runs in one of this folder's.
    bool isBusyIn(const QString &folder) const;
    /// This folder is no longer theirs: they can be reopened, and their signals are no longer passed on.
    void retireIn(const QString &folder);
    void forEach(const std::function<void(LoadedSession &)> &function) const;
    QVector<Tasks::TaskManager *> tasks() const;

signals:
    void added(LoadedSession *session);
    /// See LoadedSession::stateChanged().
    void stateChanged(LoadedSession *session);
    void summaryChanged();
    void folderLost(LoadedSession *session);

private:
    Program &m_program;
    Model m_model;
    Permissions::Mode m_mode = Permissions::Mode::Box;
    QString m_shown;
    std::vector<std::unique_ptr<LoadedSession>> m_open;
    /// Kept, since the window may still hold what is in them.
    std::vector<std::unique_ptr<LoadedSession>> m_retired;
};

} // namespace Meanwhile::App
