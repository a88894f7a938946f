// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

struct stat;

namespace Meanwhile {

/// One version of a file on disk, cheap to compare.
///
/// Any write moves changedNs, but only as finely as the kernel's clock ticks (4 ms and more): two writes of
/// the same size within one tick look alike. Where that matters the content is compared, too.
struct FileStamp {
    quint64 device = 0;
    quint64 inode = 0;
    qint64 sizeBytes = 0;
    qint64 modifiedNs = 0; ///< since 1970
    qint64 changedNs = 0;  ///< of the inode: also moved by chmod and rename

    static FileStamp of(const struct stat &info);
    /// The stamp of an open file; nothing when it cannot be read.
    static std::optional<FileStamp> of(int fd);
    /// Of what a path leads to now. NotFound when it leads nowhere.
    static Result<FileStamp> at(const QString &path);
    static std::optional<FileStamp> at(const QByteArray &path);
    bool isSameFile(const FileStamp &other) const { return device == other.device && inode == other.inode; }
    bool operator==(const FileStamp &) const = default;
};

/// A file as it was read: when it still has this content, nothing was lost by replacing it.
struct FileVersion {
    FileStamp stamp;
    QByteArray contentHash; ///< empty: too large to be read, the stamp alone counts

    bool operator==(const FileVersion &) const = default;
};

/// SHA-1: it tells versions of a file apart and does not keep secrets.
QByteArray contentHash(QByteArrayView content);
/// Of an open file from its first byte on, whatever its position is; empty when it cannot be read.
QByteArray contentHash(int fd);

} // namespace Meanwhile
