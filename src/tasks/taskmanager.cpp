// SPDX-License-Identifier: MIT
#include "base/overloaded.h"
#include "base/statepaths.h"
#include "base/whenfinished.h"
#include "tasks/filechangetracker.h"
#include "tasks/jobfile.h"
#include "tasks/taskmanagerprivate.h"
#include "tasks/taskoutput.h"
#include "tasks/writelog.h"

#include <QDir>
#include <QFileInfo>
#include <QtConcurrentRun>

#include <limits>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kOutputPollInterval{250};
constexpr qint64 kInlineDigestBytes = 64 * 1024;

} // namespace

TaskManager::TaskManager(TaskManagerSettings settings, const Clock &clock, IdSource &ids, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(settings), clock, ids))
{
    d->poll.setInterval(kOutputPollInterval);
    connect(&d->poll, &QTimer::timeout, this, [this] { d->pollOutput(); });
}

TaskManager::~TaskManager() = default;

QString TaskManager::start(const TaskSpec &spec)
{
    Task task;
    do {
        task.id = makeTaskId(d->ids);
    } while (d->find(task.id));
    task.spec = spec;
    task.createdAt = d->clock.wallTime();
    task.logPath = d->logPath(task.id);
    d->insert(task).isOfThisRun = true;
    d->queue.append(task.id);
    emit added(task);
    d->startQueued();
    return task.id;
}

QFuture<StopReport> TaskManager::stop(const QString &id, StoppedBy by)
{
    QPromise<StopReport> promise;
    QFuture<StopReport> future = promise.future();
    promise.start();
    TaskEntry *entry = d->find(id);
    if (!entry || (entry->task.hasEnded() && entry->task.survivors == 0)) {
        promise.addResult(StopReport{});
        promise.finish();
        return future;
    }
    entry->stops.push_back(std::move(promise));
    if (!entry->stopRequest)
        entry->stopRequest = by;
    if (d->queue.removeOne(id))
        d->endUnstarted(*entry);
    else
        d->askToStop(*entry);
    return future;
}

QFuture<void> TaskManager::stopAll(StoppedBy by)
{
    QList<QFuture<StopReport>> stops;
    // The last ones first: a place that comes free must not be taken by a task that is about to be stopped.
    const QStringList ids = d->order;
    for (auto id = ids.crbegin(); id != ids.crend(); ++id)
        stops.append(stop(*id, by));
    if (stops.isEmpty())
        return QtFuture::makeReadyFuture();
    return QtFuture::whenAll(stops.begin(), stops.end()).then([](const QList<QFuture<StopReport>> &) {});
}

void TaskManager::sendToBackground(const QString &id)
{
    TaskEntry *entry = d->find(id);
    if (!entry || entry->task.hasEnded() || !entry->task.spec.foreground)
        return;
    entry->task.spec.foreground = false;
    d->settings.executions->prepare();
    emit changed(entry->task);
}

void TaskManager::setWakePolicy(const QString &id, WakePolicy policy)
{
    TaskEntry *entry = d->find(id);
    if (!entry || entry->task.spec.wake == policy)
        return;
    entry->task.spec.wake = policy;
    emit changed(entry->task);
}

// What runs has run until now.
Task TaskManager::Private::asOfNow(Task task) const
{
    if (task.state == TaskState::Running)
        task.elapsed = clock.now() - task.startedMonotonic;
    return task;
}

std::optional<Task> TaskManager::task(const QString &id) const
{
    const TaskEntry *entry = d->find(id);
    return entry ? std::optional(d->asOfNow(entry->task)) : std::nullopt;
}

QVector<Task> TaskManager::tasks() const
{
    QVector<Task> all;
    all.reserve(d->order.size());
    for (const QString &id : std::as_const(d->order))
        all.append(d->asOfNow(d->find(id)->task));
    return all;
}

int TaskManager::liveCount() const
{
    return int(d->live.size());
}

QVector<Task> TaskManager::liveTasks() const
{
    QVector<Task> all;
    for (const QString &id : std::as_const(d->order)) {
        if (d->live.contains(id))
            all.append(d->asOfNow(d->find(id)->task));
    }
    return all;
}

