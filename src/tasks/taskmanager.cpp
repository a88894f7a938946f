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
    d->keepOneStandingBy();
    emit changed(entry->task);
}

void TaskManager::standBy()
{
    d->keepOneStandingBy();
}

bool TaskManager::isStandingBy() const
{
    return d->standby && !d->standby->isGone();
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
    if (d->standby)
        d->dismiss(std::move(d->standby));
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
            u"The folder that keeps the output of commands had been removed. It was made anew; "
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
        entry.runner = std::make_unique<RunnerProcess>();
        QTimer::singleShot(0, entry.runner.get(), [this, &entry, obstacle] { onGone(entry, obstacle); });
        return;
    }
    entry.runnerStoodBy = q->isStandingBy();
    if (entry.runnerStoodBy) {
        entry.runner = std::move(standby);
    } else {
        entry.runner = std::make_unique<RunnerProcess>();
        entry.runner->standBy(settings.runnerPath, settings.environment);
    }
    RunnerProcess *runner = entry.runner.get();
    connect(runner, &RunnerProcess::reported, q,
        [this, &entry](const RunnerEvent &event) { onEvent(entry, event); });
    connect(
        runner, &RunnerProcess::gone, q, [this, &entry](const QString &problem) { onGone(entry, problem); });
    if (settings.files)
        settings.files->taskStarts(entry.task);
    runner->start({folder(entry), entry.task.spec.workingDirectory, entry.task.spec.command,
        settings.logCapBytes, entry.task.spec.timeLimit, keyOf(entry)});
    entry.runnerPid = runner->pid();
    if (!poll.isActive())
        poll.start();
    emit q->changed(entry.task);
}

// Starting a process takes longer than most commands do. What follows a command in the foreground finds that
// one's runner free again.
void TaskManager::Private::keepOneStandingBy()
{
    if (q->isStandingBy())
        return;
    standby = std::make_unique<RunnerProcess>();
    standby->standBy(settings.runnerPath, settings.environment);
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
                   [&](const CommandEnded &) { conclude(entry, event, {}); },
                   [&](const LaunchFailed &) { conclude(entry, event, {}); },
                   [&](const RunnerReady &) { onReady(entry); },
               },
        event);
}

void TaskManager::Private::onStarted(TaskEntry &entry, const RunnerStarted &started)
{
    entry.task.state = TaskState::Running;
    entry.task.supervisor = {bootId, started.pid, started.startTicks};
    entry.task.startedAt = clock.wallTime();
    entry.task.startedMonotonic = clock.now();
    if (entry.stopRequest)
        entry.runner->requestStop(*entry.stopRequest);
    lookAtPortsSoon();
    tellChange(entry);
    if (!entry.task.spec.foreground)
        keepOneStandingBy();
}

void TaskManager::Private::onGone(TaskEntry &entry, const QString &problem)
{
    entry.runner->setParent(q);
    entry.runner.release()->deleteLater();
    if (entry.remains)
        return; // that tells what became of it
    // One that ended while it stood by has not made the task's folder, which is the first thing it does.
    if (!entry.isConcluded && entry.runnerStoodBy && !QFileInfo::exists(folder(entry)))
        return launch(entry);
    if (entry.isConcluded)
        return problem.isEmpty() ? onNothingLeft(entry) : lookAfterOrphans(entry);
    const std::optional<RunnerEvent> end = statusOf(entry).end();
    const bool hasBegun = entry.task.state == TaskState::Running || QFileInfo::exists(entry.task.logPath);
    if (end || problem.isEmpty() || !hasBegun)
        return conclude(entry, end, problem);
    entry.goneProblem = problem;
    lookAfterOrphans(entry);
}

// It may serve the next command as it is, if a new one would be no different.
void TaskManager::Private::onReady(TaskEntry &entry)
{
    std::unique_ptr<RunnerProcess> runner = std::move(entry.runner);
    if (!runner)
        return; // only a damaged status file says so
    runner->disconnect(q);
    const bool isWanted =
        !q->isStandingBy() && !entry.stopRequest && runner->environment() == settings.environment;
    if (isWanted)
        standby = std::move(runner);
    else
        dismiss(std::move(runner));
    onNothingLeft(entry);
}

// It takes a moment to go; ours until then.
void TaskManager::Private::dismiss(std::unique_ptr<RunnerProcess> runner)
{
    runner->setParent(q);
    runner.release()->dismiss();
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

void TaskManager::Private::conclude(
    TaskEntry &entry, const std::optional<RunnerEvent> &event, const QString &problem)
{
    if (std::exchange(entry.isConcluded, true))
        return;
    // Nobody else's stop of it is ours.
    Task result = concludedTask(entry.task, event, problem, entry.stopRequest.value_or(StoppedBy::Unknown));
    entry.applySweep(result);
    result.endedAt = clock.wallTime();
    const bool isSeen = event && std::holds_alternative<CommandEnded>(*event);
    if (!isSeen && result.state != TaskState::FailedToStart && result.startedAt.isValid())
        result.elapsed = clock.now() - result.startedMonotonic;
    const Runner::SealKey key = keyOf(entry);
    const FinalOutput output = finalOutputOf(result.logPath, kInlineDigestBytes, key);
    const bool isDiskToBlame = hasDiskFailed(event);
    output.applyTo(result, isDiskToBlame);
    if (!output.needsDigest) {
        addChanges(entry, result);
        return;
    }
    whenFinished(QtConcurrent::run(digestOfLog, result.logPath, key), q,
        [this, &entry, result, isDiskToBlame](const LogDigest &digest) mutable {
            result.digest = digest.text;
            if (!digest.distrust.isEmpty())
                withholdOutput(result, digest.distrust, isDiskToBlame);
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
    const bool isWatched = entry.watch && (!entry.isConcluded || !entry.stops.empty());
    if (isWatched) // its supervisor stays while anything is left of it, and has no pipe to tell the end
        readStatus(entry, statusOf(entry));
    if (!entry.isConcluded)
        wakeSuspended(entry);
    if (entry.task.state != TaskState::Running || entry.isConcluded)
        return isWatched;
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
