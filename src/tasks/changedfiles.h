// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace Meanwhile::Tasks {

/// Files of the project that changed while a task ran, whoever did it: added, written or removed.
struct ChangedFiles {
    static constexpr qsizetype kMostPaths = 50;

    qint64 count = 0;
    QStringList paths; ///< in order, the first kMostPaths; relative to the project

    bool isEmpty() const { return count == 0; }
    bool operator==(const ChangedFiles &) const = default;
};

/// All of these, of which the first are named.
ChangedFiles namedFiles(const QStringList &paths);

/// For the model, in one line: "exit 0, but 3 files changed since it started: src/a.cpp, src/b.cpp, "odd
/// name"". `outcome` alone where nothing changed. At most ten paths and some 600 characters of them; no path
/// can end the line, look like a part of the frame around it, or hide its characters.
QString withChangesSinceStart(const QString &outcome, const ChangedFiles &changed);

} // namespace Meanwhile::Tasks
