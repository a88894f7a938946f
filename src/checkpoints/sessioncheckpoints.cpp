// SPDX-License-Identifier: MIT
#include "checkpoints/sessioncheckpoints.h"

#include "base/logging.h"
#include "base/pathtext.h"
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
constexpr std::chrono::milliseconds kProgressInterval{100};

QString labelOf(const QString &taskId)
{
    return u"task:"_s + taskId;
}

// Since 1970; 0: not known.
qint64 nsOf(const QDateTime &time)
{
    return time.isValid() ? time.toMSecsSinceEpoch() * 1'000'000 : 0;
}

} // namespace

/// Given once, with what is known by then when time is up.
struct SessionCheckpoints::Answer {
    QPromise<ChangedFiles> promise;
    QFuture<Result<FileChanges>> comparison;
    FileChanges found;
    QStringList written;
    int awaited = 1; ///< the comparison, and the rules where something was written

    Answer() { promise.start(); }
    void arrived()
    {
        if (--awaited == 0)
            give();
    }
    void give()
    {
        if (promise.future().isFinished())
            return;
        promise.addResult(namesOf(found, written));
        promise.finish();
    }
};

SessionCheckpoints::SessionCheckpoints(
    std::unique_ptr<CheckpointStore> store, std::shared_ptr<Tasks::WriteLog> writes, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_writes(std::move(writes))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(kLongestWait);
    m_patience.setObjectName(u"patience"_s);
    connect(&m_patience, &QTimer::timeout, this, &SessionCheckpoints::waitNoLonger);
    m_progress.setInterval(kProgressInterval);
    connect(&m_progress, &QTimer::timeout, this, &SessionCheckpoints::showProgress);
}

SessionCheckpoints::~SessionCheckpoints() = default;

struct SessionCheckpoints::Take {
    QString label;
    std::shared_ptr<TakeWatch> watch = std::make_shared<TakeWatch>();
    bool isHolding = true; ///< what waits is held for it
};

void SessionCheckpoints::setBusy(bool isBusy)
{
    m_busy += isBusy ? 1 : -1;
    if (m_busy == 0) {
        m_patience.stop();
        if (m_progress.isActive()) {
            m_progress.stop();
            emit copying(0, 0);
        }
    }
    if (m_busy == (isBusy ? 1 : 0))
        emit busyChanged(isBusy);
}

// ---- to go back to

// The request that the message goes out with is made in this turn of the event loop, and comes first.
void SessionCheckpoints::take(const QString &label)
{
    setBusy(true);
    auto take = std::make_shared<Take>();
    take->label = label;
    m_takes += take;
    QTimer::singleShot(kAfterTheRequest, this, [this, take] { begin(take); });
}

void SessionCheckpoints::hurry()
{
    if (m_takes.isEmpty() || m_patience.isActive())
        return;
    m_patience.start();
    m_progress.start();
}

void SessionCheckpoints::showProgress()
{
    for (const auto &take : std::as_const(m_takes)) {
        const qint64 total = take->watch->total;
        if (take->isHolding && total > 0)
            return emit copying(take->watch->done, total);
    }
}

// The command that waits is worth more than a copy without a gap, as long as the gap is known.
void SessionCheckpoints::waitNoLonger()
{
    const QVector<std::shared_ptr<Take>> takes = m_takes;
    for (const auto &take : takes) {
        if (take->isHolding)
            take->watch->isLate = true;
        release(take);
    }
}

void SessionCheckpoints::release(const std::shared_ptr<Take> &take)
{
    if (std::exchange(take->isHolding, false))
        setBusy(false);
}

void SessionCheckpoints::begin(const std::shared_ptr<Take> &take)
{
    const QString label = take->label;
    QFuture<Result<Checkpoint>> taken = m_store->take(label, Durability::PowerLoss, take->watch);
    const QPointer<QTimer> limit = new QTimer(this);
    limit->setSingleShot(true);
    limit->setObjectName(u"limit"_s);
    const auto settle = [this, limit, label, take](const Result<Checkpoint> &checkpoint) {
        if (!limit || !limit->isActive())
            return; // given up
        delete limit;
        if (!checkpoint)
            noteFailure(label, checkpoint.error());
        m_takes.removeOne(take);
        release(take);
        pruneOnce();
    };
    connect(limit, &QTimer::timeout, this, [this, limit, label, take, taken]() mutable {
        limit->deleteLater();
        taken.cancel();
        noteFailure(label,
            {ErrorKind::Timeout,
                tr("No copy of the files was made before this message: reading them took too long."), {}});
        m_takes.removeOne(take);
        release(take);
    });
    limit->start(kLongestTake);
    whenFinished(taken, this, settle);
}

void SessionCheckpoints::noteFailure(const QString &label, const Error &error)
{
    m_whyNone.insert(label, error.message);
    if (!std::exchange(m_hasFailed, true))
        qCInfo(lcTools) << "no checkpoint:" << error.message << error.detail;
}

