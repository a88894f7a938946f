// SPDX-License-Identifier: MIT
#include "tasks/statetraits.h"

#include <QCoreApplication>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr StateTraits kQueued{
    "queued", "queued", QT_TRANSLATE_NOOP("Meanwhile::Tasks", "queued"), u'◌', Tone::Waiting, 2};
constexpr StateTraits kStarting{
    "starting", "starting", QT_TRANSLATE_NOOP("Meanwhile::Tasks", "starting"), u'◌', Tone::Waiting, 1};
constexpr StateTraits kRunning{
    "running", "running", QT_TRANSLATE_NOOP("Meanwhile::Tasks", "running"), u'◐', Tone::Active, 0};
constexpr StateTraits kSucceeded{
    "exited", "exited %1", QT_TRANSLATE_NOOP("Meanwhile::Tasks", "done"), u'✓', Tone::Done, 9};
constexpr StateTraits kExited{
    "exited", "exited %1", QT_TRANSLATE_NOOP("Meanwhile::Tasks", "exit %1"), u'✕', Tone::Failed, 7};
constexpr StateTraits kSignaled{
    "signaled", "signaled %1", QT_TRANSLATE_NOOP("Meanwhile::Tasks", "signal %1"), u'✕', Tone::Failed, 6};
constexpr StateTraits kTimedOut{
    "timed_out", "timed out", QT_TRANSLATE_NOOP("Meanwhile::Tasks", "timed out"), u'✕', Tone::Failed, 5};
constexpr StateTraits kStopped{
    "stopped", "stopped by %1", QT_TRANSLATE_NOOP("Meanwhile::Tasks", "stopped"), u'■', Tone::Ended, 8};
constexpr StateTraits kEndedOutside{"stopped", "ended by a signal from outside",
    QT_TRANSLATE_NOOP("Meanwhile::Tasks", "ended"), u'■', Tone::Ended, 8};
constexpr StateTraits kFailedToStart{"failed_to_start", "failed to start",
    QT_TRANSLATE_NOOP("Meanwhile::Tasks", "failed"), u'✕', Tone::Failed, 4};
constexpr StateTraits kLost{
    "lost", "lost", QT_TRANSLATE_NOOP("Meanwhile::Tasks", "lost"), u'?', Tone::Unknown, 3};

QString stopperOf(const Task &task)
{
    switch (task.stoppedBy) {
    case StoppedBy::Unknown:
        break;
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

const StateTraits &traitsOf(TaskState state)
{
    switch (state) {
    case TaskState::Queued:
        return kQueued;
    case TaskState::Starting:
        return kStarting;
    case TaskState::Running:
        return kRunning;
    case TaskState::Exited:
        return kExited;
    case TaskState::Signaled:
        return kSignaled;
    case TaskState::TimedOut:
        return kTimedOut;
    case TaskState::Stopped:
        return kStopped;
    case TaskState::FailedToStart:
        return kFailedToStart;
    case TaskState::Lost:
        break;
    }
    return kLost;
}

const StateTraits &traitsOf(const Task &task)
{
    if (task.isSuccess())
        return kSucceeded;
    if (task.state == TaskState::Stopped && task.stoppedBy == StoppedBy::Unknown)
        return kEndedOutside;
    return traitsOf(task.state);
}

QString withDetail(QString text, const Task &task)
{
    const QString detail = task.state == TaskState::Exited     ? QString::number(task.exitCode)
                           : task.state == TaskState::Signaled ? QString::number(task.signal)
                                                               : stopperOf(task);
    return text.replace("%1"_L1, detail);
}

QString wordOf(const Task &task)
{
    return withDetail(QCoreApplication::translate("Meanwhile::Tasks", traitsOf(task).word), task);
}

} // namespace Meanwhile::Tasks
