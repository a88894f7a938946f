// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QProcessEnvironment>
#include <QString>

namespace Meanwhile {

/// Where the program keeps its own files; never inside a project.
///
/// MEANWHILE_HOME puts everything under one folder; otherwise the XDG folders
/// (https://specifications.freedesktop.org/basedir-spec/latest/).
struct StatePaths {
    QString config; ///< settings, the key file of last resort
    QString state;  ///< database, window geometry, what providers said of their models
    QString tasks;  ///< one folder a task: log, status
    /// Where `config` would be, could it be written: create() copies what is there, once. Mostly empty.
    QString readOnlyConfig = {};

    static StatePaths fromEnvironment(const QProcessEnvironment &environment);
    /// Creates the folders with mode 0700. Those that are there already, and the program's files in them, are
    /// closed to all others. The error says that and why nothing can be kept, and what to do.
    Result<void> create() const;
    /// PermissionDenied where one of the folders belongs to another user, who could put anything into it.
    Result<void> checkOwner() const;

    bool operator==(const StatePaths &) const = default;
};

/// Makes this folder with mode 0700, and those above it that are missing; one that is there is closed to all
/// others. False, with errno, when it cannot be made.
bool makePrivateFolder(const QString &path);
/// Makes an empty file with mode 0600 where there is none. The system lets nobody else read it from the
/// first moment; a program that opens it later keeps the mode.
void makePrivateFile(const QString &path);

} // namespace Meanwhile
