// SPDX-License-Identifier: MIT
#include "tasks/taskentry.h"

#include "base/overloaded.h"

#include <utility>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

QString launchProblem(const Task &task, const LaunchFailed &failed)
{
    const QString systemWords = qt_error_string(failed.systemErrno);
    if (failed.step == u"cwd"_s)
        return u"%1: %2"_s.arg(task.spec.workingDirectory, systemWords);
    if (failed.step == u"folder"_s || failed.step == u"log"_s)
        return u"%1: %2"_s.arg(task.logPath, systemWords);
    return u"%1: %2"_s.arg(failed.step, systemWords);
}

void applyEnd(Task &task, const CommandEnded &ended, std::optional<StoppedBy> stopRequest)
{
    task.state = ended.state;
    if (ended.state == TaskState::Exited)
        task.exitCode = ended.number;
    if (ended.state == TaskState::Signaled)
        task.signal = ended.number;
    if (ended.state == TaskState::Stopped)
        task.stoppedBy = stopRequest.value_or(task.stoppedBy);
    task.elapsed = std::chrono::milliseconds(ended.elapsedMs);
    task.outputBytes = ended.bytes;
    task.outputLines = ended.lines;
    task.survivors = ended.survivors;
    if (ended.logErrno != 0) {
        task.failure = u"Not all of the output could be kept: %1"_s.arg(qt_error_string(ended.logErrno));
    }
}

} // namespace

void TaskEntry::answerStops()
{
    const StopReport answer = std::exchange(report, {});
    for (QPromise<StopReport> &stop : std::exchange(stops, {})) {
        stop.addResult(answer);
        stop.finish();
    }
}

void TaskEntry::askToStop()
{
    if (runner)
        runner->requestStop();
    else if (watch)
        watch->requestStop();
}

Task concludedTask(Task task, const std::optional<RunnerEvent> &event, const QString &problem,
    std::optional<StoppedBy> stopRequest)
{
    if (const auto *ended = event ? std::get_if<CommandEnded>(&*event) : nullptr) {
        applyEnd(task, *ended, stopRequest);
    } else if (const auto *failed = event ? std::get_if<LaunchFailed>(&*event) : nullptr) {
        task.state = TaskState::FailedToStart;
        task.failure = launchProblem(task, *failed);
    } else {
        const bool neverRan = task.state == TaskState::Starting && !problem.isEmpty();
        task.state = neverRan ? TaskState::FailedToStart : TaskState::Lost;
        task.failure = !problem.isEmpty() ? problem : u"Its supervisor is gone."_s;
    }
    return task;
}

} // namespace Meanwhile::Tasks
