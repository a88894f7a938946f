// SPDX-License-Identifier: MIT
#include "tasks/recoveredtask.h"

#include "tasks/jobfile.h"
#include "tasks/processidentity.h"
#include "tasks/tasklog.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

QDateTime birthOf(const QString &path)
{
    const QFileInfo info(path);
    const QDateTime birth = info.birthTime();
    return (birth.isValid() ? birth : info.lastModified()).toUTC();
}

/// Whether the command has written anything, or the log cannot tell.
bool hasOutput(const QString &logPath, const Result<TaskLog> &log)
{
    if (!log)
        return QFileInfo(logPath).size() > 0;
    const Result<LogSummary> summary = log->summary();
    return !summary || summary->totalBytes > 0;
}

void fillIn(RecoveredTask &recovered, const std::optional<JobFile> &job)
{
    Task &task = recovered.task;
    const QString folder = recovered.folder();
    if (job) {
        task.supervisor = job->supervisor;
        TaskSpec spec = job->spec;
        if (recovered.isStored) { // no supervisor keeps these
            spec.description = task.spec.description;
            spec.foreground = task.spec.foreground;
            spec.wake = task.spec.wake;
            spec.callId = task.spec.callId;
            spec.outside = task.spec.outside;
        }
        task.spec = spec;
        if (!task.startedAt.isValid())
            task.startedAt = QFileInfo(folder + u"/job"_s).lastModified().toUTC();
    }
    if (!task.createdAt.isValid())
        task.createdAt = task.startedAt.isValid() ? task.startedAt : birthOf(folder);
    recovered.lastSign = QFileInfo(task.logPath).lastModified().toUTC();
}

QString lostProblem(const RecoveredTask &recovered)
{
    if (recovered.isEndStored)
        return u"Its end is not on record: its folder holds none that its supervisor has written."_s;
    const QString &bootId = recovered.task.supervisor.bootId;
    if (!bootId.isEmpty() && bootId != currentBootId())
        return u"The computer was restarted while it ran."_s;
    if (const QFileInfo folder(recovered.folder()); !folder.isDir() || !folder.isReadable())
        return u"Its folder cannot be read any more, so its end is not known."_s;
    if (QFileInfo::exists(recovered.folder() + u"/status"_s))
        return u"What its folder tells of its end was not written by its supervisor, so its end is not known."_s;
    return u"Its supervisor was ended from outside, so its exit code is not known."_s;
}

/// What is left of a stored task when there is no end and no supervisor.
RecoveredTask::Verdict verdictWithoutTrace(const RecoveredTask &recovered, bool isAnythingThere, Pass pass)
{
    using Verdict = RecoveredTask::Verdict;
    const bool hasRun = recovered.task.supervisor.pid > 0;
    if (!hasRun && !recovered.isEndStored && pass == Pass::First)
        return Verdict::Unclear;
    const bool wasWaiting =
        recovered.task.state == TaskState::Queued || recovered.task.state == TaskState::Starting;
    return wasWaiting && !hasRun && !isAnythingThere ? Verdict::NeverStarted : Verdict::Lost;
}

} // namespace

QString RecoveredTask::folder() const
{
    return QFileInfo(task.logPath).path();
}

