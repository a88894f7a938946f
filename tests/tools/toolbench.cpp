// SPDX-License-Identifier: MIT
#include "tools/toolbench.h"

#include "support/patience.h"

#include <QJsonDocument>
#include <QtTest>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

namespace {

template <typename T>
T resultOf(const QFuture<T> &future)
{
    if (!Testing::waitFor([&] { return future.isFinished(); }))
        qFatal("no answer");
    return future.result();
}

} // namespace

ToolBench::ToolBench()
{
    QDir(m_root.path()).mkdir(u"project"_s);
    Tasks::TaskManagerSettings settings;
    settings.runnerPath = qEnvironmentVariable("MEANWHILE_BIN_DIR") + u"/meanwhile-run"_s;
    settings.tasksFolder = m_root.filePath(u"tasks"_s);
    settings.environment = QProcessEnvironment::systemEnvironment();
    QDir(m_root.path()).mkdir(u"tasks"_s);
    tasks = std::make_unique<Tasks::TaskManager>(settings, m_clock, m_ids);
    project = std::make_shared<Project::ProjectRoot>(path());
    Tools::registerAllTools(registry, {project, tasks.get(), {}});
    QObject::connect(tasks.get(), &Tasks::TaskManager::ended, &registry,
        &Tools::ToolRegistry::taskEnded); // as a session does
}

QString ToolBench::path(const QString &name) const
{
    return m_root.filePath(name.isEmpty() ? u"project"_s : u"project/"_s + name);
}

void ToolBench::put(const QString &name, const QByteArray &bytes) const
{
    QDir().mkpath(QFileInfo(path(name)).path());
    QFile file(path(name));
    if (!file.open(QFile::WriteOnly | QFile::Truncate) || file.write(bytes) != bytes.size())
        qFatal("cannot write a file of the test");
}

QByteArray ToolBench::contentOf(const QString &name) const
{
    QFile file(path(name));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

Tools::ToolCall ToolBench::call(const QString &tool, const QJsonObject &arguments) const
{
    const Result<Tools::ToolCall> checked = registry.check(
        u"call_%1"_s.arg(++m_calls), tool, QJsonDocument(arguments).toJson(QJsonDocument::Compact));
    if (!checked)
        qFatal("%s", qUtf8Printable(checked.error().message));
    return *checked;
}

QFuture<Tools::ToolOutcome> ToolBench::start(const Tools::ToolCall &call) const
{
    return tool(call.name).run(call);
}

Tools::ToolOutcome ToolBench::run(const QString &tool, const QJsonObject &arguments) const
{
    return run(call(tool, arguments));
}

Tools::ToolOutcome ToolBench::run(const Tools::ToolCall &call) const
{
    return resultOf(start(call));
}

Tools::Intent ToolBench::intent(const QString &name, const QJsonObject &arguments) const
{
    return resultOf(tool(name).intent(call(name, arguments)));
}

Tasks::Task ToolBench::ended(const QString &taskId) const
{
    const auto hasEnded = [&] {
        const std::optional<Tasks::Task> task = tasks->task(taskId);
        return task && task->hasEnded();
    };
    if (!Testing::waitFor(hasEnded))
        qFatal("the task does not end");
    return *tasks->task(taskId);
}

} // namespace Meanwhile::Testing
