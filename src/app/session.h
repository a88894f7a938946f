// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentcontroller.h"
#include "app/program.h"
#include "app/sessionmarker.h"
#include "checkpoints/sessioncheckpoints.h"
#include "project/projectroot.h"
#include "tasks/taskmanager.h"
#include "tools/toolregistry.h"

#include <memory>

namespace Meanwhile::App {

/// One conversation in one project folder, with everything it is made of. The one place that puts these parts
/// together.
///
/// Thread: GUI thread. The Program and the client must outlive it. Destroying it leaves commands running.
class Session {
public:
    struct Start {
        QString folder; ///< absolute, readable
        Permissions::Mode mode = Permissions::Mode::Ask;
        QString model;
        Llm::ModelFacts facts = {};
        Llm::ThinkingLevel thinking = Llm::ThinkingLevel::Automatic;
        int maxRequests = 0;
        bool canAsk = true;
        bool wakeWhenIdle = true;
        std::optional<Store::StoredSession> resumed;
    };

    Session(Program &program, Llm::LlmClient &client, Start start);
    ~Session();

    const QString &id() const { return m_id; }
    const QString &folder() const { return m_start.folder; }
    /// From the next request on. The client must outlive the session.
    void setModel(Llm::LlmClient &client, const QString &model, const Llm::ModelFacts &facts,
        Llm::ThinkingLevel thinking);
    /// Its lost handler is called on any thread, once each time the folder is gone.
    Project::ProjectRoot &project() { return *m_project; }
    Agent::AgentController &controller() { return *m_controller; }
    Tasks::TaskManager &tasks() { return *m_tasks; }
    const Tools::ToolRegistry &tools() const { return m_tools; }
    SessionMarker &marker() { return *m_marker; }
    /// Null where nothing can be kept.
    Checkpoints::SessionCheckpoints *checkpoints() { return m_checkpoints.get(); }

private:
    /// Everything that should be stored about it now.
    Store::StoredSession memory() const;
    void fitBox(Program &program);

    Start m_start;
    QString m_id;
    std::shared_ptr<Project::ProjectRoot> m_project;
    std::unique_ptr<Checkpoints::SessionCheckpoints> m_checkpoints;
    std::unique_ptr<Tasks::TaskManager> m_tasks;
    Tools::ToolRegistry m_tools;
    std::unique_ptr<Store::SessionJournal> m_journal;
    std::unique_ptr<Agent::AgentController> m_controller;
    std::unique_ptr<SessionMarker> m_marker;
};

/// What a request to this model may hold, with room kept for its thinking.
Agent::ModelLimits limitsOf(const Llm::ModelFacts &facts, Llm::ThinkingLevel thinking);

/// A notice for a folder that holds more than a project, such as a home or "/"; empty for others.
QString privatePlacesNotice(const QString &folder);

/// The error to show when the project folder is gone.
Error projectLostError(const QString &folder);

/// The absolute, canonical path of a folder the person named, or why it cannot be a project.
Result<QString> usableFolder(const QString &folder);
/// The path that was given for a folder, by the command line, the desktop or a stored session: a file://
/// address becomes its path. What no folder can be called is an error, worded for the person.
Result<QString> givenFolder(const QString &given);

} // namespace Meanwhile::App