bool isTaskId(const QString &name)
{
    return name.size() == 8 && std::all_of(name.begin(), name.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
}

Task withoutEnd(const Task &task)
{
    Task begun;
    begun.id = task.id;
    begun.spec = task.spec;
    begun.state = TaskState::Running;
    begun.supervisor = task.supervisor;
    begun.boxed = task.boxed;
    begun.createdAt = task.createdAt;
    begun.startedAt = task.startedAt;
    begun.startedMonotonic = task.startedMonotonic;
    begun.logPath = task.logPath;
    return begun;
}

QVector<RecoveredTask> unlistedTasks(const QString &tasksFolder, const QSet<QString> &known)
{
    QVector<RecoveredTask> found;
    const QStringList names =
        QDir(tasksFolder).entryList(QDir::Dirs | QDir::NoSymLinks | QDir::NoDotAndDotDot, QDir::Unsorted);
    for (const QString &name : names) {
        if (!isTaskId(name) || known.contains(name))
            continue;
        RecoveredTask recovered;
        recovered.task.id = name;
        recovered.task.state = TaskState::Starting;
        recovered.task.logPath = tasksFolder + u'/' + name + u"/log"_s;
        found.append(recovered);
    }
    return found;
}

RecoveredTask inspect(RecoveredTask recovered, Pass pass, const SealSecret &secret)
{
    using Verdict = RecoveredTask::Verdict;
    const QString folder = recovered.folder();
    const Runner::SealKey key = secret.keyFor(folder);
    Task &task = recovered.task;
    const std::optional<JobFile> job = readJobFile(folder + u"/job"_s, key);
    recovered.status = readStatusFile(folder + u"/status"_s, key);
    fillIn(recovered, job);
    recovered.isSealed = job.has_value();
    const auto isAnythingThere = [&] {
        return QFileInfo(folder + u"/job"_s).size() > 0 ||
               readAnyStatusFile(folder + u"/status"_s).hasEnd() ||
               hasOutput(task.logPath, TaskLog::open(task.logPath));
    };
    if (!recovered.isStored && !job) {
        if (pass == Pass::First)
            recovered.verdict = Verdict::Unclear;
        else
            recovered.verdict = isAnythingThere() ? Verdict::Foreign : Verdict::Empty;
        return recovered;
    }
    recovered.isSupervised = isAlive(task.supervisor) && (job || isNamedAsSupervisor(task.supervisor.pid));
    if (!recovered.status.hasEnd() && !recovered.isSupervised)
        recovered.status = readStatusFile(folder + u"/status"_s, key); // it may have ended between the two
    if (recovered.status.hasEnd())
        recovered.verdict = Verdict::Ended;
    else if (recovered.isSupervised)
        recovered.verdict = Verdict::Running;
    else
        recovered.verdict = job ? Verdict::Lost : verdictWithoutTrace(recovered, isAnythingThere(), pass);
    if (recovered.verdict == Verdict::Lost)
        recovered.problem = lostProblem(recovered);
    else if (recovered.verdict == Verdict::NeverStarted)
        recovered.problem = u"The program ended before this command was started."_s;
    return recovered;
}

Ending endingOf(const RecoveredTask &recovered)
{
    const Task &task = recovered.task;
    if (const std::optional<RunnerEvent> end = recovered.status.end())
        return {end, {}, false, endTime(task, *end, recovered.status.writtenAt)};
    QDateTime last = task.startedAt.isValid() ? task.startedAt : task.createdAt;
    for (const QDateTime &sign : {recovered.lastSign, recovered.storedEnd}) {
        if (sign.isValid() && sign > last)
            last = sign;
    }
    return {{}, recovered.problem, recovered.verdict == RecoveredTask::Verdict::NeverStarted, last};
}

QDateTime endTime(const Task &task, const RunnerEvent &end, const QDateTime &writtenAt)
{
    const auto *ended = std::get_if<CommandEnded>(&end);
    if (ended && ended->endedAtMs > 0)
        return QDateTime::fromMSecsSinceEpoch(ended->endedAtMs, Qt::UTC);
    if (ended && task.startedAt.isValid() && task.supervisor.bootId == currentBootId())
        return task.startedAt.addMSecs(ended->elapsedMs);
    return writtenAt;
}

void removeEmptyTaskFolder(const QString &folder)
{
    const RecoveredTask now = [&folder] {
        RecoveredTask recovered;
        recovered.task.logPath = folder + u"/log"_s;
        return inspect(recovered, Pass::Final, SealSecret::random()); // with any job in it, it is not empty
    }();
    if (now.verdict != RecoveredTask::Verdict::Empty)
        return;
    for (const QString &name : {u"/status.part"_s, u"/status"_s, u"/log"_s, u"/job"_s})
        QFile::remove(folder + name);
    QDir().rmdir(folder);
}

} // namespace Meanwhile::Tasks
