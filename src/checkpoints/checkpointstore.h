// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoints/checkpoint.h"

#include <QFuture>

#include <memory>

namespace Meanwhile::Checkpoints {

/// Port: keeps a project's files as they were, and brings them back. The project's own git is not touched.
///
/// Left out of a checkpoint: .git at any depth, what .gitignore names, and, with a note, files that are too
/// large or cannot be read. A restore never changes or removes those. Thread: GUI thread; no call blocks.
/// Calls are carried out one after the other, in their order. Cancelling a future ends its work soon; a
/// cancelled future may have no result. Take results with whenFinished(). Errors: Unsupported (the git module
/// is missing), Cancelled, NotFound, DiskFull, PermissionDenied, Io.
class CheckpointStore {
public:
    virtual ~CheckpointStore() = default;

    /// `label` is the caller's: kept, and given back with the checkpoint.
    /// `watch`: shows how far it is, and says whether it has become late.
    virtual QFuture<Result<Checkpoint>> take(
        const QString &label, Durability durability, std::shared_ptr<TakeWatch> watch = {}) = 0;
    /// Newest first.
    virtual QFuture<Result<QVector<Checkpoint>>> list() = 0;
    /// What is different in `to`; an empty `to` is the project as it is now. Then what was written after
    /// `sinceNs`, in ns since 1970, but before `from` was complete counts as changed; 0: nothing does.
    virtual QFuture<Result<FileChanges>> changes(
        const QString &from, const QString &to = {}, qint64 sinceNs = 0) = 0;
    /// Those of these paths that git does not ignore. Does not wait for the other calls.
    virtual QFuture<Result<QStringList>> notIgnored(const QStringList &paths) = 0;
    /// Of one path, unified; either may be empty: now. The answer is empty where nothing can be shown: the
    /// same, binary, or too large.
    virtual QFuture<Result<QString>> diff(const QString &from, const QString &to, const QByteArray &path) = 0;
    /// Takes a checkpoint with `undoLabel` first. `only`: of what changes() names; none: all of it.
    virtual QFuture<Result<Restored>> restore(
        const QString &id, const QString &undoLabel, const QByteArrayList &only = {}) = 0;
    /// It can no longer be restored; its room comes free with the next prune().
    virtual QFuture<Result<void>> forget(const QString &id) = 0;
    virtual QFuture<Result<Pruned>> prune(const PrunePolicy &policy) = 0;
};

} // namespace Meanwhile::Checkpoints
