// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"
#include "base/result.h"
#include "base/safewrite.h"

#include <QStringList>

#include <optional>

namespace Meanwhile::Project {

/// How far a path may lead.
struct Reach {
    enum class Border { Project, None };

    Border border = Border::Project;
    /// Where the person agreed to one place, the path must lead there or below it; else empty.
    QString place = {};

    static const Reach InsideProject;
    static const Reach Anywhere; ///< for what only the person sees

    bool operator==(const Reach &) const = default;
};
inline const Reach Reach::InsideProject{};
inline const Reach Reach::Anywhere{Reach::Border::None, {}};

/// What there is to know of a path before it is used.
struct PathFacts {
    QString place; ///< where it leads, absolute, links followed; as given where that cannot be said
    bool leavesProject = false;
    bool isPrivate = false;          ///< one of the places that belong to no project; leavesProject, too
    std::optional<Error> impossible; ///< it cannot be used at all
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
/// A path is relative to the project folder, or absolute, or starts with "~/", and text in the form of
/// pathToText(), as those answered here are. What is returned is open already, so nobody can move it outside
/// between the check and the use.
/// Thread: any; touches the disk.
/// Errors: Conflict (the project folder is gone), InvalidArgument (no path: see pathFromText()),
/// OutsideProject, NotFound, PermissionDenied, Unsupported (a pipe or device: never opened).
class ProjectFiles {
public:
    virtual ~ProjectFiles() = default;

    virtual QString folder() const = 0;
    /// The path with the project folder or the home folder before it; touches nothing.
    QString absolute(const QString &path) const;
    virtual Result<OpenedFile> open(const QString &path, const Reach &reach) const = 0;
    /// Missing folders are made when `makeParents`. The file itself need not exist.
    virtual Result<WritePlace> placeFor(const QString &path, const Reach &reach, bool makeParents) const = 0;
    /// Also for what is missing.
    virtual PathFacts factsOf(const QString &path) const = 0;
    /// The project folder still is the one that was opened.
    virtual Result<void> check() const = 0;
    /// Resolved paths at or below this one, which `reach` covers, that belong to no project and that no walk
    /// or search goes into. None where the person agreed to one of them.
    virtual QStringList closedBelow(const QString &path, const Reach &reach) const = 0;
    /// Whether the file at `path` below this folder is another name (a hard link) of one that belongs to no
    /// project. A file with one name costs a look.
    virtual bool isClosedFile(const Descriptor &folder, const QByteArray &path, const Reach &reach) const = 0;
};

/// All bytes from the descriptor's position on; TooLarge when there are more than `maxBytes`.
Result<QByteArray> readAll(const Descriptor &file, qint64 maxBytes, const QString &path);

} // namespace Meanwhile::Project
