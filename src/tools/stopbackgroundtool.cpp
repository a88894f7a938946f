// SPDX-License-Identifier: MIT
#include "tools/stopbackgroundtool.h"

#include "base/logging.h"
#include "base/whenfinished.h"
#include "tasks/taskmanager.h"
#include "tools/personwording.h"
#include "tools/taskwording.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;
using Tasks::StopReport;
using Tasks::Task;

namespace {

constexpr qsizetype kMaxDigestChars = 4'000;

ToolSpec stopBackgroundSpec()
{
    return {.name = u"stop_background"_s,
        .description = u"End a background task and every process it started."_s,
        .schema = R"({"type":"object","properties":{"task_id":{"type":"string"},"reason":{"type":"string"}},)"
                  R"("required":["task_id"]})"_ba,
        .effect = Effect::Stop,
        .presentation = {.plain = tr("Stop"),
            .running = tr("Stopping"),
            .done = tr("Stopped"),
            .tasks = {u"task_id"_s, u"task_ids"_s}}};
}

ToolOutcome endedAlready(const Task &task)
{
    ToolOutcome outcome;
    outcome.taskId = task.id;
    outcome.summary = stateForPerson(task);
    outcome.text = u"Nothing to stop, it had ended already:\n"_s + report(task, kMaxDigestChars);
    outcome.toldNews = {NewsId::endOf(task.id)};
    return outcome;
}

} // namespace

StopBackgroundTool::StopBackgroundTool(Tasks::TaskManager &tasks)
    : m_tasks(tasks)
    , m_spec(stopBackgroundSpec())
{
}

QFuture<Intent> StopBackgroundTool::intent(const ToolCall &call)
{
    const Result<Task> task = findTask(m_tasks, call.arguments.value(u"task_id"_s).toString());
    return answered(Intent{
        Effect::Stop, task ? task->spec.command : call.arguments.value(u"task_id"_s).toString(), false, {}});
}

QFuture<ToolOutcome> StopBackgroundTool::run(const ToolCall &call)
{
    const Result<Task> task = findTask(m_tasks, call.arguments.value(u"task_id"_s).toString());
    if (!task)
        return answered(ToolOutcome::error(task.error().message));
    // What survived a first attempt can be tried again.
    if (task->hasEnded() && task->survivors == 0)
        return answered(endedAlready(*task));
    qCInfo(lcTools, "stopping task %s: %s", qUtf8Printable(task->id),
        qUtf8Printable(call.arguments.value(u"reason"_s).toString()));

    const auto waiting = std::make_shared<WaitingCall>();
    whenFinished(m_tasks.stop(task->id, Tasks::StoppedBy::Model), &m_context,
        [this, waiting, id = task->id](
            const StopReport &stopped) { waiting->answer(outcomeOf(id, stopped)); });
    return waiting->promise.future();
}

ToolOutcome StopBackgroundTool::outcomeOf(const QString &taskId, const StopReport &stopped) const
{
    ToolOutcome outcome;
    outcome.taskId = taskId;
    QStringList parts;
    if (stopped.processesEnded > 0)
        parts += u"Ended %1 %2."_s.arg(stopped.processesEnded)
                     .arg(stopped.processesEnded == 1 ? u"process"_s : u"processes"_s);
    if (!stopped.survivors.isEmpty()) {
        parts += u"Still alive: %1. Tell the person."_s.arg(stopped.survivors.join(u", "_s));
        outcome.isError = true;
    }
    if (const std::optional<Task> task = m_tasks.task(taskId)) {
        outcome.summary = stateForPerson(*task);
        parts += task->hasEnded() ? report(*task, kMaxDigestChars) : headLine(*task);
        if (task->hasEnded())
            outcome.toldNews = {NewsId::endOf(taskId)};
    }
    outcome.text = parts.join(u'\n');
    return outcome;
}

} // namespace Meanwhile::Tools
