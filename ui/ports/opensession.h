// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace Meanwhile::Agent {
class AgentController;
}
namespace Meanwhile::Checkpoints {
class SessionCheckpoints;
}
namespace Meanwhile::Models {
class TaskTableModel;
class TranscriptModel;
} // namespace Meanwhile::Models
namespace Meanwhile::Tasks {
class TaskManager;
}

namespace Meanwhile::Ui {

/// One open session: a conversation in a project folder. The objects belong to the program and live as long
/// as it.
struct OpenSession {
    QString sessionId;
    QString folder;
    QString gitBranch; ///< empty outside a repository
    Agent::AgentController *controller = nullptr;
    Tasks::TaskManager *tasks = nullptr;
    Checkpoints::SessionCheckpoints *checkpoints = nullptr; ///< null: files cannot be brought back
    Models::TranscriptModel *transcript = nullptr;
    Models::TaskTableModel *taskTable = nullptr;
    bool isFolderGone = false;     ///< the session can be read, and its project's new place chosen
    QString notice = {};           ///< what the person should know of this folder; mostly empty
    QStringList heldBack = {};     ///< names of secret variables that its commands do not get by themselves
    bool isFolderReplaced = false; ///< another one is in its place, which is used once the person opens it
};

} // namespace Meanwhile::Ui
