// SPDX-License-Identifier: MIT
#include "checkpoints/asynccheckpointstore.h"

#include <QPromise>
#include <QtConcurrentRun>

namespace Meanwhile::Checkpoints {

AsyncCheckpointStore::AsyncCheckpointStore(std::unique_ptr<DiskCheckpointStore> folder)
    : m_folder(std::move(folder))
{
    m_pool.setMaxThreadCount(1);
}

AsyncCheckpointStore::~AsyncCheckpointStore()
{
    m_isClosing = true;
}

// `work` is called with the folder and IsCancelled.
template <typename T, typename Work>
QFuture<Result<T>> AsyncCheckpointStore::run(Work work)
{
    return QtConcurrent::run(&m_pool, [this, work = std::move(work)](QPromise<Result<T>> &promise) {
        const IsCancelled isCancelled = [this, &promise] { return m_isClosing || promise.isCanceled(); };
        promise.addResult(isCancelled() ? Result<T>(failure(ErrorKind::Cancelled, QStringLiteral("Stopped.")))
                                        : work(*m_folder, isCancelled));
    });
}

QFuture<Result<Checkpoint>> AsyncCheckpointStore::take(
    const QString &label, Durability durability, std::shared_ptr<TakeWatch> watch)
{
    return QtConcurrent::run(&m_pool, [this, label, durability, watch = std::move(watch)](
                                          QPromise<Result<Checkpoint>> &promise) {
        const IsCancelled isCancelled = [this, &promise] { return m_isClosing || promise.isCanceled(); };
        if (isCancelled()) // one that waited in vain does not open the store
            return (void)promise.addResult(failure(ErrorKind::Cancelled, QStringLiteral("Stopped.")));
        const auto tell = [&promise](const Checkpoint &checkpoint) {
            promise.addResult(checkpoint);
            promise.finish(); // a command may wait for it, and what follows takes a while
        };
        const Result<Checkpoint> taken = m_folder->take(label, durability, isCancelled, tell, watch.get());
        if (!taken)
            promise.addResult(taken);
    });
}

QFuture<Result<QVector<Checkpoint>>> AsyncCheckpointStore::list()
{
    return run<QVector<Checkpoint>>(
        [](DiskCheckpointStore &folder, const IsCancelled &) { return folder.list(); });
}

QFuture<Result<FileChanges>> AsyncCheckpointStore::changes(
    const QString &from, const QString &to, qint64 sinceNs)
{
    return run<FileChanges>([from, to, sinceNs](DiskCheckpointStore &folder, const IsCancelled &isCancelled) {
        return folder.changes(from, to, isCancelled, sinceNs);
    });
}

QFuture<Result<QStringList>> AsyncCheckpointStore::notIgnored(const QStringList &paths)
{
    return QtConcurrent::run([git = m_folder->git(), folder = m_folder->projectPath(), paths] {
        return Result<QStringList>(Checkpoints::notIgnored(*git, folder, paths));
    });
}

QFuture<Result<QString>> AsyncCheckpointStore::diff(
    const QString &from, const QString &to, const QByteArray &path)
{
    return run<QString>([from, to, path](DiskCheckpointStore &folder, const IsCancelled &) {
        return folder.diff(from, to, path);
    });
}

QFuture<Result<Restored>> AsyncCheckpointStore::restore(
    const QString &id, const QString &undoLabel, const QByteArrayList &only)
{
    return run<Restored>([id, undoLabel, only](DiskCheckpointStore &folder, const IsCancelled &isCancelled) {
        return folder.restore(id, undoLabel, isCancelled, only);
    });
}

QFuture<Result<void>> AsyncCheckpointStore::forget(const QString &id)
{
    return run<void>([id](DiskCheckpointStore &folder, const IsCancelled &) { return folder.forget(id); });
}

QFuture<Result<Pruned>> AsyncCheckpointStore::prune(const PrunePolicy &policy)
{
    return run<Pruned>([policy](DiskCheckpointStore &folder, const IsCancelled &isCancelled) {
        return folder.prune(policy, isCancelled);
    });
}

} // namespace Meanwhile::Checkpoints