bool TaskManager::isAnyUnended() const
{
    return std::any_of(d->live.cbegin(), d->live.cend(),
        [this](const QString &id) { return !d->find(id)->task.hasEnded(); });
}

void TaskManager::setEnvironment(const QProcessEnvironment &environment)
{
    if (d->settings.environment == environment)
        return;
    d->settings.environment = environment;
    d->settings.executions->setEnvironment(environment);
}

void TaskManager::setConfinement(const Confinement &confinement)
{
    d->settings.executions->setConfinement(confinement);
}

Runner::SealKey TaskManager::sealKey(const QString &id) const
{
    const TaskEntry *entry = d->find(id);
    return entry ? d->keyOf(*entry) : Runner::SealKey();
}

QFuture<bool> TaskManager::isOwnCommand(const QString &id, const QString &command) const
{
    const TaskEntry *entry = d->find(id);
    if (!entry || entry->isOfThisRun)
        return QtFuture::makeReadyFuture(entry && entry->task.spec.command == command);
    return QtConcurrent::run([path = Private::folder(*entry) + u"/job"_s, key = d->keyOf(*entry), command] {
        const std::optional<JobFile> job = readJobFile(path, key);
        return job && job->spec.command == command;
    });
}

TaskEntry *TaskManager::Private::find(const QString &id)
{
    const auto found = entries.find(id);
    return found == entries.end() ? nullptr : found->second.get();
}

TaskEntry &TaskManager::Private::insert(const Task &task)
{
    const auto isEarlier = [this](const QDateTime &time, const QString &id) {
        return time < find(id)->task.createdAt;
    };
    order.insert(std::upper_bound(order.begin(), order.end(), task.createdAt, isEarlier), task.id);
    auto entry = std::make_unique<TaskEntry>();
    entry->task = task;
    TaskEntry &inserted = *entries.emplace(task.id, std::move(entry)).first->second;
    noteLife(inserted);
    return inserted;
}

void TaskManager::Private::noteLife(const TaskEntry &entry)
{
    if (!entry.task.hasEnded() || entry.task.survivors > 0)
        live.insert(entry.task.id);
    else
        live.remove(entry.task.id);
}

void TaskManager::Private::tellChange(const TaskEntry &entry)
{
    noteLife(entry);
    emit q->changed(entry.task);
}

void TaskManager::Private::startQueued()
{
    while (running < settings.maxRunning && !queue.isEmpty())
        launch(*find(queue.takeFirst()));
}

void TaskManager::Private::launch(TaskEntry &entry)
{
    const bool wasRemoved = isFolderMade && !QFileInfo::exists(settings.tasksFolder);
    if (wasRemoved)
        entry.task.failure =
            u"The folder that keeps the output of commands had been removed. It was made again; "
            u"what earlier commands wrote is gone."_s;
    isFolderMade = true;
    makePrivateFolder(settings.tasksFolder); // each time: somebody may have removed it
    settings.secret.keep();
    if (!std::exchange(entry.holdsPlace, true))
        ++running;
    entry.task.state = TaskState::Starting;
    entry.writesSince = settings.writes ? settings.writes->position() : 0;
    if (const QString obstacle = settings.obstacle ? settings.obstacle() : QString(); !obstacle.isEmpty()) {
        // Told once whoever started it has its id.
        QMetaObject::invokeMethod(
            q,
            [this, &entry, obstacle] {
                conclude(entry, {{}, obstacle, true, {}});
            },
            Qt::QueuedConnection);
        return;
    }
    if (settings.files)
        settings.files->taskStarts(entry.task);
    entry.task.boxed = settings.executions->plan(entry.task).confinement.kind;
    beginWith(entry, settings.executions->make(entry.task, keyOf(entry)));
    if (!poll.isActive())
        poll.start();
    emit q->changed(entry.task);
}

