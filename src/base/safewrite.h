// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>

#include <optional>

namespace Meanwhile {

/// One version of a file on disk, cheap to compare: any write by anyone changes it.
struct FileStamp {
    quint64 device = 0;
    quint64 inode = 0;
    qint64 sizeBytes = 0;
    qint64 modifiedNs = 0; ///< since 1970
    qint64 changedNs = 0;  ///< of the inode: also moved by chmod and rename

    /// The stamp of an open file; nothing when it cannot be read.
    static std::optional<FileStamp> of(int fd);
    bool operator==(const FileStamp &) const = default;
};

/// Port: the calls of a write that a full or broken disk makes fail. write(2) and fsync(2).
class DiskCalls {
public:
    virtual ~DiskCalls() = default;

    virtual qint64 write(int fd, const char *data, qint64 size) const;
    virtual int sync(int fd) const;
};

/// Replaces a whole file: afterwards it holds all of the new bytes or, on any error, all of the old ones.
///
/// Mode, owner and extended attributes (ACLs) stay. A file with further hard links, or one whose owner or
/// attributes a new file could not be given, is rewritten in place, so that the links stay one file.
/// Thread: any, but it waits for the disk: call it off the GUI thread.
/// Errors: DiskFull, PermissionDenied, …: the old file is whole. Conflict: it is not the file in `expected`.
class SafeWrite {
public:
    explicit SafeWrite(const DiskCalls *disk = nullptr); ///< null: the system's

    /// Writes `name` in the folder open as `folderFd`. `name` has no slash and is not a symbolic link.
    /// `expected`: the version the new bytes were made from; nullopt where none is known.
    /// The stamp of what was written.
    Result<FileStamp> write(int folderFd, const QByteArray &name, const QByteArray &bytes,
        const std::optional<FileStamp> &expected = std::nullopt) const;

private:
    struct Existing;

    Result<FileStamp> replace(int folderFd, const QByteArray &name, const QByteArray &bytes,
        const Existing *existing, const std::optional<FileStamp> &expected) const;
    Result<FileStamp> rewriteInPlace(
        const Existing &existing, const QByteArray &name, const QByteArray &bytes) const;
    int writeAll(int fd, const QByteArray &bytes) const;

    DiskCalls m_system;
    const DiskCalls *m_disk;
};

} // namespace Meanwhile
