// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/executionfactory.h"
#include "tasks/processidentity.h"
#include "tasks/recoveredtasksearch.h"
#include "tasks/taskentry.h"
#include "tasks/taskmanager.h"

#include <QFileInfo>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <memory>
#include <unordered_map>

namespace Meanwhile::Tasks {

/// taskmanager.cpp starts and ends tasks of this run; taskadoption.cpp takes over those of an earlier one;
/// taskremains.cpp ends or looks after those whose supervisor is gone or does not answer; taskports.cpp looks
/// who of them serves.
struct TaskManager::Private {
    Private(TaskManager *manager, TaskManagerSettings s, const Clock &c, IdSource &i)
        : q(manager)
        , settings(std::move(s))
        , clock(c)
        , ids(i)
        , bootId(currentBootId())
    {
        if (!settings.executions)
            settings.executions = std::make_shared<ExecutionFactory>(
                settings.runnerPath, Grant{settings.environment, settings.logCapBytes});
    }

    TaskEntry *find(const QString &id);
    Task asOfNow(Task task) const;
    static QString folder(const TaskEntry &entry) { return QFileInfo(entry.task.logPath).path(); }
    QString logPath(const QString &id) const
    {
        return settings.tasksFolder + u'/' + id + QStringLiteral("/log");
    }
    StatusFile statusOf(const TaskEntry &entry) const
    {
        return readStatusFile(folder(entry) + QStringLiteral("/status"), keyOf(entry));
    }
    Runner::SealKey keyOf(const TaskEntry &entry) const { return settings.secret.keyFor(folder(entry)); }
    TaskEntry &insert(const Task &task);
    /// Keeps `live` true; after each change of a state or of survivors.
    void noteLife(const TaskEntry &entry);
    void tellChange(const TaskEntry &entry);
    void startQueued();
    void launch(TaskEntry &entry);
    void beginWith(TaskEntry &entry, std::unique_ptr<Execution> execution);
    void onEvent(TaskEntry &entry, const RunnerEvent &event);
    void onStarted(TaskEntry &entry, const RunnerStarted &started);
    void goOn(TaskEntry &entry);
    void onGone(TaskEntry &entry, const Ending &unknown);
    void onNothingLeft(TaskEntry &entry);
    Ending endingBy(const TaskEntry &entry, const RunnerEvent &end) const;
    void conclude(TaskEntry &entry, const Ending &ending);
    void addChanges(TaskEntry &entry, const Task &result);
    void end(TaskEntry &entry, const Task &result);
    void endUnstarted(TaskEntry &entry);
    void pollOutput();
    bool pollTask(TaskEntry &entry);
    /// Looks which ports are listened on, first shortly after a start, then ever less often.
    void lookAtPorts();
    void lookAtPortsSoon();
    void onPorts(const QHash<qint64, QList<quint16>> &ports);

    void takeOver(const RecoveredTask &recovered);

    void askToStop(TaskEntry &entry);
    void onStopUnanswered(TaskEntry &entry);
    ProcessIdentity supervisorOf(const TaskEntry &entry) const;
    void lookAfter(TaskEntry &entry, RunnerProcess::Care care);
    void lookAfterOrphans(TaskEntry &entry);
    void onRemains(TaskEntry &entry, const RunnerEvent &event);
    void onOrphans(TaskEntry &entry, int count);
    void onRemainsGone(TaskEntry &entry, const QString &problem);
    void onAllGone(TaskEntry &entry);

    TaskManager *const q;
    TaskManagerSettings settings;
    const Clock &clock;
    IdSource &ids;
    const QString bootId;
    std::unordered_map<QString, std::unique_ptr<TaskEntry>> entries; // entries never move
    QStringList order;
    QSet<QString> live; ///< not ended, or ended with survivors: all that is asked about four times a second
    QStringList queue;
    int running = 0;
    bool isFolderMade = false; ///< the tasks' folder was there once
    QTimer poll;
    std::chrono::milliseconds portsInterval{0};
    std::chrono::milliseconds portsDue{0}; ///< by the clock's monotonic time
    bool isLookingAtPorts = false;
    std::unique_ptr<RecoveredTaskSearch> search;
    bool isSearching = false;
    bool isListing = false;
};

} // namespace Meanwhile::Tasks
