// SPDX-License-Identifier: MIT
#include "tools/checkbackgroundtool.h"

#include "base/textlimits.h"
#include "project/linesearch.h"
#include "project/poolrun.h"
#include "tasks/tasklog.h"
#include "tasks/taskmanager.h"
#include "tasks/taskoutput.h"
#include "tools/personwording.h"
#include "tools/taskwording.h"
#include "tools/waitingcall.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;
using Tasks::Task;
using Tasks::TaskLog;

namespace {

constexpr qint64 kDefaultTailLines = 20;
constexpr qint64 kMaxTailLines = 2'000;
constexpr qint64 kMaxMatches = 200;
constexpr qint64 kMaxOutputBytes = kMaxToolTextChars;
constexpr qsizetype kMaxTasksListed = 100;

struct Selection {
    std::optional<qint64> tail;
    std::optional<qint64> since;
    std::optional<Project::SearchPattern> grep;
    Project::CancelFlag cancelled;
    Runner::SealKey key; ///< of the task's log
};

ToolSpec checkBackgroundSpec()
{
    return {.name = u"check_background"_s,
        .description = u"State and output of one background task, or a line for each task."_s,
        .schema =
            R"({"type":"object","properties":{"task_id":{"type":"string","description":"default: all"},)"
            R"("tail":{"type":"integer","description":"last lines of output"},)"
            R"("grep":{"type":"string","description":"only lines matching this regex"},)"
            R"("since":{"type":"integer","description":"only output after this byte"}}})"_ba,
        .effect = Effect::Inform,
        .presentation = {.plain = tr("Check"),
            .running = tr("Checking"),
            .done = tr("Checked"),
            .tasks = {u"task_id"_s, u"task_ids"_s}},
        .showsTasks = true};
}

std::optional<qint64> numberOf(const ToolCall &call, const QString &name)
{
    const QJsonValue value = call.arguments.value(name);
    return value.isUndefined() ? std::nullopt : std::optional<qint64>(value.toInteger());
}

Result<QString> matches(const TaskLog &log, const Selection &selection, const QString &project)
{
    const Result<Tasks::LogText> all = log.allLines();
    if (!all)
        return failure(all.error());
    const Project::LineSearch search(all->text, *selection.grep, selection.cancelled, project);
    if (!search.problem().isEmpty())
        return failure(
            ErrorKind::InvalidArgument, u"Its output could not be searched: %1"_s.arg(search.problem()));
    const QVector<Project::FoundLine> &found = search.lines();
    if (found.isEmpty())
        return u"(no line of its output matches)"_s;
    const auto wanted = qsizetype(qBound(qint64(1), selection.tail.value_or(kMaxMatches), kMaxTailLines));
    QString text;
    if (found.size() > wanted)
        text = u"(%1%2 lines match; the last %3:)\n"_s.arg(search.hasMore() ? u"more than "_s : QString())
                   .arg(found.size())
                   .arg(wanted);
    for (const Project::FoundLine &line : found.last(qMin(found.size(), wanted)))
        text += u"%1\t%2\n"_s.arg(all->numberOf(line.number)).arg(QString::fromUtf8(line.text));
    return text;
}

QString laterOutput(const TaskLog &log, qint64 since)
{
    const Result<Tasks::LogPart> part = log.since(qMax<qint64>(0, since), kMaxOutputBytes);
    if (!part)
        return part.error().message;
    QString text;
    if (part->skippedBytes > 0)
        text = u"[… %1 left out …]\n"_s.arg(formatBytes(part->skippedBytes));
    text += part->bytes.isEmpty() ? u"(nothing new)"_s : cleanText(part->bytes).trimmed();
    return text + (part->atEnd ? u"\n[To see only what comes after this, use since=%1.]"_s
                               : u"\n[Read on with since=%1.]"_s)
                      .arg(part->nextOffset);
}

QString lastLines(const TaskLog &log, qint64 count)
{
    const Result<QString> text = log.lastLines(int(qBound(qint64(1), count, kMaxTailLines)), kMaxOutputBytes);
    return text ? *text : text.error().message;
}

// What was asked for of its output; blocks.
Result<QString> output(const Task &task, const Selection &selection)
{
    const bool asksForOutput = selection.grep || selection.since || selection.tail;
    if (!asksForOutput && task.hasEnded())
        return task.digest;
    const Result<TaskLog> log = TaskLog::open(task.logPath);
    if (!log)
        return task.hasEnded() && task.outputBytes > 0 ? u"(its log was removed: it is old)\n"_s + task.digest
                                                       : QString();
    const Result<TaskLog> copy = Tasks::trustedCopyOf(*log, selection.key);
    if (!copy)
        return copy.error().message;
    if (selection.grep)
        return matches(*copy, selection, task.spec.workingDirectory);
    if (selection.since)
        return laterOutput(*copy, *selection.since);
    return lastLines(*copy, selection.tail.value_or(kDefaultTailLines));
}

ToolOutcome one(const Task &task, const Selection &selection)
{
    QStringList parts{headLine(task)};
    if (const QString changes = describeChanges(task); !changes.isEmpty())
        parts += changes;
    if (!task.failure.isEmpty())
        parts += task.failure;
    if (const QString advice = adviceAfter(task); !advice.isEmpty())
        parts += advice;
    const Result<QString> selected = output(task, selection);
    if (!selected)
        return ToolOutcome::error(selected.error().message);
    const QString text = withoutLineEndsAround(clipMiddle(*selected, kMaxToolTextChars));
    parts += text.trimmed().isEmpty() ? u"(no output)"_s : text;
    const bool isDigest = task.hasEnded() && !selection.grep && !selection.since && !selection.tail;
    if (const QString more = fullOutputLine(task, task.digest.size()); isDigest && !more.isEmpty()) {
        const bool isThere = TaskLog::open(task.logPath).has_value();
        parts += task.unkeptBytes > 0 ? more
                 : isThere            ? u"(%1 lines of output in all; see tail, grep and since.)"_s.arg(
                                            formatCount(task.outputLines))
                           : u"(its log was removed: nothing more of its output can be read)"_s;
    }
    ToolOutcome outcome;
    outcome.taskId = task.id;
    outcome.summary = stateForPerson(task);
    if (task.hasEnded())
        outcome.toldNews = {NewsId::endOf(task.id)};
    outcome.text = parts.join(u'\n');
    return outcome;
}

} // namespace

