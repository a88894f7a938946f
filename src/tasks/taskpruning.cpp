// SPDX-License-Identifier: MIT
#include "tasks/taskpruning.h"

#include "tasks/processidentity.h"
#include "tasks/recoveredtask.h"
#include "tasks/tasklog.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

/// One whose supervisor is not known may be about to start.
constexpr std::chrono::seconds kMayStillStart = std::chrono::hours(24);

struct Candidate {
    QString path;
    QString id;
    qint64 bytes = 0;
    QDateTime lastWritten;
};

QStringList foldersIn(const QString &path)
{
    QStringList paths;
    const QDir folder(path);
    const QStringList names =
        folder.entryList(QDir::Dirs | QDir::NoSymLinks | QDir::NoDotAndDotDot, QDir::Unsorted);
    for (const QString &name : names)
        paths.append(folder.filePath(name));
    return paths;
}

Candidate measured(const QString &path)
{
    Candidate candidate{path, QFileInfo(path).fileName(), 0, {}};
    QDirIterator files(path, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        const QFileInfo info = files.fileInfo();
        candidate.bytes += info.isSymLink() ? 0 : info.size();
        if (!candidate.lastWritten.isValid() || info.lastModified() > candidate.lastWritten)
            candidate.lastWritten = info.lastModified();
    }
    if (!candidate.lastWritten.isValid())
        candidate.lastWritten = QFileInfo(path).lastModified();
    return candidate;
}

/// Its supervisor may be at the next command by now.
bool hasLeftNothing(const StatusFile &status)
{
    const std::optional<RunnerEvent> end = status.end();
    const auto *ended = end ? std::get_if<CommandEnded>(&*end) : nullptr;
    return ended && ended->survivors == 0;
}

/// Whether the folder may belong to a task that still runs. Believes the log and the status without checking
/// their seals: a process that can forge them can also remove the folder itself.
bool mayBeLive(const Candidate &candidate, const QDateTime &now)
{
    const Result<TaskLog> log = TaskLog::open(candidate.path + u"/log"_s);
    const ProcessIdentity supervisor =
        log ? log->supervisor().value_or(ProcessIdentity()) : ProcessIdentity();
    const StatusFile status = readAnyStatusFile(candidate.path + u"/status"_s);
    if (supervisor.pid > 0)
        return !hasLeftNothing(status) && isAlive(supervisor);
    return !status.hasEnd() && candidate.lastWritten.addSecs(kMayStillStart.count()) > now;
}

} // namespace

QVector<PrunedFolder> prune(const QString &root, std::chrono::seconds maxAge, qint64 maxTotalBytes,
    const QSet<QString> &keepIds, const QDateTime &now, const std::atomic_bool *stop)
{
    QVector<Candidate> candidates;
    qint64 total = 0;
    const auto isStopped = [stop] { return stop && stop->load(); };
    for (const QString &session : foldersIn(root)) {
        if (isStopped())
            return {};
        for (const QString &path : foldersIn(session)) {
            if (!isTaskId(QFileInfo(path).fileName()))
                continue;
            candidates.append(measured(path));
            total += candidates.last().bytes;
        }
    }
    std::sort(candidates.begin(), candidates.end(),
        [](const Candidate &a, const Candidate &b) { return a.lastWritten < b.lastWritten; });
    QVector<PrunedFolder> removed;
    for (const Candidate &candidate : std::as_const(candidates)) {
        if (candidate.lastWritten.addSecs(maxAge.count()) >= now && total <= maxTotalBytes)
            break; // the further ones are newer still
        if (isStopped())
            break;
        if (keepIds.contains(candidate.id) || mayBeLive(candidate, now))
            continue;
        if (!QDir(candidate.path).removeRecursively())
            continue;
        total -= candidate.bytes;
        removed.append({candidate.path, candidate.bytes});
    }
    return removed;
}

bool removeSessionFolder(const QString &folder, const QDateTime &now)
{
    for (const QString &path : foldersIn(folder)) {
        if (isTaskId(QFileInfo(path).fileName()) && !mayBeLive(measured(path), now))
            QDir(path).removeRecursively();
    }
    return QDir().rmdir(folder);
}

} // namespace Meanwhile::Tasks
