// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "base/settings.h"
#include "llm/modelcatalog.h"
#include "ui/givenwords.h"
#include "ui/providers.h"

#include <QFuture>
#include <QString>

namespace Meanwhile::Agent {
class AgentController;
}
namespace Meanwhile::Checkpoints {
class Checkpointer;
}
namespace Meanwhile::Notify {
class Notifier;
}
namespace Meanwhile::Models {
class SessionListModel;
class TaskTableModel;
class TranscriptModel;
} // namespace Meanwhile::Models
namespace Meanwhile::Store {
struct SessionHit;
}
namespace Meanwhile::Tasks {
class TaskManager;
}

namespace Meanwhile::Ui {

/// One open session: a conversation in a project folder. The objects belong to the program and live as long
/// as it.
struct Project {
    QString sessionId;
    QString folder;
    QString gitBranch; ///< empty outside a repository
    Agent::AgentController *controller = nullptr;
    Tasks::TaskManager *tasks = nullptr;
    Checkpoints::Checkpointer *checkpoints = nullptr; ///< null: files cannot be brought back
    Models::TranscriptModel *transcript = nullptr;
    Models::TaskTableModel *taskTable = nullptr;
    bool isFolderGone = false;     ///< the session can be read, and told where its project is now
    QString notice = {};           ///< what the person should know of this folder; mostly empty
    QStringList heldBack = {};     ///< names of secret variables that its commands do not get by themselves
    bool isFolderReplaced = false; ///< another one is in its place, which is used once the person opens it
};

/// What answers from now on, with everything left open in the settings decided.
struct ModelInUse {
    QString provider;     ///< "anthropic", "openai", "demo", or the id of one of the person's own
    QString model;        ///< empty: not chosen yet
    QString providerName; ///< for people
    Llm::ModelFacts facts;
    Llm::ThinkingLevel thinking =
        Llm::ThinkingLevel::Automatic; ///< in force, one of levelsOf(facts.thinking)

    bool operator==(const ModelInUse &) const = default;
};

/// Port: what the window needs from the program around it.
class Workspace {
public:
    virtual ~Workspace() = default;

    /// The session of this folder that was opened last in this run, or a new one. The error says why the
    /// folder cannot be used, e.g. unreadable. Never blocks.
    virtual Result<Project> open(const QString &folder) = 0;
    /// Takes over provider, model, theme and mode from now on, and keeps them for the next start.
    virtual void apply(const Settings &settings) = 0;
    virtual Settings settings() const = 0;
    /// Follows apply().
    virtual ModelInUse modelInUse() const = 0;
    /// What notifies the person while the window is not in front; null: nothing does.
    virtual Notify::Notifier *notifier() { return nullptr; }
};

/// Port: conversations, stored and open. Errors are for people.
class Sessions {
public:
    virtual ~Sessions() = default;

    /// A new one, stored with its first message; where an empty one is open in this folder, that one.
    virtual Result<Project> begin(const QString &folder) = 0;
    /// Goes on with a stored one. Conflict: another program has it open.
    virtual QFuture<Result<Project>> resume(const QString &sessionId) = 0;
    /// Of this folder, the one that was used last.
    virtual QFuture<Result<Project>> resumeNewest(const QString &folder) = 0;
    /// From now on its project is this folder, and so is that of all sessions with the same project.
    /// Conflict while something runs in one of them.
    virtual QFuture<Result<Project>> moveTo(const QString &sessionId, const QString &folder) = 0;
    /// A new one with all that an open one says up to and including this row of its transcript.
    virtual QFuture<Result<Project>> fork(const QString &sessionId, const QString &rowId) = 0;
    /// Of every session that is open, shown or not.
    virtual QVector<Tasks::TaskManager *> openTasks() const = 0;

    /// All there are, kept as they are; belongs to this.
    virtual Models::SessionListModel &list() = 0;
    /// The window shows this one now. One that nothing was said in is listed only while it is shown.
    virtual void noteShown(const QString &sessionId) = 0;
    /// In titles and in what was said.
    virtual QFuture<Result<QVector<Store::SessionHit>>> search(const QString &text) = 0;
    virtual QFuture<Result<void>> rename(const QString &sessionId, const QString &title) = 0;
    virtual QFuture<Result<void>> setArchived(const QString &sessionId, bool archived) = 0;
    /// As Markdown, or as JSON where the path ends so.
    virtual QFuture<Result<void>> exportTo(const QString &sessionId, const QString &path) = 0;
    /// Can be undone. Conflict: something runs in it.
    virtual QFuture<Result<void>> setDeleted(const QString &sessionId, bool deleted) = 0;
};

} // namespace Meanwhile::Ui
