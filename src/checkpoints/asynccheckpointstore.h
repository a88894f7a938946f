// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoints/checkpointstore.h"
#include "checkpoints/diskcheckpointstore.h"

#include <QThreadPool>

#include <atomic>

namespace Meanwhile::Checkpoints {

/// CheckpointStore over a DiskCheckpointStore, on a thread of its own.
///
/// Destroying it cancels what is under way and waits until that has come to an end.
class AsyncCheckpointStore final : public CheckpointStore {
public:
    explicit AsyncCheckpointStore(std::unique_ptr<DiskCheckpointStore> folder);
    ~AsyncCheckpointStore() override;

    QFuture<Result<Checkpoint>> take(
        const QString &label, Durability durability, std::shared_ptr<TakeWatch> watch = {}) override;
    QFuture<Result<QVector<Checkpoint>>> list() override;
    QFuture<Result<FileChanges>> changes(const QString &from, const QString &to, qint64 sinceNs) override;
    QFuture<Result<QStringList>> notIgnored(const QStringList &paths) override;
    QFuture<Result<QString>> diff(const QString &from, const QString &to, const QByteArray &path) override;
    QFuture<Result<Restored>> restore(
        const QString &id, const QString &undoLabel, const QByteArrayList &only = {}) override;
    QFuture<Result<void>> forget(const QString &id) override;
    QFuture<Result<Pruned>> prune(const PrunePolicy &policy) override;

private:
    template <typename T, typename Work>
    QFuture<Result<T>> run(Work work);

    std::unique_ptr<DiskCheckpointStore> m_folder; ///< used on the pool's one thread only
    std::atomic_bool m_isClosing = false;
    QThreadPool m_pool; ///< last: its destructor waits for the work
};

} // namespace Meanwhile::Checkpoints
