// SPDX-License-Identifier: MIT
#include "models/taskstatus.h"

#include "base/textlimits.h"
#include "models/visibletext.h"

#include <QCoreApplication>
#include <QStringList>

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;
using Tasks::TaskState;

static QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("Meanwhile::Models", text, nullptr, n);
}

TaskStatus statusOf(const Tasks::Task &task)
{
    const Tasks::StateTraits &traits = Tasks::traitsOf(task);
    return {QString(QChar(traits.shape)), Tasks::wordOf(task), traits.tone};
}

static QString whoStopped(Tasks::StoppedBy by)
{
    switch (by) {
    case Tasks::StoppedBy::Unknown:
        return tr("Ended by a signal from outside, e.g. at a shutdown or a logout.");
    case Tasks::StoppedBy::Person:
        return tr("Stopped by you.");
    case Tasks::StoppedBy::Model:
        return tr("Stopped by the model.");
    case Tasks::StoppedBy::Quit:
        break;
    }
    return tr("Stopped when Meanwhile was closed.");
}

static QString withReason(const QString &sentence, const QString &reason)
{
    return reason.isEmpty() ? sentence : sentence + u' ' + reason;
}

static QString servesText(const Tasks::Task &task)
{
    QStringList ports;
    for (const quint16 port : task.ports)
        ports += QString::number(port);
    return ports.isEmpty() ? QString() : tr("Serves on port %1.").arg(ports.join(u", "_s));
}

QString explainState(const Tasks::Task &task)
{
    switch (task.state) {
    case TaskState::Queued:
        return tr("Queued: the limit of running tasks is reached.");
    case TaskState::Starting:
        return tr("Starting");
    case TaskState::Running:
        return withReason(withReason(task.spec.foreground ? tr("Running. The agent is waiting for it.")
                                                          : tr("Running in the background."),
                              servesText(task)),
            task.failure);
    case TaskState::Exited:
        return task.exitCode == 0 ? tr("Ended with exit code 0.")
                                  : tr("Ended with exit code %1.").arg(task.exitCode);
    case TaskState::Signaled:
        return tr("Ended by signal %1.").arg(task.signal);
    case TaskState::TimedOut:
        return tr("Stopped because its time limit was reached.");
    case TaskState::Stopped:
        return withReason(whoStopped(task.stoppedBy), task.failure);
    case TaskState::FailedToStart:
        return withReason(tr("Could not be started."), task.failure);
    case TaskState::Lost:
        break;
    }
    return withReason(tr("Lost: Meanwhile could not see how it ended."), task.failure);
}

QString purposeText(const Tasks::Task &task)
{
    const QString purpose = visibleLine(task.spec.description);
    return purpose.isEmpty() ? purpose : tr("Purpose: %1").arg(purpose);
}

QString changedFilesText(const Tasks::Task &task)
{
    const qint64 count = task.changedFiles.count;
    if (count == 0)
        return {};
    return count == 1 ? tr("1 file changed while it ran")
                      : tr("%1 files changed while it ran").arg(formatCount(count));
}

QString changedFilesNames(const Tasks::Task &task)
{
    QStringList lines;
    for (const QString &path : task.changedFiles.paths)
        lines += visibleLine(path);
    if (const qint64 more = task.changedFiles.count - lines.size(); more > 0)
        lines += tr("and %1 more").arg(formatCount(more));
    return lines.join(u'\n');
}

bool canBeStopped(const Tasks::Task &task)
{
    return !task.hasEnded() || task.survivors > 0;
}

static bool hasRunOutside(const Tasks::Task &task)
{
    const bool hasRun =
        task.state == TaskState::Running || (task.hasEnded() && task.state != TaskState::FailedToStart);
    return hasRun && task.spec.outside;
}

QString outsideText(const Tasks::Task &task)
{
    return hasRunOutside(task) ? tr("outside") : QString();
}

QString explainOutside(const Tasks::Task &task)
{
    return hasRunOutside(task) ? tr("Ran outside the box") : QString();
}

} // namespace Meanwhile::Models
