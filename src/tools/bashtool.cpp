// SPDX-License-Identifier: MIT
#include "tools/bashtool.h"

#include "base/textlimits.h"
#include "tasks/taskmanager.h"
#include "tools/personwording.h"
#include "tools/taskwording.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;
using Tasks::Task;
using Tasks::TaskState;

namespace {

constexpr qint64 kMaxTimeoutSeconds = 24 * 60 * 60;

ToolSpec bashSpec()
{
    return {.name = u"bash"_s,
        .description = u"Run a shell command in the project folder and wait for it. For anything that may "
                       u"take longer than "
                       u"a few "
                       u"seconds use background_run and go on working. When timeout_s is up the command is "
                       u"not killed: it "
                       u"goes on "
                       u"as a background task. stdin is empty."_s,
        .schema = R"({"type":"object","properties":{"command":{"type":"string"},)"
                  R"("timeout_s":{"type":"integer","description":"how long to wait, default )" +
                  QByteArray::number(BashTool::kDefaultTimeout.count()) +
                  R"("},"description":{"type":"string","description":"a few words for the person"},)" +
                  outsideParameter() + R"(},"required":["command"]})",
        .effect = Effect::Execute,
        .presentation = {
            .plain = tr("Run"), .running = tr("Running"), .done = tr("Ran"), .command = u"command"_s}};
}

ToolOutcome endOutcome(const Task &task)
{
    ToolOutcome outcome;
    outcome.taskId = task.id;
    outcome.toldNews = {NewsId::endOf(task.id)};
    outcome.summary = stateForPerson(task);
    outcome.isError = task.state == TaskState::FailedToStart || task.state == TaskState::Lost;
    QStringList parts;
    if (const QString digest = withoutLineEndsAround(task.digest); !digest.isEmpty())
        parts += digest;
    if (!task.failure.isEmpty())
        parts += task.failure;
    if (const QString advice = adviceAfter(task); !advice.isEmpty())
        parts += advice;
    if (const QString more = fullOutputLine(task, task.digest.size()); !more.isEmpty())
        parts += more;
    if (const QString changes = describeChanges(task); !changes.isEmpty())
        parts += changes;
    parts += u"[%1]"_s.arg(
        task.state == TaskState::Exited
            ? u"exit code %1 after %2"_s.arg(task.exitCode).arg(formatDuration(task.elapsed.count()))
            : stateLine(task));
    outcome.text = parts.join(u'\n');
    return outcome;
}

} // namespace

struct BashTool::Call : WaitingCall {
    QString taskId;
    LaterTimer held{new QTimer}; ///< the shell has ended, its output is still open
};

BashTool::BashTool(Tasks::TaskManager &tasks, std::shared_ptr<const Project::ProjectRoot> root)
    : m_tasks(tasks)
    , m_root(std::move(root))
    , m_spec(bashSpec())
{
    connect(&m_tasks, &Tasks::TaskManager::changed, this, &BashTool::taskChanged);
}

BashTool::~BashTool() = default;

QFuture<Intent> BashTool::intent(const ToolCall &call)
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

