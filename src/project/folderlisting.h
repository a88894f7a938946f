// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"

#include <QByteArray>
#include <QVector>

#include <optional>

namespace Meanwhile::Project {

struct FolderEntry {
    enum class Kind { File, Folder, Link, Other };
    QByteArray name;
    Kind kind = Kind::Other;

    bool operator==(const FolderEntry &) const = default;
};

/// What an open folder holds, by name, without "." and "..", at most `maxEntries`. Links are not followed.
/// Nothing where it cannot be read.
std::optional<QVector<FolderEntry>> listFolder(const Descriptor &folder, qsizetype maxEntries);

/// When the entry was last changed, in ns since 1970; 0 where that cannot be said.
qint64 modifiedNs(const Descriptor &folder, const QByteArray &path);

} // namespace Meanwhile::Project
