// SPDX-License-Identifier: MIT
#include "checkpoints/checkpointer.h"

#include "base/logging.h"
#include "base/whenfinished.h"

#include <QPointer>
#include <QPromise>

#include <algorithm>

namespace Meanwhile::Checkpoints {

using namespace Qt::StringLiterals;
using Tasks::ChangedFiles;
using Tasks::Task;

namespace {

constexpr std::chrono::milliseconds kAfterTheRequest{2};
constexpr std::chrono::seconds kWhenSettled{10};

QString labelOf(const QString &taskId)
{
    return u"task:"_s + taskId;
}

} // namespace

/// Given once, also when time is up.
struct Checkpointer::Answer {
    QPromise<ChangedFiles> promise;
    QFuture<Result<FileChanges>> comparison;

    Answer() { promise.start(); }
    void give(const ChangedFiles &changed)
    {
        if (promise.future().isFinished())
            return;
        promise.addResult(changed);
        promise.finish();
    }
};

Checkpointer::Checkpointer(std::unique_ptr<CheckpointStore> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
{
}

Checkpointer::~Checkpointer() = default;

void Checkpointer::setBusy(bool isBusy)
{
    m_busy += isBusy ? 1 : -1;
    if (m_busy == (isBusy ? 1 : 0))
        emit busyChanged(isBusy);
}

// ---- to go back to

// The request that the message goes out with is made in this turn of the event loop, and comes first.
void Checkpointer::take(const QString &label)
{
    setBusy(true);
    QTimer::singleShot(kAfterTheRequest, this, [this, label] { begin(label); });
}

void Checkpointer::begin(const QString &label)
{
    QFuture<Result<Checkpoint>> taken = m_store->take(label, Lasts::PowerCut);
    const QPointer<QTimer> limit = new QTimer(this);
    limit->setSingleShot(true);
    const auto settle = [this, limit, label](const Result<Checkpoint> &checkpoint) {
        if (!limit || !limit->isActive())
            return; // given up
        delete limit;
        if (!checkpoint)
            noteFailure(label, checkpoint.error());
        setBusy(false);
        pruneOnce();
    };
    connect(limit, &QTimer::timeout, this, [this, limit, label, taken]() mutable {
        limit->deleteLater();
        taken.cancel();
        noteFailure(label,
            {ErrorKind::Timeout,
                tr("No copy of the files was made before this message: reading them took too long."), {}});
        setBusy(false);
    });
    limit->start(kLongestTake);
    whenFinished(taken, this, settle);
}

void Checkpointer::noteFailure(const QString &label, const Error &error)
{
    m_whyNone.insert(label, error.message);
    if (!std::exchange(m_hasFailed, true))
        qCInfo(lcTools) << "no checkpoint:" << error.message << error.detail;
}

// Once a conversation, and when its first turn is likely over.
void Checkpointer::pruneOnce()
{
    if (std::exchange(m_hasPruned, true))
        return;
    auto *settled = new QTimer(this);
    settled->setObjectName(u"prune"_s);
    settled->setSingleShot(true);
    connect(settled, &QTimer::timeout, this, [this] { (void)m_store->prune({}); });
    settled->start(kWhenSettled);
}

QFuture<Result<Checkpoint>> Checkpointer::find(const QString &label)
{
    auto promise = std::make_shared<QPromise<Result<Checkpoint>>>();
    promise->start();
    whenFinished(m_store->list(), this, [this, label, promise](const Result<QVector<Checkpoint>> &all) {
        Result<Checkpoint> found = failure(ErrorKind::NotFound,
            m_whyNone.value(label, tr("No copy of the files as they were then is kept.")));
        if (!all) {
            found = failure(all.error());
        } else {
            const auto newest = std::find_if(
                all->cbegin(), all->cend(), [&](const Checkpoint &one) { return one.label == label; });
            if (newest != all->cend())
                found = *newest;
        }
        promise->addResult(found);
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<FileChanges>> Checkpointer::changesSince(const QString &checkpointId)
{
    return m_store->changes(checkpointId, {});
}

QFuture<Result<QString>> Checkpointer::diffBackTo(const QString &checkpointId, const QByteArray &path)
{
    return m_store->diff({}, checkpointId, path);
}

QFuture<Result<Restored>> Checkpointer::restore(const QString &checkpointId)
{
    setBusy(true);
    const QFuture<Result<Restored>> restored = m_store->restore(checkpointId, u"restore"_s);
    whenFinished(restored, this, [this](const Result<Restored> &) { setBusy(false); });
    return restored;
}

// ---- what changed while a task ran

void Checkpointer::taskStarts(const Task &task)
{
    Start start;
    if (task.spec.foreground) {
        start.later = std::make_unique<QTimer>();
        start.later->setSingleShot(true);
        connect(start.later.get(), &QTimer::timeout, this, [this, id = task.id] { takeForTask(id); });
        start.later->start(kShortCommand);
        m_starts[task.id] = std::move(start);
        return;
    }
    m_starts[task.id] = std::move(start);
    takeForTask(task.id);
}

void Checkpointer::takeForTask(const QString &taskId)
{
    Start &start = m_starts[taskId];
    if (start.later)
        start.later.release()->deleteLater(); // it may be its timeout that called
    // No task outlasts a power cut.
    start.taken = m_store->take(labelOf(taskId), Lasts::Restart);
}

QFuture<ChangedFiles> Checkpointer::changesOf(const Task &task)
{
    const auto answer = std::make_shared<Answer>();
    const auto known = m_starts.find(task.id);
    if (known != m_starts.end()) {
        Start start = std::move(known->second);
        m_starts.erase(known);
        // A command that ends before its checkpoint is there has nothing to be compared with.
        if (start.later || !start.taken.isFinished()) {
            start.taken.cancel();
            answer->give({});
            return answer->promise.future();
        }
        const Result<Checkpoint> taken = start.taken.resultCount() > 0
                                             ? start.taken.result()
                                             : Result<Checkpoint>(failure(ErrorKind::Cancelled, {}));
        if (taken)
            compare(taken->id, answer);
        else
            answer->give({});
    } else {
        // It was started by an earlier run of the program.
        whenFinished(find(labelOf(task.id)), this, [this, answer](const Result<Checkpoint> &checkpoint) {
            if (checkpoint)
                compare(checkpoint->id, answer);
            else
                answer->give({});
        });
    }
    QTimer::singleShot(kLongestComparison, this, [answer] {
        answer->comparison.cancel();
        answer->give({});
    });
    return answer->promise.future();
}

void Checkpointer::compare(const QString &checkpointId, const std::shared_ptr<Answer> &answer)
{
    if (answer->promise.future().isFinished())
        return; // time is up
    answer->comparison = m_store->changes(checkpointId, {});
    whenFinished(answer->comparison, this, [answer](const Result<FileChanges> &changes) {
        answer->give(changes ? namesOf(*changes) : ChangedFiles{});
    });
    (void)m_store->forget(checkpointId);
}

} // namespace Meanwhile::Checkpoints
