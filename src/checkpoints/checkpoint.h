// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoints/filechanges.h"

#include <QDateTime>

#include <atomic>
#include <optional>

namespace Meanwhile::Checkpoints {

/// A project's files at one moment, kept until pruned.
struct Checkpoint {
    QString id;          ///< later ones sort after earlier ones
    QDateTime takenAt;   ///< by the wall clock
    QString label;       ///< the caller's own words, e.g. which message it stands before
    QByteArray manifest; ///< its name in the store
    qsizetype files = 0;
    qint64 bytes = 0;      ///< of the files, not of the store
    qsizetype leftOut = 0; ///< files that are there but not kept: too large, unreadable, …
    /// A command ran before all files were copied: what it had changed by then is kept as changed.
    bool isLate = false;

    bool operator==(const Checkpoint &) const = default;
};

/// After what a checkpoint is still there. One that need not outlast a power cut does not wait for the disk
/// with its record; after a cut it is whole or not there.
enum class Durability { Restart, PowerLoss };

/// Shared by who takes a checkpoint and who waits for it. Any thread.
struct TakeWatch {
    std::atomic<qint64> done = 0; ///< of `total` files that had to be read
    std::atomic<qint64> total = 0;
    std::atomic_bool isLate = false; ///< set by who does not wait any longer

    void show(qint64 newDone, qint64 newTotal)
    {
        total = newTotal;
        done = newDone;
    }
};

/// What a restore did. Nothing that `undo` does not hold was changed or removed.
struct Restored {
    struct Skipped {
        QByteArray path;
        QString why; ///< a sentence to stand beside the path, in the person's language
        bool operator==(const Skipped &) const = default;
    };

    Checkpoint undo; ///< the files as they were before; restoring it undoes this
    QByteArrayList written;
    QByteArrayList removed;
    QVector<Skipped> skipped;
    std::optional<Error> stoppedBy; ///< it ended early: the disk is full, or it was cancelled

    bool operator==(const Restored &) const = default;
};

/// Which checkpoints stay. The newest `keepAtLeast` always do, and so do those named.
struct PrunePolicy {
    qsizetype keepAtLeast = 20;
    std::chrono::hours maxAge = std::chrono::hours(24 * 30);
    qint64 maxBytes = 2'000'000'000; ///< of the store on disk
    QStringList keep;
};

struct Pruned {
    qsizetype checkpoints = 0;
    qint64 bytes = 0; ///< freed on disk

    bool operator==(const Pruned &) const = default;
};

} // namespace Meanwhile::Checkpoints
