// SPDX-License-Identifier: MIT
#pragma once

#include "project/repositoryplace.h"

#include <QByteArrayList>

namespace Meanwhile::Project {

/// What git's own settings say about ignoring, and what git runs by them: those of the system, the person and
/// the repository, with the files they include. Nothing that they name is ever run here.
struct GitSettings {
    QByteArray excludesFile; ///< absolute; the person's own rules for all repositories
    bool ignoresCase = false;
    /// Where settings were looked for, whether or not there is such a file. This and what follows are also of
    /// files whose includeIf is not met now: a change of branch may meet it.
    QByteArrayList files;
    QByteArrayList hooksFolders; ///< absolute; each core.hooksPath
    QByteArrayList named;        ///< absolute; what words of other values name, if they are paths: programs

    /// Without a repository: as in one that says nothing of its own.
    static GitSettings read(const std::optional<RepositoryPlace> &repository);
};

} // namespace Meanwhile::Project