QFuture<ToolOutcome> BashTool::run(const ToolCall &call)
{
    const qint64 seconds = call.arguments.value(u"timeout_s"_s).toInteger(kDefaultTimeout.count());
    if (seconds < 1)
        return answered(ToolOutcome::error(u"timeout_s must be 1 or more; found %1."_s.arg(seconds)));
    Tasks::TaskSpec spec;
    spec.command = call.arguments.value(u"command"_s).toString();
    spec.description = call.arguments.value(u"description"_s).toString();
    spec.workingDirectory = m_root->folder();
    spec.foreground = true;
    spec.wake = Tasks::WakePolicy::NextTurn;
    spec.callId = call.id;
    spec.outside = call.mayLeaveBox;
    if (const Result<void> whole = m_root->check(); !whole)
        return answered(ToolOutcome::error(whole.error().message));
    if (const QString problem = commandProblem(spec.command); !problem.isEmpty())
        return answered(ToolOutcome::error(problem));

    auto waiting = std::make_unique<Call>();
    QFuture<ToolOutcome> future = waiting->promise.future();
    waiting->held->setSingleShot(true);
    connect(waiting->timeLimit.get(), &QTimer::timeout, this, [this, id = call.id, seconds] {
        leaveRunning(id, u"its %1 s were up"_s.arg(seconds), Tasks::WakePolicy::Wake);
    });
    connect(waiting->held.get(), &QTimer::timeout, this, [this, id = call.id] {
        leaveRunning(
            id, u"the shell has ended, but something it started still writes"_s, Tasks::WakePolicy::Wake);
    });
    waiting->timeLimit->start(std::chrono::seconds(qMin(seconds, kMaxTimeoutSeconds)));
    waiting->taskId = m_tasks.start(spec);
    const QString taskId = waiting->taskId;
    m_calls[call.id] = std::move(waiting);
    // It may have ended before anybody could listen for its id.
    if (const std::optional<Task> task = m_tasks.task(taskId); task && task->hasEnded())
        taskEnded(*task);
    return future;
}

void BashTool::interrupt(const QString &callId, Interrupt reason)
{
    switch (reason) {
    case Interrupt::PersonStopped:
        stop(callId);
        return;
    case Interrupt::ToBackground:
        leaveRunning(callId, u"the person asked for that"_s, Tasks::WakePolicy::Wake);
        return;
    case Interrupt::PersonWrote:
        return;
    }
}

void BashTool::taskChanged(const Task &task)
{
    if (!task.shellExit || task.hasEnded())
        return;
    const auto call = callOf(task.id);
    if (call != m_calls.end() && !call->second->held->isActive())
        call->second->held->start(kHoldGrace);
}

void BashTool::taskEnded(const Task &task)
{
    if (const auto call = callOf(task.id); call != m_calls.end())
        finish(call, endOutcome(task));
}

// Nobody has any use for its end any more. The answer is dropped.
void BashTool::stop(const QString &callId)
{
    const auto call = m_calls.find(callId);
    if (call == m_calls.end())
        return;
    const QString taskId = call->second->taskId;
    m_calls.erase(call);
    m_tasks.stop(taskId, Tasks::StoppedBy::Person);
}

void BashTool::leaveRunning(const QString &callId, const QString &why, Tasks::WakePolicy wake)
{
    const auto call = m_calls.find(callId);
    if (call == m_calls.end())
        return;
    const QString taskId = call->second->taskId;
    // A natural end that has not been announced yet still is the answer.
    const std::optional<Task> task = m_tasks.task(taskId);
    if (task && task->hasEnded())
        return finish(call, endOutcome(*task));
    m_tasks.setWakePolicy(taskId, wake);
    m_tasks.sendToBackground(taskId);
    ToolOutcome outcome;
    outcome.taskId = taskId;
    outcome.continues = true;
    outcome.summary = backgroundForPerson();
    const QString shell =
        task && task->shellExit ? u" The shell exited %1."_s.arg(*task->shellExit) : QString();
    outcome.text =
        u"The command is still running and continues as background task %1, because %2.%3 Do not start it "
        u"again, and do not poll: its result will come by itself. Go on with other work meanwhile."_s.arg(
            taskId, why, shell);
    if (task && !task->lastLine.isEmpty())
        outcome.text += u"\nIts last line so far: %1"_s.arg(task->lastLine);
    finish(call, outcome);
}

BashTool::Calls::iterator BashTool::callOf(const QString &taskId)
{
    return std::find_if(
        m_calls.begin(), m_calls.end(), [&](const auto &entry) { return entry.second->taskId == taskId; });
}

// Out of the table first: whoever gets the answer may call again.
void BashTool::finish(Calls::iterator call, const ToolOutcome &outcome)
{
    const std::unique_ptr<Call> waiting = std::move(call->second);
    m_calls.erase(call);
    waiting->answer(outcome);
}

} // namespace Meanwhile::Tools
