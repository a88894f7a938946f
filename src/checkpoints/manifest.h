// SPDX-License-Identifier: MIT
#pragma once

#include "base/filestamp.h"
#include "base/result.h"

#include <QByteArray>
#include <QMap>
#include <QVector>

namespace Meanwhile::Checkpoints {

/// One file, link or folder of a project at one moment.
struct FileRecord {
    enum class Kind : quint8 { File, Link, Folder };

    Kind kind = Kind::File;
    quint32 mode = 0; ///< permissions only
    FileStamp stamp;
    bool isSettled = false; ///< the stamp was old enough when the content was read to vouch for it
    QByteArray object;      ///< its content's, or a link's target's, name in the store; empty: not read

    bool operator==(const FileRecord &) const = default;
};

/// What is there but not recorded. A restore leaves it, and all below it, alone.
struct LeftOut {
    enum class Why : quint8 {
        TooLarge,
        NoRoom,     ///< the checkpoint as a whole would be too large
        TooMany,    ///< files
        Unreadable, ///< no permission, or the disk failed
        Unsteady,   ///< it changed each time it was read
        Special,    ///< pipe, socket or device
        Private,    ///< belongs to no project: keys, passwords, this program's own files
    };

    QByteArray path; ///< empty: the whole project, of which only a part was looked at
    Why why = Why::TooLarge;

    bool operator==(const LeftOut &) const = default;
};

/// A project's files. Paths are relative, in the system's own bytes, in their order: a folder comes before
/// what it holds.
struct Manifest {
    QMap<QByteArray, FileRecord> records;
    QVector<LeftOut> leftOut;
    QByteArray rulesAround; ///< a hash: what is ignored by rules outside the project; only in the cache

    /// Without stamps: the same files give the same bytes.
    QByteArray toBytes() const;
    static Result<Manifest> fromBytes(const QByteArray &bytes);
    /// With stamps, so that unchanged files need not be read again.
    QByteArray toCacheBytes() const;
    /// Empty when the bytes are none.
    static Manifest fromCacheBytes(const QByteArray &bytes);

    /// True for what is left out and what lies below it.
    bool isLeftOut(const QByteArray &path) const;

    bool operator==(const Manifest &) const = default;
};

/// The folder's path and the name in it; the first is empty for what lies in the project folder itself.
std::pair<QByteArray, QByteArray> splitPath(const QByteArray &path);

} // namespace Meanwhile::Checkpoints
