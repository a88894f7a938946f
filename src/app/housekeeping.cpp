// SPDX-License-Identifier: MIT
#include "app/housekeeping.h"

#include "base/whenfinished.h"
#include "tasks/recoveredtask.h"
#include "tasks/taskpruning.h"

#include <QDir>
#include <QFileInfo>
#include <QtConcurrentRun>

#include <algorithm>

namespace Meanwhile::App {

using namespace Qt::StringLiterals;
using Store::StoredSession;
using Store::TaskRecords;

namespace {

constexpr qsizetype kTitleChars = 80;
constexpr qsizetype kSessionIdChars = 16;
constexpr qint64 kGigabyte = 1'000'000'000;

bool isSessionId(const QString &name)
{
    return name.size() == kSessionIdChars && Tasks::isTaskId(name.left(8)) && Tasks::isTaskId(name.mid(8));
}

// A session as its tasks' folders describe it; without tasks if none is worth keeping. Only running tasks get
// a row, since an end that has a row counts as delivered.
StoredSession sessionIn(const QString &folder, const Tasks::SealSecret &secret)
{
    using Verdict = Tasks::RecoveredTask::Verdict;
    QVector<Tasks::RecoveredTask> found = Tasks::unlistedTasks(folder, {});
    for (Tasks::RecoveredTask &recovered : found)
        recovered = Tasks::inspect(recovered, Tasks::Pass::Final, secret);
    found.removeIf([](const Tasks::RecoveredTask &recovered) {
        return recovered.verdict == Verdict::Empty || recovered.verdict == Verdict::Foreign;
    });
    std::sort(found.begin(), found.end(), [](const Tasks::RecoveredTask &a, const Tasks::RecoveredTask &b) {
        return a.task.createdAt < b.task.createdAt;
    });
    if (found.isEmpty())
        return {};
    StoredSession session;
    session.id = QFileInfo(folder).fileName();
    session.title = u""_s + found.first().task.spec.command.trimmed().section(u'\n', 0, 0).left(kTitleChars);
    session.createdAt = found.first().task.createdAt;
    session.project = QDir::homePath();
    for (const Tasks::RecoveredTask &recovered : std::as_const(found)) {
        if (recovered.verdict == Verdict::Running)
            session.tasks.append(recovered.task);
    }
    const auto told = std::find_if(found.cbegin(), found.cend(), [](const Tasks::RecoveredTask &recovered) {
        return !recovered.task.spec.workingDirectory.isEmpty();
    });
    if (told != found.cend())
        session.project = told->task.spec.workingDirectory;
    return session;
}

QVector<StoredSession> unknownSessions(const QString &root, const QSet<QString> &known,
    const QDateTime &before, const Tasks::SealSecret &secret, const std::atomic_bool &stop)
{
    QVector<StoredSession> found;
    const QFileInfoList folders =
        QDir(root).entryInfoList(QDir::Dirs | QDir::NoSymLinks | QDir::NoDotAndDotDot, QDir::Unsorted);
    for (const QFileInfo &folder : folders) {
        if (stop)
            return {};
        if (!isSessionId(folder.fileName()) || known.contains(folder.fileName()) ||
            folder.lastModified() > before)
            continue;
        if (const StoredSession session = sessionIn(folder.filePath(), secret); !session.id.isEmpty())
            found.append(session);
    }
    return found;
}

} // namespace

Housekeeping::Housekeeping(Program &program, Ages ages, QObject *parent)
    : QObject(parent)
    , m_program(program)
    , m_ages(ages)
{
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowestPriority);
}

Housekeeping::~Housekeeping()
{
    m_stop = true;
}

void Housekeeping::start()
{
    if (std::exchange(m_started, true) || !m_program.stateIsWritable)
        return;
    const QDateTime before = m_program.clock.wallTime().addSecs(-m_ages.deleted.count());
    whenFinished(
        m_program.store.deletedSessions(before), this, [this, before](const Result<QStringList> &deleted) {
            if (deleted && !deleted->isEmpty())
                purge(*deleted, before);
            else
                readRecords();
        });
}

// Removes the folders first: a folder without rows would be found and become a session again.
void Housekeeping::purge(const QStringList &sessions, const QDateTime &deletedBefore)
{
    const auto remove = [this, sessions, root = m_program.paths.tasks] {
        for (const QString &session : sessions) {
            if (m_stop)
                return false;
            Tasks::removeSessionFolder(root + u'/' + session);
        }
        return true;
    };
    whenFinished(QtConcurrent::run(&m_pool, remove), this, [this, deletedBefore](bool isDone) {
        if (!isDone)
            return readRecords();
        whenFinished(
            m_program.store.purge(deletedBefore), this, [this](const Result<void> &) { readRecords(); });
    });
}

void Housekeeping::readRecords()
{
    whenFinished(m_program.store.taskRecords(), this, [this](const Result<TaskRecords> &records) {
        if (records)
            find(*records);
        else
            emit finished();
    });
}

void Housekeeping::find(const TaskRecords &records)
{
    const QDateTime before = m_program.clock.wallTime().addSecs(-m_ages.unknown.count());
    const auto look = [this, root = m_program.paths.tasks, known = records.sessions, before,
                          secret = m_program.sealSecret] {
        return unknownSessions(root, known, before, secret, m_stop);
    };
    whenFinished(
        QtConcurrent::run(&m_pool, look), this, [this, records](const QVector<StoredSession> &found) {
            TaskRecords all = records;
            for (const StoredSession &session : found) {
                m_program.store.addFound(session);
                for (const Tasks::Task &task : session.tasks)
                    all.untoldTasks.insert(task.id);
            }
            prune(all);
        });
}

void Housekeeping::prune(const TaskRecords &records)
{
    const auto remove = [this, root = m_program.paths.tasks, keep = records.untoldTasks,
                            age = std::chrono::hours(24) * m_program.settings.logDays,
                            bytes = m_program.settings.logGigabytes * kGigabyte,
                            now = m_program.clock.wallTime()] {
        return Tasks::prune(root, age, bytes, keep, now, &m_stop).size();
    };
    whenFinished(QtConcurrent::run(&m_pool, remove), this, [this](qsizetype) { emit finished(); });
}

} // namespace Meanwhile::App
