// SPDX-License-Identifier: MIT
#include "tasks/task.h"

#include "base/textlimits.h"

#include <csignal>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

QString describeStop(StoppedBy by)
{
    switch (by) {
    case StoppedBy::Unknown:
        return u"ended by a signal from outside"_s;
    case StoppedBy::Person:
        return u"stopped by the person"_s;
    case StoppedBy::Model:
        return u"stopped by the model"_s;
    case StoppedBy::Quit:
        return u"stopped by the end of the program"_s;
    }
    return {};
}

bool isSentToEnd(int signal)
{
    return signal == SIGHUP || signal == SIGINT || signal == SIGKILL || signal == SIGTERM;
}

} // namespace

QString describeState(const Task &task)
{
    switch (task.state) {
    case TaskState::Queued:
        return u"queued"_s;
    case TaskState::Starting:
        return u"starting"_s;
    case TaskState::Running:
        return u"running"_s;
    case TaskState::Exited:
        return u"exited %1"_s.arg(task.exitCode);
    case TaskState::Signaled:
        return u"signaled %1"_s.arg(task.signal);
    case TaskState::TimedOut:
        return u"timed out"_s;
    case TaskState::Stopped:
        return describeStop(task.stoppedBy);
    case TaskState::FailedToStart:
        return u"failed to start"_s;
    case TaskState::Lost:
        return u"lost"_s;
    }
    return {};
}

QString describeChanges(const Task &task)
{
    if (task.changedFiles.isEmpty())
        return {};
    const QString outcome =
        task.state == TaskState::Exited ? u"exit %1"_s.arg(task.exitCode) : describeState(task);
    return withChangesSinceStart(outcome, task.changedFiles) + u'.';
}

QString describeOutput(const Task &task)
{
    const QString lines = formatCount(task.outputLines) + (task.outputLines == 1 ? u" line"_s : u" lines"_s);
    if (task.unkeptBytes > 0 && task.unkeptBytes >= task.outputBytes)
        return lines + u", of which nothing was kept that could be read"_s;
    const QString call = u"read with check_background(task_id=\"%1\")"_s.arg(task.id);
    if (task.unkeptBytes == 0)
        return lines + u", "_s + call;
    return u"%1, of which %2 were not kept; the rest can be %3"_s.arg(
        lines, formatBytes(task.unkeptBytes), call);
}

QString adviceAfter(const Task &task)
{
    if (task.state == TaskState::Stopped && task.stoppedBy == StoppedBy::Person)
        return u"The person stopped it. Do not start it again unless the person asks for it."_s;
    if (task.state == TaskState::Stopped && task.stoppedBy == StoppedBy::Unknown)
        return u"Neither the person nor Meanwhile stopped it: that was e.g. a shutdown, a logout or a kill. "
               u"Start it again if it is still needed."_s;
    if (task.state == TaskState::Signaled && isSentToEnd(task.signal))
        return u"Meanwhile did not send that signal: it came e.g. from a shutdown, a logout, a kill or the "
               u"command itself."_s;
    return {};
}

QString nameOf(TaskState state)
{
    switch (state) {
    case TaskState::Queued:
        return u"queued"_s;
    case TaskState::Starting:
        return u"starting"_s;
    case TaskState::Running:
        return u"running"_s;
    case TaskState::Exited:
        return u"exited"_s;
    case TaskState::Signaled:
        return u"signaled"_s;
    case TaskState::TimedOut:
        return u"timed_out"_s;
    case TaskState::Stopped:
        return u"stopped"_s;
    case TaskState::FailedToStart:
        return u"failed_to_start"_s;
    case TaskState::Lost:
        return u"lost"_s;
    }
    return {};
}

} // namespace Meanwhile::Tasks
