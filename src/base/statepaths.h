// SPDX-License-Identifier: MIT
#pragma once

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

    static StatePaths fromEnvironment(const QProcessEnvironment &environment);
    /// Creates the folders with mode 0700. False when one cannot be made.
    bool create() const;

    bool operator==(const StatePaths &) const = default;
};

} // namespace Meanwhile
