// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"

#include <QByteArray>
#include <QVector>

namespace Meanwhile::Tools {

struct FolderEntry {
    enum class Kind { File, Folder, Link, Other };
    QByteArray name;
    Kind kind = Kind::Other;
    qint64 sizeBytes = 0;
    qint64 modifiedNs = 0; ///< since 1970

    bool operator==(const FolderEntry &) const = default;
};

/// What an open folder holds, by name, without "." and "..", at most `maxEntries`. Links are not followed.
QVector<FolderEntry> listFolder(const Descriptor &folder, qsizetype maxEntries);

} // namespace Meanwhile::Tools