CheckBackgroundTool::CheckBackgroundTool(Tasks::TaskManager &tasks, std::shared_ptr<QThreadPool> pool)
    : m_tasks(tasks)
    , m_pool(std::move(pool))
    , m_spec(checkBackgroundSpec())
{
}

CheckBackgroundTool::~CheckBackgroundTool()
{
    for (const auto &flag : std::as_const(m_flags)) {
        if (const Project::CancelFlag raised = flag.lock())
            raised->store(true);
    }
}

void CheckBackgroundTool::interrupt(const QString &callId, Interrupt reason)
{
    const Project::CancelFlag flag = m_flags.value(callId).lock();
    if (flag && reason == Interrupt::PersonStopped)
        flag->store(true);
}

QFuture<Intent> CheckBackgroundTool::intent(const ToolCall &)
{
    return answered(Intent{});
}

QFuture<ToolOutcome> CheckBackgroundTool::run(const ToolCall &call)
{
    const QString id = call.arguments.value(u"task_id"_s).toString();
    if (id.isEmpty())
        return answered(all());
    const Result<Task> task = findTask(m_tasks, id);
    if (!task)
        return answered(ToolOutcome::error(task.error().message));
    m_flags.removeIf([](const auto &entry) { return entry.value().expired(); });
    const auto cancelled = std::make_shared<std::atomic_bool>(false);
    m_flags.insert(call.id, cancelled);
    Selection selection{
        numberOf(call, u"tail"_s), numberOf(call, u"since"_s), {}, cancelled, m_tasks.sealKey(task->id)};
    if (const QString regex = call.arguments.value(u"grep"_s).toString(); !regex.isEmpty()) {
        const Result<Project::SearchPattern> pattern = Project::SearchPattern::read(regex);
        if (!pattern)
            return answered(ToolOutcome::error(pattern.error().message));
        selection.grep = *pattern;
    }
    return Project::runOnPool(
        m_pool.get(), &m_context, [task = *task, selection] { return one(task, selection); });
}

// A list shows states, not results: it delivers nothing.
ToolOutcome CheckBackgroundTool::all() const
{
    const QVector<Task> tasks = m_tasks.tasks();
    ToolOutcome outcome;
    const qsizetype running =
        std::count_if(tasks.begin(), tasks.end(), [](const Task &task) { return !task.hasEnded(); });
    outcome.summary = runningForPerson(running, tasks.size());
    if (tasks.isEmpty()) {
        outcome.text = u"No task has been started in this session."_s;
        return outcome;
    }
    QStringList lines;
    if (tasks.size() > kMaxTasksListed)
        lines += u"(The last %1 of %2 tasks)"_s.arg(kMaxTasksListed).arg(tasks.size());
    for (const Task &task : tasks.last(qMin(tasks.size(), kMaxTasksListed)))
        lines += headLine(task);
    outcome.text = lines.join(u'\n');
    return outcome;
}

} // namespace Meanwhile::Tools
