// SPDX-License-Identifier: MIT
#include "tools/taskwording.h"

#include "base/textlimits.h"
#include "tasks/taskmanager.h"

#include <algorithm>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;
using Tasks::Task;
using Tasks::TaskState;

namespace {

constexpr qsizetype kMaxCommandChars = 120;
constexpr qsizetype kMaxIdsNamed = 20;
/// The runner takes 128 KiB in one way and what is longer in another, which costs the shell a while.
constexpr qsizetype kMaxCommandBytes = 4 * 1024 * 1024;

QString shortCommand(const Task &task)
{
    const QString command = task.spec.command.trimmed();
    const QString line = command.section(u'\n', 0, 0);
    const bool isCut = line.size() > kMaxCommandChars || line.size() < command.size();
    return line.first(qMin(line.size(), kMaxCommandChars)) + (isCut ? u"…"_s : QString());
}

} // namespace

QString stateLine(const Task &task)
{
    const QString elapsed = formatDuration(task.elapsed.count());
    QString text = describeState(task);
    if (task.state == TaskState::Queued || task.state == TaskState::Starting ||
        task.state == TaskState::FailedToStart)
        return text;
    if (!task.hasEnded()) {
        text += u" for "_s + elapsed;
        if (task.shellExit)
            text += u" (the shell exited %1; what it started still runs)"_s.arg(*task.shellExit);
        return text;
    }
    text += u" after "_s + elapsed;
    if (task.survivors > 0)
        text += u"; processes still alive: %1"_s.arg(task.survivors);
    return text;
}

QString headLine(const Task &task)
{
    return u"[%1] %2: %3"_s.arg(task.id, stateLine(task), shortCommand(task));
}

QString fullOutputLine(const Task &task, qsizetype digestChars)
{
    const qint64 shown = task.digest.isEmpty() ? 0 : withoutLineEndsAround(task.digest).count(u'\n') + 1;
    if (shown >= task.outputLines && task.digest.size() <= digestChars)
        return {};
    return u"Full output: %1."_s.arg(describeOutput(task));
}

QString withoutLineEndsAround(const QString &output)
{
    const auto isLineEnd = [](QChar c) { return c == u'\n' || c == u'\r'; };
    const auto first = std::find_if_not(output.cbegin(), output.cend(), isLineEnd);
    const auto last = std::find_if_not(output.crbegin(), output.crend(), isLineEnd).base();
    return first < last ? QString(first, last - first) : QString();
}

QString report(const Task &task, qsizetype maxChars)
{
    QStringList parts{headLine(task)};
    if (const QString changes = describeChanges(task); !changes.isEmpty())
        parts += changes;
    if (!task.failure.isEmpty())
        parts += task.failure;
    if (const QString advice = adviceAfter(task); !advice.isEmpty())
        parts += advice;
    if (const QString digest = withoutLineEndsAround(clipMiddle(task.digest, maxChars)); !digest.isEmpty())
        parts += digest;
    if (const QString more = fullOutputLine(task, maxChars); !more.isEmpty())
        parts += more;
    return parts.join(u'\n');
}

QByteArray outsideParameter()
{
    return R"("outside":{"type":"string","description":"Commands run in a box: they write in the project and )"
           R"(in /tmp and have no network. Only where one needs more: why. The person is asked."})";
}

QString commandProblem(const QString &command)
{
    if (command.trimmed().isEmpty())
        return u"command is empty. Give the shell command to run."_s;
    // No program can be given one: system calls end a text there.
    if (command.contains(QChar(0)))
        return u"command contains a NUL character. Write it without one."_s;
    if (const qsizetype size = command.toUtf8().size(); size > kMaxCommandBytes)
        return u"command is %1 long; at most %2 can be run. Write it into a file with write_file, in pieces "
               u"if need be, and run that file."_s.arg(formatBytes(size), formatBytes(kMaxCommandBytes));
    return {};
}

Result<Task> findTask(const Tasks::TaskManager &tasks, const QString &id)
{
    QString wanted = id.trimmed();
    for (const QChar c : {u'[', u']'})
        wanted.remove(c);
    if (wanted.startsWith(u"bg:"))
        wanted = wanted.sliced(3);
    if (const std::optional<Task> found = tasks.task(wanted))
        return *found;
    const QVector<Task> all = tasks.tasks();
    QStringList known;
    for (qsizetype i = all.size() - 1; i >= 0 && known.size() < kMaxIdsNamed; --i)
        known += all.at(i).id;
    return failure(ErrorKind::NotFound,
        u"There is no task \"%1\". %2"_s.arg(
            id, known.isEmpty() ? u"No task has been started in this session."_s
                                : u"Known tasks, newest first: %1."_s.arg(known.join(u", "_s))));
}

Result<QVector<Task>> findTasks(const Tasks::TaskManager &tasks, const QStringList &ids)
{
    QVector<Task> found;
    for (const QString &id : ids) {
        const Result<Task> task = findTask(tasks, id);
        if (!task)
            return failure(task.error());
        const bool isNamedTwice =
            std::any_of(found.begin(), found.end(), [&](const Task &other) { return other.id == task->id; });
        if (!isNamedTwice)
            found += *task;
    }
    return found;
}

} // namespace Meanwhile::Tools
