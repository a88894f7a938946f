// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoints/checkpoint.h"
#include "checkpoints/projectscan.h"
#include "project/gitmodule.h"

#include <functional>
#include <memory>

namespace Meanwhile::Checkpoints {

/// The checkpoints of one project, in a folder of its own below the program's state folder: records/ holds a
/// small file a checkpoint, objects/ the contents, cache what was read last, lock keeps two programs apart.
///
/// Order on the disk: a checkpoint's objects are there before its record is, so what is listed can be
/// restored, also after a power cut.
/// Thread: one at a time, off the GUI thread: all calls wait for the disk.
/// Errors: Unsupported (the git module is missing), Cancelled, NotFound, DiskFull, PermissionDenied, Io.
class DiskCheckpointStore {
public:
    const std::shared_ptr<Project::GitModule> &git() const { return m_git; }
    const QString &projectPath() const { return m_projectPath; }

    /// Nothing below `stateFolder` or in private places is ever recorded or restored, should these lie inside
    /// the project.
    DiskCheckpointStore(const QString &projectFolder, QString stateFolder,
        std::shared_ptr<Project::GitModule> git, ScanLimits limits = {},
        Project::PrivatePlaces privatePlaces = {});

    using Taken = std::function<void(const Checkpoint &)>;
    /// `taken` is called as soon as the checkpoint is on the disk; what makes the next one quicker is written
    /// after that. Not called for one that is not taken. `watch` may be null.
    Result<Checkpoint> take(
        const QString &label, Durability durability, const IsCancelled &isCancelled,
        const Taken &taken = [](const auto &) {}, TakeWatch *watch = nullptr);
    /// Newest first. Damaged records are passed over.
    Result<QVector<Checkpoint>> list();
    /// From one to another; an empty `to` is the project as it is now. `sinceNs`: see CheckpointStore.
    Result<FileChanges> changes(
        const QString &from, const QString &to, const IsCancelled &isCancelled, qint64 sinceNs = 0);
    /// Unified; either id may be empty: now. The answer is empty where nothing can be shown: the same,
    /// binary, or too large.
    Result<QString> diff(const QString &from, const QString &to, const QByteArray &path);
    Result<Restored> restore(const QString &id, const QString &undoLabel, const IsCancelled &isCancelled,
        const QByteArrayList &only = {});
    Result<void> forget(const QString &id);
    Result<Pruned> prune(const PrunePolicy &policy, const IsCancelled &isCancelled);

private:
    struct Stock;

    Result<Stock> open();
    static QSet<QByteArray> objectsOf(const Stock &stock, const QVector<Checkpoint> &checkpoints);
    Result<Manifest> scan(const Stock &stock, const QSet<QByteArray> &always, const IsCancelled &isCancelled);
    /// The names of contents alone: nothing is kept, so nothing need be written.
    Result<Manifest> look(const Stock &stock, const IsCancelled &isCancelled);
    Result<Manifest> read(Stock &stock, const QSet<QByteArray> &always, const IsCancelled &isCancelled,
        TakeWatch *watch = nullptr);
    static Result<Checkpoint> record(Stock &stock, const QString &label, Durability durability,
        const Manifest &manifest, const TakeWatch *watch = nullptr);
    Result<Manifest> manifestOf(const Stock &stock, const QString &id) const;
    Result<QByteArray> contentOf(const Stock &stock, const QString &id, const QByteArray &path) const;
    void loadCache(const Stock &stock);
    void saveCache(const Stock &stock, const Manifest &manifest);

    QString m_projectPath;
    QString m_statePath;
    QString m_storePath;
    std::shared_ptr<Project::GitModule> m_git;
    ScanLimits m_limits;
    Project::PrivatePlaces m_private;
    Manifest m_cache;
    FileStamp m_cacheStamp; ///< of the file it is from
};

} // namespace Meanwhile::Checkpoints
