// SPDX-License-Identifier: MIT
#include "checkpoints/chosenfiles.h"

#include <QSet>

#include <algorithm>

namespace Meanwhile::Checkpoints {

namespace {

using Records = QMap<QByteArray, FileRecord>;
using Kind = FileRecord::Kind;

bool isFolder(const Records &records, const QByteArray &path)
{
    const auto record = records.constFind(path);
    return record != records.cend() && record->kind == Kind::Folder;
}

bool isFile(const Records &records, const QByteArray &path)
{
    return records.contains(path) && records.value(path).kind != Kind::Folder;
}

/// All that lies in the folder.
QByteArrayList below(const Records &records, const QByteArray &folder)
{
    QByteArrayList paths;
    const QByteArray start = folder + '/';
    for (auto record = records.lowerBound(start); record != records.cend() && record.key().startsWith(start);
         ++record)
        paths += record.key();
    return paths;
}

/// The folders it lies in, the innermost first.
QByteArrayList foldersOf(const QByteArray &path)
{
    QByteArrayList folders;
    for (QByteArray folder = splitPath(path).first; !folder.isEmpty(); folder = splitPath(folder).first)
        folders += folder;
    return folders;
}

} // namespace

ChosenFiles chosenFiles(const Manifest &then, const Manifest &now, const QByteArrayList &files)
{
    ChosenFiles chosen{now, {}};
    Records &target = chosen.target.records;
    chosen.target.leftOut = then.leftOut;
    const QSet<QByteArray> all(files.cbegin(), files.cend());
    // First what goes: it may be in the way of what comes.
    for (const QByteArray &path : files) {
        if (isFile(then.records, path) || !isFile(now.records, path))
            continue;
        target.remove(path);
        for (const QByteArray &folder : foldersOf(path)) {
            if (!isFolder(then.records, folder))
                target.remove(folder); // goes too, if nothing is left in it
        }
    }
    for (const QByteArray &path : files) {
        if (!isFile(then.records, path))
            continue;
        const QByteArrayList inside = below(now.records, path);
        const QByteArrayList around = foldersOf(path);
        const bool isBlocked = std::any_of(inside.cbegin(), inside.cend(), [&](const QByteArray &other) {
            return isFile(now.records, other) && !all.contains(other);
        }) || std::any_of(around.cbegin(), around.cend(), [&](const QByteArray &folder) {
            return isFile(target, folder);
        });
        if (isBlocked) {
            chosen.blocked += path;
            continue;
        }
        for (const QByteArray &other : inside)
            target.remove(other);
        for (const QByteArray &folder : around) {
            if (!target.contains(folder) && isFolder(then.records, folder))
                target.insert(folder, then.records.value(folder));
        }
        target.insert(path, then.records.value(path));
    }
    return chosen;
}

} // namespace Meanwhile::Checkpoints
