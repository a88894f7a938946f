// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoints/manifest.h"
#include "tasks/changedfiles.h"

#include <QByteArrayList>

namespace Meanwhile::Checkpoints {

/// How one state of a project differs from an earlier one, whoever did it. Paths of files and links, in
/// order.
struct FileChanges {
    QByteArrayList added;
    QByteArrayList changed; ///< content, mode or kind
    QByteArrayList removed;
    /// In one of the two states but not recorded, so nothing is known of them.
    QByteArrayList unknown;

    bool isEmpty() const { return added.isEmpty() && changed.isEmpty() && removed.isEmpty(); }
    qsizetype count() const { return added.size() + changed.size() + removed.size(); }
    bool operator==(const FileChanges &) const = default;
};

/// By content where both were read, else by stamp: then a file that was written again counts as changed, even
/// with the same bytes.
bool isSame(const FileRecord &a, const FileRecord &b);
FileChanges changesBetween(const Manifest &before, const Manifest &after);

/// From the moment after `fromNs` on, in ns since 1970.
struct Span {
    qint64 fromNs = 0;
    qint64 toNs = 0;
};
/// Counts as changed what was last written in this time, which is before `before` was complete: it may have
/// been read before or after it was written. Only `after` has stamps.
void addWritten(FileChanges &changes, const Manifest &before, const Manifest &after, const Span &time);

/// For a task's row and the model: these and `written`, each once, in order.
Tasks::ChangedFiles namesOf(const FileChanges &changes, const QStringList &written = {});

} // namespace Meanwhile::Checkpoints
