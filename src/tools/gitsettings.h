// SPDX-License-Identifier: MIT
#pragma once

#include "tools/repositoryplace.h"

#include <QByteArrayList>

namespace Meanwhile::Tools {

/// What git's own settings say about ignoring: those of the system, the person and the repository, with the
/// files they include. Nothing that they name is ever run.
struct GitSettings {
    QByteArray excludesFile; ///< absolute; the person's own rules for all repositories
    bool ignoresCase = false;
    QByteArrayList files; ///< where settings were looked for, whether or not there is such a file

    /// Without a repository: as in one that says nothing of its own.
    static GitSettings read(const std::optional<RepositoryPlace> &repository);
};

} // namespace Meanwhile::Tools