void TaskManager::Private::beginWith(TaskEntry &entry, std::unique_ptr<Execution> execution)
{
    entry.execution = std::move(execution);
    connect(entry.execution.get(), &Execution::reported, q,
        [this, &entry](const RunnerEvent &event) { onEvent(entry, event); });
    connect(entry.execution.get(), &Execution::gone, q,
        [this, &entry](const Ending &unknown) { onGone(entry, unknown); });
    entry.execution->begin();
}

void TaskManager::Private::onEvent(TaskEntry &entry, const RunnerEvent &event)
{
    std::visit(Overloaded{
                   [&](const RunnerStarted &started) { onStarted(entry, started); },
                   [&](const ShellEnded &shell) {
                       entry.task.shellExit = shell.exitCode;
                       emit q->changed(entry.task);
                   },
                   [&](const SurvivorNamed &survivor) { entry.report.survivors.append(survivor.process); },
                   [&](const TreeSwept &swept) {
                       entry.report.processesEnded = swept.processesEnded;
                       if (entry.task.hasEnded())
                           entry.answerStops();
                   },
                   [&](const SurvivorsLeft &left) {
                       entry.task.survivors = left.count;
                       if (entry.task.hasEnded())
                           tellChange(entry);
                   },
                   [&](const CommandEnded &) { conclude(entry, endingBy(entry, event)); },
                   [&](const LaunchFailed &) { conclude(entry, endingBy(entry, event)); },
                   [](const RunnerReady &) {}, // between a runner and its pool
               },
        event);
}

void TaskManager::Private::onStarted(TaskEntry &entry, const RunnerStarted &started)
{
    if (entry.isOfThisRun && started.pid > 0)
        entry.task.supervisor = entry.supervisor = {bootId, started.pid, started.startTicks};
    goOn(entry);
    if (!entry.task.spec.foreground && entry.isOfThisRun)
        settings.executions->prepare();
}

/// It runs, since now or for long.
void TaskManager::Private::goOn(TaskEntry &entry)
{
    Task &task = entry.task;
    task.state = TaskState::Running;
    if (!task.startedAt.isValid()) {
        task.startedAt = clock.wallTime();
        task.startedMonotonic = clock.now();
    } else if (task.startedMonotonic.count() == 0) { // else it was measured in this boot, by the same clock
        task.startedMonotonic =
            clock.now() - std::chrono::milliseconds(task.startedAt.msecsTo(clock.wallTime()));
    }
    if (!std::exchange(entry.holdsPlace, true))
        ++running;
    if (!poll.isActive())
        poll.start();
    lookAtPortsSoon();
    tellChange(entry);
}

void TaskManager::Private::onGone(TaskEntry &entry, const Ending &unknown)
{
    if (entry.supervisor.pid == 0)
        entry.supervisor = entry.execution->supervisor();
    entry.execution->setParent(q);
    entry.execution.release()->deleteLater();
    if (entry.remains)
        return; // that tells what became of it
    if (entry.isConcluded)
        return unknown.problem.isEmpty() ? onNothingLeft(entry) : lookAfterOrphans(entry);
    if (unknown.problem.isEmpty() || unknown.neverRan)
        return conclude(entry, unknown);
    entry.unknownEnd = unknown;
    lookAfterOrphans(entry);
}

void TaskManager::Private::onNothingLeft(TaskEntry &entry)
{
    if (!entry.task.hasEnded())
        return;
    const int left = entry.isSwept ? int(entry.report.survivors.size()) : 0;
    if (std::exchange(entry.task.survivors, left) != left)
        tellChange(entry);
    entry.answerStops();
}

/// A supervisor of this run has told it just now.
Ending TaskManager::Private::endingBy(const TaskEntry &entry, const RunnerEvent &end) const
{
    if (entry.isOfThisRun)
        return {end, {}, false, {}};
    const QFileInfo status(folder(entry) + u"/status"_s);
    return {end, {}, false, endTime(entry.task, end, status.lastModified().toUTC())};
}

