// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "tasks/sealsecret.h"
#include "tasks/task.h"

#include <QFuture>
#include <QObject>
#include <QProcessEnvironment>
#include <QSet>

#include <functional>
#include <memory>

namespace Meanwhile::Tasks {

struct Confinement;
class ExecutionFactory;
class FileChangeTracker;
class WriteLog;

struct TaskManagerSettings {
    QString runnerPath;              ///< meanwhile-run
    QString tasksFolder;             ///< one folder a task is made in it; made when missing
    QProcessEnvironment environment; ///< the children's; see ChildEnvironment
    int maxRunning = 64;
    qint64 logCapBytes = 16 * 1024 * 1024;
    FileChangeTracker *files =
        nullptr; ///< not owned, must outlive the manager; null: nobody looks what changed
    std::shared_ptr<WriteLog> writes = {}; ///< of the project; null: nothing is noted
    /// Only what was sealed with it is a task of an earlier run or its end.
    SealSecret secret = SealSecret::random();
    /// Why no command may be started now, e.g. because its folder is gone; empty when one may.
    std::function<QString()> obstacle = {};
    /// A supervisor that has not ended its command by then is no longer asked.
    std::chrono::milliseconds stopLimit{3000};
    /// How tasks are executed; null: all as commands under meanwhile-run.
    std::shared_ptr<ExecutionFactory> executions = {};
};

struct StopReport {
    int processesEnded = 0;
    QStringList survivors; ///< "1234 name"
    bool operator==(const StopReport &) const = default;
};

/// Runs commands beside the conversation, each under its own supervisor, and knows how every one of them
/// ended.
///
/// Thread: GUI thread; never blocks it: processes are QProcess, logs are digested on QtConcurrent.
/// At most maxRunning run at once; further ones are Queued and start in order as places come free.
/// ended() exactly once for each task, also for one that never started; its digest and what changed meanwhile
/// are known by then.
/// A command whose supervisor was killed is Running while anything of it is found, and can be stopped; then
/// it is Lost. Destroying it leaves commands running; stopAll() first ends them.
class TaskManager : public QObject {
    Q_OBJECT

public:
    TaskManager(TaskManagerSettings settings, const Clock &clock, IdSource &ids, QObject *parent = nullptr);
    ~TaskManager() override;

    /// Takes over tasks of an earlier run of the program, given as they were stored, and every folder in
    /// tasksFolder that none of these knows. What still runs ticks on and can be stopped; what ended
    /// meanwhile ends now, with its true exit and end time; what nobody knows anything of any more is Lost.
    /// ended() follows for each that had not ended. Call it before start(), once.
    ///
    /// Whoever can write to the store can write an end into it: those of `untold` count as not ended, and
    /// end again as their folders tell.
    ///
    /// Those not ended are Starting until it is known, off this thread, what became of them. An unknown
    /// folder's task is told by added() then. None is in the foreground, and the end of one that was wakes.
    void adopt(const QVector<Task> &stored, const QSet<QString> &untold = {});
    /// Whether adopt() may still find a task, for about half a second; then searched().
    bool isSearching() const;
    /// Whether adopt() is still at its first look at the folders, which finds all but what was only just
    /// being started; then listed().
    bool isListing() const;
    /// The new task's id, at once. Whether it starts is told by changed() and ended().
    QString start(const TaskSpec &spec);
    /// Ends the whole tree, without its supervisor where that does not answer: finished after stopLimit and a
    /// few seconds at the latest. The real exit wins when the command ends by itself in the same moment.
    QFuture<StopReport> stop(const QString &id, StoppedBy by);
    QFuture<void> stopAll(StoppedBy by);
    /// Nobody waits for it any more; the command keeps running. No effect on an ended or background task.
    void sendToBackground(const QString &id);
    void setWakePolicy(const QString &id, WakePolicy policy);

    std::optional<Task> task(const QString &id) const;
    /// Oldest first.
    QVector<Task> tasks() const;
    /// Tasks that are not ended, and ended ones with survivors.
    int liveCount() const;
    /// The same, oldest first.
    QVector<Task> liveTasks() const;
    /// Whether the end of any is still to come.
    bool isAnyUnended() const;
    void setEnvironment(const QProcessEnvironment &environment);
    /// Of commands that are started from now on, unless they run outside on purpose.
    void setConfinement(const Confinement &confinement);
    /// What the task's folder is sealed with.
    Runner::SealKey sealKey(const QString &id) const;
    /// Whether this very command was started here, or was sealed by the supervisor that ran it: else it may
    /// be anybody's, as what is stored can be written to. Ready at once for tasks of this run.
    QFuture<bool> isOwnCommand(const QString &id, const QString &command) const;

signals:
    void added(const Meanwhile::Tasks::Task &task);
    /// State, output size or last line changed. Output changes come at most four times a second.
    void changed(const Meanwhile::Tasks::Task &task);
    void ended(const Meanwhile::Tasks::Task &task);
    void listed();
    void searched();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Meanwhile::Tasks
