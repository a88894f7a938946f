// SPDX-License-Identifier: MIT
#include "store/taskjson.h"

#include "store/rowtime.h"

#include <QJsonArray>
#include <QJsonObject>

#include <array>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;
using Tasks::StoppedBy;
using Tasks::Task;
using Tasks::TaskState;
using Tasks::WakePolicy;

namespace {

constexpr std::array kStates{TaskState::Queued, TaskState::Starting, TaskState::Running, TaskState::Exited,
    TaskState::Signaled, TaskState::TimedOut, TaskState::Stopped, TaskState::FailedToStart, TaskState::Lost};
constexpr std::array kPolicies{
    WakePolicy::Wake, WakePolicy::NextTurn, WakePolicy::OnFailure, WakePolicy::Never};
constexpr std::array kStoppers{StoppedBy::Unknown, StoppedBy::Person, StoppedBy::Model, StoppedBy::Quit};

QString nameOf(StoppedBy by)
{
    switch (by) {
    case StoppedBy::Unknown:
        return u"unknown"_s;
    case StoppedBy::Person:
        return u"person"_s;
    case StoppedBy::Model:
        return u"model"_s;
    case StoppedBy::Quit:
        return u"quit"_s;
    }
    return {};
}

template <typename T, std::size_t N, typename Name>
T named(const std::array<T, N> &all, const QString &name, T otherwise, Name nameOfOne)
{
    for (const T one : all) {
        if (nameOfOne(one) == name)
            return one;
    }
    return otherwise;
}

} // namespace

QString nameOf(WakePolicy policy)
{
    switch (policy) {
    case WakePolicy::Wake:
        return u"wake"_s;
    case WakePolicy::NextTurn:
        return u"next_turn"_s;
    case WakePolicy::OnFailure:
        return u"on_failure"_s;
    case WakePolicy::Never:
        return u"never"_s;
    }
    return {};
}

WakePolicy wakePolicyFrom(const QString &name)
{
    return named(kPolicies, name, WakePolicy::Wake, [](WakePolicy one) { return nameOf(one); });
}

QJsonObject toJson(const Task &task)
{
    QJsonObject object{{u"id"_s, task.id}, {u"command"_s, task.spec.command},
        {u"description"_s, task.spec.description}, {u"cwd"_s, task.spec.workingDirectory},
        {u"time_limit_ms"_s, qint64(task.spec.timeLimit.count())}, {u"foreground"_s, task.spec.foreground},
        {u"wake"_s, nameOf(task.spec.wake)}, {u"state"_s, Tasks::nameOf(task.state)},
        {u"exit_code"_s, task.exitCode}, {u"signal"_s, task.signal},
        {u"stopped_by"_s, nameOf(task.stoppedBy)}, {u"failure"_s, task.failure},
        {u"survivors"_s, task.survivors}, {u"boot_id"_s, task.supervisor.bootId},
        {u"pid"_s, task.supervisor.pid}, {u"start_ticks"_s, qint64(task.supervisor.startTicks)},
        {u"created_at"_s, rowTime(task.createdAt)}, {u"started_at"_s, rowTime(task.startedAt)},
        {u"ended_at"_s, rowTime(task.endedAt)}, {u"elapsed_ms"_s, qint64(task.elapsed.count())},
        {u"log"_s, task.logPath}, {u"bytes"_s, task.outputBytes}, {u"lines"_s, task.outputLines},
        {u"unkept_bytes"_s, task.unkeptBytes}, {u"digest"_s, task.digest}, {u"last_line"_s, task.lastLine}};
    if (!task.changedFiles.isEmpty()) {
        object.insert(
            u"changed_files"_s, QJsonObject{{u"count"_s, task.changedFiles.count},
                                    {u"paths"_s, QJsonArray::fromStringList(task.changedFiles.paths)}});
    }
    if (!task.spec.callId.isEmpty())
        object.insert(u"call"_s, task.spec.callId);
    if (task.spec.outside)
        object.insert(u"outside"_s, true);
    if (task.boxed != Tasks::Boxed::No)
        object.insert(u"box"_s, nameOf(task.boxed));
    if (task.shellExit)
        object.insert(u"shell_exit"_s, *task.shellExit);
    return object;
}

Task taskFromJson(const QJsonObject &object)
{
    Task task;
    task.id = object[u"id"].toString();
    task.spec = {object[u"command"].toString(), object[u"description"].toString(), object[u"cwd"].toString(),
        std::chrono::milliseconds(object[u"time_limit_ms"].toInteger()), object[u"foreground"].toBool(),
        wakePolicyFrom(object[u"wake"].toString()), object[u"call"].toString(), object[u"outside"].toBool()};
    for (const Tasks::Boxed one : {Tasks::Boxed::Reduced, Tasks::Boxed::Full}) {
        if (object[u"box"].toString() == nameOf(one))
            task.boxed = one;
    }
    task.state = named(kStates, object[u"state"].toString(), TaskState::Lost,
        [](TaskState one) { return Tasks::nameOf(one); });
    task.exitCode = object[u"exit_code"].toInt();
    task.signal = object[u"signal"].toInt();
    task.stoppedBy = named(kStoppers, object[u"stopped_by"].toString(), StoppedBy::Unknown,
        [](StoppedBy one) { return nameOf(one); });
    task.failure = object[u"failure"].toString();
    if (const QJsonValue shell = object[u"shell_exit"]; shell.isDouble())
        task.shellExit = shell.toInt();
    task.survivors = object[u"survivors"].toInt();
    task.supervisor = {object[u"boot_id"].toString(), object[u"pid"].toInteger(),
        quint64(object[u"start_ticks"].toInteger())};
    task.createdAt = timeOfRow(object[u"created_at"].toString());
    task.startedAt = timeOfRow(object[u"started_at"].toString());
    task.endedAt = timeOfRow(object[u"ended_at"].toString());
    task.elapsed = std::chrono::milliseconds(object[u"elapsed_ms"].toInteger());
    task.logPath = object[u"log"].toString();
    task.outputBytes = object[u"bytes"].toInteger();
    task.outputLines = object[u"lines"].toInteger();
    task.unkeptBytes = object[u"unkept_bytes"].toInteger();
    task.digest = object[u"digest"].toString();
    task.lastLine = object[u"last_line"].toString();
    const QJsonObject changed = object[u"changed_files"].toObject();
    task.changedFiles = {changed[u"count"].toInteger(), changed[u"paths"].toVariant().toStringList()};
    return task;
}

} // namespace Meanwhile::Store
