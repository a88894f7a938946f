// SPDX-License-Identifier: MIT
#include "tasks/taskentry.h"

#include "base/overloaded.h"

#include <cerrno>
#include <utility>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

QString launchProblem(const Task &task, const LaunchFailed &failed)
{
    const QString systemWords = qt_error_string(failed.systemErrno);
    if (failed.step == u"exec"_s && failed.systemErrno == E2BIG)
        return u"The environment of commands is larger than the system takes: %1"_s.arg(systemWords);
    if (failed.step == u"cwd"_s)
        return u"%1: %2"_s.arg(task.spec.workingDirectory, systemWords);
    if (failed.step == u"folder"_s || failed.step == u"log"_s)
        return u"%1: %2"_s.arg(task.logPath, systemWords);
    if (failed.step == u"box"_s)
        return u"The command did not run, since its box could not be built; its output says why"_s;
    return u"%1: %2"_s.arg(failed.step, systemWords);
}

StoppedBy stopperNumbered(int number)
{
    for (const StoppedBy by : {StoppedBy::Person, StoppedBy::Model, StoppedBy::Quit}) {
        if (int(by) == number)
            return by;
    }
    return StoppedBy::Unknown;
}

void applyEnd(Task &task, const CommandEnded &ended, std::optional<StoppedBy> stopper)
{
    task.state = ended.state;
    if (ended.state == TaskState::Exited)
        task.exitCode = ended.number;
    if (ended.state == TaskState::Signaled)
        task.signal = ended.number;
    if (ended.state == TaskState::Stopped)
        task.stoppedBy = stopper.value_or(stopperNumbered(ended.number));
    task.elapsed = std::chrono::milliseconds(ended.elapsedMs);
    task.outputBytes = ended.bytes;
    task.outputLines = ended.lines;
    task.survivors = ended.survivors;
    if (ended.logErrno != 0)
        task.addFailure(u"Not all of the output could be kept: %1"_s.arg(qt_error_string(ended.logErrno)));
}

} // namespace

void TaskEntry::answerStops()
{
    ++stopRound;
    const StopReport answer = std::exchange(report, {});
    for (QPromise<StopReport> &stop : std::exchange(stops, {})) {
        stop.addResult(answer);
        stop.finish();
    }
}

std::optional<StoppedBy> TaskEntry::stopper() const
{
    return isOfThisRun ? stopRequest.value_or(StoppedBy::Unknown) : stopRequest;
}

void TaskEntry::applySweep(Task &result) const
{
    if (!stopRequest || result.state != TaskState::Lost)
        return;
    if (!isSwept) {
        if (remainsFailures > 0)
            result.failure = u"Neither its supervisor nor a stop without it answered; it may still run."_s;
        return;
    }
    result.state = TaskState::Stopped;
    result.stoppedBy = *stopRequest;
    result.failure =
        wasUnanswered
            ? u"Its supervisor did not answer, so its processes were ended without it; its exit code is not known."_s
            : u"Its supervisor had been ended from outside, so its exit code is not known."_s;
}

Task concludedTask(Task task, const Ending &ending, std::optional<StoppedBy> stopper)
{
    task.endedAt = ending.at;
    if (const auto *ended = ending.event ? std::get_if<CommandEnded>(&*ending.event) : nullptr) {
        applyEnd(task, *ended, stopper);
    } else if (const auto *failed = ending.event ? std::get_if<LaunchFailed>(&*ending.event) : nullptr) {
        task.state = TaskState::FailedToStart;
        task.failure = launchProblem(task, *failed);
    } else {
        task.state = ending.neverRan ? TaskState::FailedToStart : TaskState::Lost;
        task.failure = !ending.problem.isEmpty()
                           ? ending.problem
                           : u"Its supervisor is gone, so its exit code is not known."_s;
        if (task.startedAt.isValid() && ending.at.isValid())
            task.elapsed = std::chrono::milliseconds(task.startedAt.msecsTo(ending.at));
    }
    return task;
}

bool hasDiskFailed(const std::optional<RunnerEvent> &end)
{
    const auto *ended = end ? std::get_if<CommandEnded>(&*end) : nullptr;
    return ended && ended->logErrno != 0;
}

} // namespace Meanwhile::Tasks
