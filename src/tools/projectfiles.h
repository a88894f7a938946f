// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"
#include "base/result.h"
#include "base/safewrite.h"

namespace Meanwhile::Tools {

/// How far a path may lead.
enum class Reach {
    InsideProject,
    Anywhere, ///< the person allowed this very call to leave the project folder
};

struct OpenedFile {
    Descriptor descriptor; ///< for reading
    bool isFolder = false;
    FileStamp stamp;
};

/// Where a file is to be written: the folder that really holds it, links followed, and its name in there.
struct WritePlace {
    Descriptor folder;
    QByteArray name;
};

/// Port: turns paths as the model gives them into open descriptors, inside one project folder.
///
/// A path is relative to the project folder, or absolute, or starts with "~/". What is returned is open
/// already, so nobody can move it outside between the check and the use.
/// Thread: any; touches the disk.
/// Errors: OutsideProject, NotFound, PermissionDenied, Unsupported (a pipe or device: never opened).
class ProjectFiles {
public:
    virtual ~ProjectFiles() = default;

    virtual QString folder() const = 0;
    /// The path with the project folder or the home folder before it; touches nothing.
    QString absolute(const QString &path) const;
    virtual Result<OpenedFile> open(const QString &path, Reach reach) const = 0;
    /// Missing folders are made when `makeParents`. The file itself need not exist.
    virtual Result<WritePlace> placeFor(const QString &path, Reach reach, bool makeParents) const = 0;
    /// True when the path leads outside the project folder, through links too; also for missing files.
    virtual bool leavesProject(const QString &path) const = 0;
};

/// All bytes from the descriptor's position on; TooLarge when there are more than `maxBytes`.
Result<QByteArray> readAll(const Descriptor &file, qint64 maxBytes, const QString &path);

} // namespace Meanwhile::Tools
