// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>
#include <QVector>

#include <utility>

namespace Meanwhile::Project {

/// gitrepository-layout(5): git takes such a folder for a repository whatever its name is.
bool isGitFolder(const QString &folder);

/// Whether a write to `place` changes what git runs or obeys: hooks wherever core.hooksPath has them, what a
/// hook leads to, files of settings, included ones as well, and programs that settings name. Looked at are
/// the repository around the project, of which it may be a part or a further working tree, and those between
/// it and the place. A file is known by its path and by what it is (device and inode), so that links of both
/// kinds lead to the same answer.
///
/// Both are resolved; touches the disk, runs nothing.
bool gitRunsOrObeys(const QString &project, const QString &place);

/// The settings of the repository around a project, in which an address may hold a password. They are known
/// by any name that the file has, and so are those of a repository in a folder of any name.
class GitSettingsFiles {
public:
    /// `project` is resolved; looks at the disk now, and again in hold().
    explicit GitSettingsFiles(const QString &project);

    /// `place` is resolved. A look by name, unless the settings have another name (a hard link).
    bool hold(const QString &place) const;

private:
    QStringList m_paths;                           ///< resolved
    QVector<std::pair<quint64, quint64>> m_linked; ///< device and inode of those with several names
};

} // namespace Meanwhile::Project
