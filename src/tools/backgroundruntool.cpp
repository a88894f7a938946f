// SPDX-License-Identifier: MIT
#include "tools/backgroundruntool.h"

#include "tasks/taskmanager.h"
#include "tools/personwording.h"
#include "tools/taskwording.h"
#include "tools/waitingcall.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

ToolSpec backgroundRunSpec()
{
    return {.name = u"background_run"_s,
        .description = u"Start a shell command as a background task and get its id at once. Its result will "
                       u"be given to you "
                       u"by "
                       u"itself when it ends, so go on working and do not poll."_s,
        .schema = R"({"type":"object","properties":{"command":{"type":"string"},)"
                  R"("description":{"type":"string","description":"a few words for the person"},)"
                  R"("timeout_s":{"type":"integer","description":"end it after this long; default: never"},)"
                  R"("notify_on":{"type":"string","enum":["any","failure","never"],)"
                  R"("description":"which end wakes you when idle, default any"},)" +
                  outsideParameter() + R"(},"required":["command"]})",
        .effect = Effect::Execute,
        .presentation = {.command = u"command"_s, .isTask = true}};
}

Tasks::WakePolicy wakePolicyOf(const QString &notifyOn)
{
    if (notifyOn == u"failure")
        return Tasks::WakePolicy::OnFailure;
    return notifyOn == u"never" ? Tasks::WakePolicy::Never : Tasks::WakePolicy::Wake;
}

} // namespace

BackgroundRunTool::BackgroundRunTool(
    Tasks::TaskManager &tasks, std::shared_ptr<const Project::ProjectRoot> root)
    : m_tasks(tasks)
    , m_root(std::move(root))
    , m_spec(backgroundRunSpec())
{
}

QFuture<Intent> BackgroundRunTool::intent(const ToolCall &call)
{
    Intent intent{Effect::Execute, call.arguments.value(u"command"_s).toString(), false, {}};
    intent.purpose = call.arguments.value(u"description"_s).toString();
    intent.outside = call.arguments.value(u"outside"_s).toString().trimmed();
    if (const Result<void> whole = m_root->check(); !whole)
        intent.impossible = whole.error().message;
    else
        intent.impossible = commandProblem(intent.subject);
    return answered(intent);
}

QFuture<ToolOutcome> BackgroundRunTool::run(const ToolCall &call)
{
    Tasks::TaskSpec spec;
    spec.command = call.arguments.value(u"command"_s).toString();
    spec.description = call.arguments.value(u"description"_s).toString();
    spec.workingDirectory = m_root->folder();
    spec.callId = call.id;
    spec.outside = call.mayLeaveBox;
    spec.wake = wakePolicyOf(call.arguments.value(u"notify_on"_s).toString());
    const qint64 seconds = call.arguments.value(u"timeout_s"_s).toInteger(0);
    if (seconds < 0)
        return answered(
            ToolOutcome::error(u"timeout_s must be 1 or more, or left out; found %1."_s.arg(seconds)));
    if (const Result<void> whole = m_root->check(); !whole)
        return answered(ToolOutcome::error(whole.error().message));
    if (const QString problem = commandProblem(spec.command); !problem.isEmpty())
        return answered(ToolOutcome::error(problem));
    spec.timeLimit = std::chrono::seconds(seconds);

    ToolOutcome outcome;
    outcome.taskId = m_tasks.start(spec);
    outcome.continues = true;
    const std::optional<Tasks::Task> task = m_tasks.task(outcome.taskId);
    outcome.text =
        task && task->state == Tasks::TaskState::Queued
            ? u"Background task %1 is queued: it starts as soon as others end."_s.arg(outcome.taskId)
            : u"Background task %1 started."_s.arg(outcome.taskId);
    outcome.summary = u"task %1"_s.arg(outcome.taskId);
    return answered(outcome);
}

} // namespace Meanwhile::Tools
