// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "project/projectroot.h"
#include "tasks/taskmanager.h"
#include "tools/toolregistry.h"
#include "tools/toolset.h"

#include <QFutureWatcher>
#include <QTemporaryDir>

namespace Meanwhile::Testing {

/// A project folder, a real TaskManager and all tools on top: what a session has, without the conversation.
class ToolBench {
public:
    ToolBench();

    QString path(const QString &name = {}) const;
    void put(const QString &name, const QByteArray &bytes) const;
    QByteArray contentOf(const QString &name) const;

    /// A call as the model would write it.
    Tools::ToolCall call(const QString &tool, const QJsonObject &arguments) const;
    QFuture<Tools::ToolOutcome> start(const Tools::ToolCall &call) const;
    /// Waits for the answer, with the event loop running.
    Tools::ToolOutcome run(const QString &tool, const QJsonObject &arguments) const;
    Tools::ToolOutcome run(const Tools::ToolCall &call) const;
    Tools::Intent intent(const QString &tool, const QJsonObject &arguments) const;
    Tools::Tool &tool(const QString &name) const { return *registry.find(name); }

    /// The task once it has ended.
    Tasks::Task ended(const QString &taskId) const;

private:
    QTemporaryDir m_root;
    SystemClock m_clock;
    RandomIds m_ids;
    mutable int m_calls = 0;

public:
    std::unique_ptr<Tasks::TaskManager> tasks;
    std::shared_ptr<Project::ProjectRoot> project;
    Tools::ToolRegistry registry;
};

} // namespace Meanwhile::Testing
