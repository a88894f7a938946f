// SPDX-License-Identifier: MIT
#pragma once

#include "base/filestamp.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace Meanwhile::Project {

struct KnownPrivatePlaces;
struct PrivatePlacesCache;

/// Places that belong to no project, whatever it is: where keys, passwords and histories are kept in a home,
/// what the system keeps secret, and this program's own files. A project that holds them, as a home or "/"
/// does, has them outside.
///
/// A place is known by its resolved path and by what it is (device and inode), so that links, other spellings
/// and mounts lead to the same answer. A value; thread: any; touches the disk, for what is private at most
/// once a second.
class PrivatePlaces {
public:
    /// None at all.
    PrivatePlaces() = default;
    /// `own`: the folders of this program. One that holds the project counts without the project.
    PrivatePlaces(const QStringList &homes, const QStringList &own, const QString &project);
    /// Of whoever runs this, with the other homes that the project has to do with.
    static PrivatePlaces ofThisComputer(const QString &project);
    /// The person's own home, and of those in `users`, as passwd(5) has them, the ones that hold the resolved
    /// project or lie in it. Told by their paths alone: looking at a home may mount it over a network.
    static QStringList homesFor(const QString &project, const QString &ownHome, const QByteArray &users);

    /// `resolved` as resolvedPath() has it; it need not exist.
    bool hold(const QString &resolved) const;
    /// True for another name of a file that is kept in such a place (a hard link). `file` is a regular one.
    bool holdFile(const FileStamp &file, quint64 linkCount) const;
    /// What there is of them at or below this resolved folder, resolved.
    QStringList below(const QString &resolved) const;
    /// As below(), also of what does not exist.
    QStringList namesBelow(const QString &resolved) const;

private:
    std::shared_ptr<const KnownPrivatePlaces> known() const;

    QStringList m_homes;
    QStringList m_places; ///< absolute, not resolved: what they lead to may change
    std::shared_ptr<PrivatePlacesCache> m_cache;
};

} // namespace Meanwhile::Project
