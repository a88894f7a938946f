// SPDX-License-Identifier: MIT
#include "checkpoints/filechanges.h"

#include "base/pathtext.h"

#include <algorithm>

namespace Meanwhile::Checkpoints {

bool isSame(const FileRecord &a, const FileRecord &b)
{
    if (a.kind != b.kind || a.mode != b.mode)
        return false;
    if (a.kind == FileRecord::Kind::Folder)
        return true;
    return a.object.isEmpty() || b.object.isEmpty() ? a.stamp == b.stamp : a.object == b.object;
}

FileChanges changesBetween(const Manifest &before, const Manifest &after)
{
    FileChanges changes;
    const auto isFile = [](const FileRecord &record) { return record.kind != FileRecord::Kind::Folder; };
    for (auto old = before.records.cbegin(); old != before.records.cend(); ++old) {
        const auto now = after.records.constFind(old.key());
        const bool isThere = now != after.records.cend() && isFile(*now);
        if (!isFile(*old) || (isThere && isSame(*old, *now)))
            continue;
        if (!isThere && after.isLeftOut(old.key()))
            changes.unknown += old.key();
        else
            (isThere ? changes.changed : changes.removed) += old.key();
    }
    for (auto now = after.records.cbegin(); now != after.records.cend(); ++now) {
        const auto old = before.records.constFind(now.key());
        if (!isFile(*now) || (old != before.records.cend() && isFile(*old)))
            continue;
        (before.isLeftOut(now.key()) ? changes.unknown : changes.added) += now.key();
    }
    return changes;
}

void addWritten(FileChanges &changes, const Manifest &before, const Manifest &after, const Span &time)
{
    QByteArrayList found;
    for (auto now = after.records.cbegin(); now != after.records.cend(); ++now) {
        const auto old = before.records.constFind(now.key());
        const bool isFile = now->kind != FileRecord::Kind::Folder && old != before.records.cend() &&
                            old->kind != FileRecord::Kind::Folder;
        if (isFile && now->stamp.changedNs > time.fromNs && now->stamp.changedNs <= time.toNs)
            found += now.key();
    }
    changes.changed += found;
    std::sort(changes.changed.begin(), changes.changed.end());
    changes.changed.erase(std::unique(changes.changed.begin(), changes.changed.end()), changes.changed.end());
}

Tasks::ChangedFiles namesOf(const FileChanges &changes, const QStringList &written)
{
    QByteArrayList paths = changes.changed + changes.added + changes.removed;
    for (const QString &path : written) {
        if (const Result<QByteArray> bytes = pathFromText(path))
            paths += *bytes;
    }
    std::sort(paths.begin(), paths.end());
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
    Tasks::ChangedFiles named{paths.size(), {}};
    for (const QByteArray &path : paths.first(qMin(paths.size(), Tasks::ChangedFiles::kMostPaths)))
        named.paths += pathToText(path);
    return named;
}

} // namespace Meanwhile::Checkpoints
