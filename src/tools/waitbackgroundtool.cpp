// SPDX-License-Identifier: MIT
#include "tools/waitbackgroundtool.h"

#include "base/textlimits.h"
#include "tasks/taskmanager.h"
#include "tools/personwording.h"
#include "tools/taskwording.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;
using Tasks::Task;

namespace {

constexpr qint64 kMaxTimeoutSeconds = 24 * 60 * 60;
constexpr qsizetype kMaxDigestChars = 4'000;
constexpr qsizetype kMinDigestChars = 300;

ToolSpec waitBackgroundSpec()
{
    return {.name = u"wait_background"_s,
        .description =
            u"Wait until any or all of the tasks have ended, and get their results. Costs no requests while "
            u"waiting. Use "
            u"it only when nothing else is left to do; a message from the person ends the wait."_s,
        .schema =
            R"({"type":"object","properties":{"mode":{"type":"string","enum":["any","all"]},)"
            R"("timeout_s":{"type":"integer"},)"
            R"("task_ids":{"type":"array","items":{"type":"string"},"description":"default: all that run"}},)"
            R"("required":["mode","timeout_s"]})"_ba,
        .effect = Effect::Inform,
        .presentation = {.plain = tr("Wait for"),
            .running = tr("Waiting for"),
            .done = tr("Waited for"),
            .tasks = {u"task_id"_s, u"task_ids"_s}}};
}

// Results in full, as many as there are; what still runs, a line each.
ToolOutcome outcomeOf(const QVector<Task> &tasks, const QString &note)
{
    ToolOutcome outcome;
    QStringList parts;
    if (!note.isEmpty())
        parts += note;
    const qsizetype ended =
        std::count_if(tasks.begin(), tasks.end(), [](const Task &task) { return task.hasEnded(); });
    const qsizetype digestChars =
        qBound(kMinDigestChars, kMaxToolTextChars / qMax<qsizetype>(1, ended), kMaxDigestChars);
    for (const Task &task : tasks) {
        if (!task.hasEnded())
            continue;
        parts += report(task, digestChars);
        outcome.toldNews += NewsId::endOf(task.id);
    }
    for (const Task &task : tasks) {
        if (!task.hasEnded())
            parts += headLine(task);
    }
    outcome.text = parts.join(u"\n"_s);
    outcome.summary = endedForPerson(ended, tasks.size());
    return outcome;
}

} // namespace

struct WaitBackgroundTool::Call : WaitingCall {
    QStringList taskIds;
    bool all = false;
};

WaitBackgroundTool::WaitBackgroundTool(Tasks::TaskManager &tasks)
    : m_tasks(tasks)
    , m_spec(waitBackgroundSpec())
{
}

WaitBackgroundTool::~WaitBackgroundTool() = default;

QFuture<Intent> WaitBackgroundTool::intent(const ToolCall &)
{
    return answered(Intent{});
}

QFuture<ToolOutcome> WaitBackgroundTool::run(const ToolCall &call)
{
    const qint64 seconds = call.arguments.value(u"timeout_s"_s).toInteger();
    if (seconds < 0)
        return answered(ToolOutcome::error(u"timeout_s must be 0 or more; found %1."_s.arg(seconds)));
    auto waiting = std::make_unique<Call>();
    waiting->all = call.arguments.value(u"mode"_s).toString() == u"all";
    const QStringList wanted = call.arguments.value(u"task_ids"_s).toVariant().toStringList();
    if (wanted.isEmpty()) {
        waiting->taskIds = runningIds();
    } else {
        const Result<QVector<Task>> found = findTasks(m_tasks, wanted);
        if (!found)
            return answered(ToolOutcome::error(found.error().message));
        for (const Task &task : *found)
            waiting->taskIds += task.id;
    }
    if (waiting->taskIds.isEmpty()) {
        ToolOutcome outcome;
        outcome.text = u"No background task is running, so there is nothing to wait for."_s;
        return answered(outcome);
    }
    QFuture<ToolOutcome> future = waiting->promise.future();
    connect(waiting->timeLimit.get(), &QTimer::timeout, this, [this, id = call.id, seconds] {
        finish(
            id, u"The %1 s are up. What still runs goes on; its result will come by itself."_s.arg(seconds));
    });
    waiting->timeLimit->start(std::chrono::seconds(qMin(seconds, kMaxTimeoutSeconds)));
    const bool isDone = holds(*waiting);
    m_calls[call.id] = std::move(waiting);
    if (isDone)
        finish(call.id, {});
    return future;
}

void WaitBackgroundTool::interrupt(const QString &callId, Interrupt reason)
{
    switch (reason) {
    case Interrupt::PersonWrote:
        finish(callId,
            u"The waiting ended early because the person wrote a message, which follows. The tasks go on."_s);
        return;
    case Interrupt::PersonStopped:
    case Interrupt::ToBackground:
        finish(callId, u"The person ended the waiting. The tasks go on."_s);
        return;
    }
}

QStringList WaitBackgroundTool::runningIds() const
{
    QStringList ids;
    for (const Task &task : m_tasks.tasks()) {
        if (!task.hasEnded() && !task.spec.foreground)
            ids += task.id;
    }
    return ids;
}

bool WaitBackgroundTool::holds(const Call &call) const
{
    const auto hasEnded = [this](const QString &id) {
        const std::optional<Task> task = m_tasks.task(id);
        return !task || task->hasEnded();
    };
    return call.all ? std::all_of(call.taskIds.begin(), call.taskIds.end(), hasEnded)
                    : std::any_of(call.taskIds.begin(), call.taskIds.end(), hasEnded);
}

void WaitBackgroundTool::taskEnded(const Task &)
{
    QStringList done;
    for (const auto &[id, call] : m_calls) {
        if (holds(*call))
            done += id;
    }
    for (const QString &id : done)
        finish(id, {});
}

void WaitBackgroundTool::finish(const QString &callId, const QString &note)
{
    const auto found = m_calls.find(callId);
    if (found == m_calls.end())
        return;
    // Out of the table first: whoever gets the answer may call again.
    const std::unique_ptr<Call> call = std::move(found->second);
    m_calls.erase(found);
    QVector<Task> tasks;
    for (const QString &id : std::as_const(call->taskIds)) {
        if (const std::optional<Task> task = m_tasks.task(id))
            tasks += *task;
    }
    call->answer(outcomeOf(tasks, note));
}

} // namespace Meanwhile::Tools