// Once a conversation, and when its first turn is likely over.
void SessionCheckpoints::pruneOnce()
{
    if (std::exchange(m_hasPruned, true))
        return;
    auto *settled = new QTimer(this);
    settled->setObjectName(u"prune"_s);
    settled->setSingleShot(true);
    connect(settled, &QTimer::timeout, this, [this] { (void)m_store->prune({}); });
    settled->start(kWhenSettled);
}

QFuture<Result<Checkpoint>> SessionCheckpoints::find(const QString &label)
{
    using Found = Result<Checkpoint>;
    return chain(m_store->list(), this, [this, label](const Result<QVector<Checkpoint>> &all) -> Found {
        if (!all)
            return failure(all.error());
        const auto newest = std::find_if(
            all->cbegin(), all->cend(), [&](const Checkpoint &one) { return one.label == label; });
        if (newest != all->cend())
            return *newest;
        return failure(ErrorKind::NotFound,
            m_whyNone.value(label, tr("No copy of the files as they were then is kept.")));
    });
}

QFuture<Result<FileChanges>> SessionCheckpoints::changesSince(const QString &checkpointId)
{
    return m_store->changes(checkpointId, {});
}

QFuture<Result<QString>> SessionCheckpoints::diffBackTo(const QString &checkpointId, const QByteArray &path)
{
    return m_store->diff({}, checkpointId, path);
}

QFuture<Result<Restored>> SessionCheckpoints::restore(const QString &checkpointId, const QByteArrayList &only)
{
    setBusy(true);
    const QFuture<Result<Restored>> restored = m_store->restore(checkpointId, u"restore"_s, only);
    whenFinished(restored, this, [this](const Result<Restored> &done) {
        if (done && m_writes) {
            for (const QByteArray &path : done->written + done->removed)
                m_writes->noteInside(pathToText(path));
        }
        setBusy(false);
    });
    return restored;
}

// ---- what changed while a task ran

void SessionCheckpoints::taskStarts(const Task &task)
{
    Start start;
    start.atNs = nsOf(QDateTime::currentDateTimeUtc().addMSecs(1)); // what was written before is none of it
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

void SessionCheckpoints::takeForTask(const QString &taskId)
{
    Start &start = m_starts[taskId];
    if (start.later)
        start.later.release()->deleteLater(); // it may be its timeout that called
    // No task outlasts a power cut.
    start.taken = m_store->take(labelOf(taskId), Durability::Restart);
}

QFuture<ChangedFiles> SessionCheckpoints::changesOf(const Task &task, const QStringList &written)
{
    const auto answer = std::make_shared<Answer>();
    if (!written.isEmpty()) {
        ++answer->awaited;
        answer->written = written;
        whenFinished(m_store->notIgnored(written), this, [answer](const Result<QStringList> &kept) {
            if (kept)
                answer->written = *kept;
            answer->arrived();
        });
    }
    compareTask(task, answer);
    if (!answer->promise.future().isFinished()) {
        QTimer::singleShot(kLongestComparison, this, [answer] {
            answer->comparison.cancel();
            answer->give();
        });
    }
    return answer->promise.future();
}

void SessionCheckpoints::compareTask(const Task &task, const std::shared_ptr<Answer> &answer)
{
    const auto known = m_starts.find(task.id);
    if (known != m_starts.end()) {
        Start start = std::move(known->second);
        m_starts.erase(known);
        // A command that ends before its checkpoint is there has nothing to be compared with.
        if (start.later || !start.taken.isFinished()) {
            start.taken.cancel();
            return answer->arrived();
        }
        const Result<Checkpoint> taken = start.taken.resultCount() > 0
                                             ? start.taken.result()
                                             : Result<Checkpoint>(failure(ErrorKind::Cancelled, {}));
        if (taken)
            compare(taken->id, start.atNs, answer);
        else
            answer->arrived();
    } else {
        // It was started by an earlier run of the program.
        whenFinished(find(labelOf(task.id)), this,
            [this, answer, sinceNs = nsOf(task.startedAt)](const Result<Checkpoint> &checkpoint) {
                if (checkpoint)
                    compare(checkpoint->id, sinceNs, answer);
                else
                    answer->arrived();
            });
    }
}

// Its files are read while the command runs: what was written meanwhile counts as well.
void SessionCheckpoints::compare(
    const QString &checkpointId, qint64 sinceNs, const std::shared_ptr<Answer> &answer)
{
    if (answer->promise.future().isFinished())
        return; // time is up
    answer->comparison = m_store->changes(checkpointId, {}, sinceNs);
    whenFinished(answer->comparison, this, [answer](const Result<FileChanges> &changes) {
        if (changes)
            answer->found = *changes;
        answer->arrived();
    });
    (void)m_store->forget(checkpointId);
}

} // namespace Meanwhile::Checkpoints
