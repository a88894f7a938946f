// SPDX-License-Identifier: MIT
#include "tasks/task.h"

#include "base/textlimits.h"
#include "tasks/statetraits.h"

#include <csignal>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

bool isSentToEnd(int signal)
{
    return signal == SIGHUP || signal == SIGINT || signal == SIGKILL || signal == SIGTERM;
}

} // namespace

QString nameOf(TaskState state)
{
    return QLatin1StringView(traitsOf(state).name);
}

QString nameOf(Boxed boxed)
{
    switch (boxed) {
    case Boxed::No:
        break;
    case Boxed::Reduced:
        return u"reduced"_s;
    case Boxed::Full:
        return u"full"_s;
    }
    return {};
}

QString describeState(const Task &task)
{
    return withDetail(QLatin1StringView(traitsOf(task).description), task);
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
    if (task.boxed == Boxed::Full && task.state == TaskState::Exited && task.exitCode != 0)
        return u"It ran in the box: no network, no keys, no other projects. If that is why it failed, call it "
               u"again with `outside`."_s;
    return {};
}

} // namespace Meanwhile::Tasks
