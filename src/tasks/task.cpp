// SPDX-License-Identifier: MIT
#include "tasks/task.h"

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

QString stopper(StoppedBy by)
{
    switch (by) {
    case StoppedBy::Person:
        return u"the person"_s;
    case StoppedBy::Model:
        return u"the model"_s;
    case StoppedBy::Quit:
        return u"the end of the program"_s;
    }
    return {};
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
        return u"stopped by %1"_s.arg(stopper(task.stoppedBy));
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
