// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"
#include "checkpoints/checkpoint.h"

namespace Meanwhile::Checkpoints {

/// The small files that make checkpoints known, one each.
///
/// Used by one thread, under the store's lock. Errors: DiskFull, PermissionDenied, Io.
class CheckpointRecords {
public:
    /// The folder must exist.
    static Result<CheckpointRecords> open(const QString &folder);

    /// Gives the checkpoint an id that sorts after all others.
    Result<Checkpoint> add(Checkpoint checkpoint, Durability durability) const;
    /// Newest first; damaged ones are passed over.
    QVector<Checkpoint> all() const;
    Result<Checkpoint> find(const QString &id) const;
    Result<void> remove(const QString &id) const;
    /// Until then a power cut may bring removed ones back.
    Result<void> sync() const;

private:
    CheckpointRecords(QString folder, Descriptor opened)
        : m_path(std::move(folder))
        , m_folder(std::move(opened))
    {
    }

    Result<void> write(const QByteArray &name, const QByteArray &bytes, Durability durability) const;
    std::optional<Checkpoint> read(const QString &id) const;
    QStringList ids() const; ///< oldest first

    QString m_path;
    Descriptor m_folder;
};

} // namespace Meanwhile::Checkpoints
