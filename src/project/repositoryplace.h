// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <optional>

namespace Meanwhile::Project {

/// Where a git repository keeps its things. Paths are as the system has them, without a slash at the end.
struct RepositoryPlace {
    QByteArray top;          ///< the folder of the working files
    QByteArray gitFolder;    ///< what belongs to these working files alone: the index
    QByteArray commonFolder; ///< what all of its working trees share: info/exclude, config

    /// The repository whose top is this very folder: with a .git folder, or with a file that names one, as
    /// submodules and further working trees have.
    static std::optional<RepositoryPlace> at(const QByteArray &folder);
    /// The nearest one at or above the folder, whose path is absolute and without links.
    static std::optional<RepositoryPlace> around(QByteArray folder);
};

} // namespace Meanwhile::Project
