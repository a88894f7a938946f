// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"
#include "base/filestamp.h"

#include <QByteArray>
#include <QVector>

#include <optional>

namespace Meanwhile::Project {

struct FolderEntry {
    enum class Kind { File, Folder, Link, Other };
    QByteArray name;
    Kind kind = Kind::Other;
    // With Detail::Status only:
    quint32 permissions = 0; ///< the lowest 12 bits of the mode
    quint64 linkCount = 0;   ///< names that the file has
    FileStamp stamp;

    bool operator==(const FolderEntry &) const = default;
};

/// Opens the folder `name` in an open one, for reading, unless it is a link. Invalid with errno.
Descriptor openFolderIn(const Descriptor &folder, const QByteArray &name);

enum class Detail {
    Kind,   ///< names and kinds: one system call for many entries
    Status, ///< permissions, links and stamp, too: one more call for each entry
};

/// What an open folder holds, by name, without "." and "..", at most `maxEntries`. Links are not followed.
/// Nothing, with errno, where it cannot be read to its end.
std::optional<QVector<FolderEntry>> listFolder(
    const Descriptor &folder, qsizetype maxEntries, Detail detail = Detail::Kind);

/// One entry with its status; a link is not followed. Nothing, with errno, where it cannot be looked at.
std::optional<FolderEntry> entryIn(const Descriptor &folder, const QByteArray &name);

/// When the entry was last changed, in ns since 1970; 0 where that cannot be said.
qint64 modifiedNs(const Descriptor &folder, const QByteArray &path);

} // namespace Meanwhile::Project