void TaskManager::Private::conclude(TaskEntry &entry, const Ending &ending)
{
    if (std::exchange(entry.isConcluded, true))
        return;
    Task result = concludedTask(entry.task, ending, entry.stopper());
    if (!ending.at.isValid()) {
        result.endedAt = clock.wallTime();
        if (!ending.event && !ending.neverRan && result.startedAt.isValid())
            result.elapsed = clock.now() - result.startedMonotonic;
    }
    entry.applySweep(result);
    const bool isDiskToBlame = hasDiskFailed(ending.event);
    const Runner::SealKey key = keyOf(entry);
    // Of an earlier run many may have ended meanwhile, so that all their outputs are read elsewhere.
    if (entry.isOfThisRun) {
        const FinalOutput output = finalOutputOf(result.logPath, kInlineDigestBytes, key);
        if (!output.needsDigest) {
            output.applyTo(result, isDiskToBlame);
            return addChanges(entry, result);
        }
    }
    constexpr qint64 kAnySize = std::numeric_limits<qint64>::max();
    whenFinished(QtConcurrent::run(finalOutputOf, result.logPath, kAnySize, key), q,
        [this, &entry, result, isDiskToBlame](const FinalOutput &output) mutable {
            output.applyTo(result, isDiskToBlame);
            addChanges(entry, result);
        });
}

// A short command's end must not wait for a turn of the event loop.
void TaskManager::Private::addChanges(TaskEntry &entry, const Task &result)
{
    const bool isAsked = result.state != TaskState::Lost && result.state != TaskState::FailedToStart &&
                         entry.stopRequest != StoppedBy::Quit;
    if (!isAsked)
        return end(entry, result);
    const auto endWith = [this, &entry](Task ended, const ChangedFiles &changed) {
        ended.changedFiles = changed;
        end(entry, ended);
    };
    const QStringList written = settings.writes ? settings.writes->since(entry.writesSince) : QStringList();
    if (!settings.files)
        return endWith(result, namedFiles(written));
    const QFuture<ChangedFiles> changes = settings.files->changesOf(result, written);
    if (changes.isFinished())
        return endWith(result, changes.result());
    whenFinished(changes, q, [endWith, result](const ChangedFiles &changed) { endWith(result, changed); });
}

void TaskManager::Private::end(TaskEntry &entry, const Task &result)
{
    // What may have changed while the digest was made.
    const TaskSpec spec = entry.task.spec;
    entry.task = result;
    entry.task.spec = spec;
    entry.task.ports.clear();
    if (!entry.isSupervised())
        entry.task.survivors = entry.isSwept ? int(entry.report.survivors.size()) : 0;
    if (std::exchange(entry.holdsPlace, false))
        --running;
    noteLife(entry);
    emit q->ended(entry.task);
    entry.answerStops();
    startQueued();
}

void TaskManager::Private::endUnstarted(TaskEntry &entry)
{
    entry.isConcluded = true;
    Task result = entry.task;
    result.state = TaskState::Stopped;
    result.stoppedBy = *entry.stopRequest;
    result.endedAt = clock.wallTime();
    QMetaObject::invokeMethod(
        q, [this, &entry, result] { end(entry, result); }, Qt::QueuedConnection);
}

void TaskManager::Private::pollOutput()
{
    lookAtPorts();
    bool isAnyLeft = false;
    const QSet<QString> asked = live; // a receiver of changed() may start another
    for (const QString &id : asked)
        isAnyLeft = pollTask(*find(id)) || isAnyLeft;
    if (!isAnyLeft && running == 0)
        poll.stop();
}

/// Whether it has to be asked again.
bool TaskManager::Private::pollTask(TaskEntry &entry)
{
    if (entry.task.state != TaskState::Running || entry.isConcluded)
        return false;
    const std::optional<OutputGlance> glance = glanceAtLog(entry.task.logPath, entry.task.outputBytes);
    if (glance) {
        entry.task.outputBytes = glance->bytes;
        entry.task.outputLines = glance->lines;
        entry.task.lastLine = glance->lastLine;
        emit q->changed(entry.task);
    }
    return true;
}

} // namespace Meanwhile::Tasks
