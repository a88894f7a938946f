// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Project {

/// Who runs what is in a file, or does what it says, later and without asking.
enum class LaterRunner { Nobody, Git, Shell, Editor, Desktop, PackageManager, Assistant, BuildServer };

/// By the name of a path that begins at the project folder, in any case: `.git` and all below it, start files
/// of shells, tasks of editors and the like, in any folder. What a person starts by name, as a Makefile or a
/// package.json, is nobody's.
LaterRunner laterRunnerOf(const QString &relativePath);

/// The same for where a write really goes: also a git folder of another name, what such a name links to, and
/// whatever else git runs or obeys (gitRunsOrObeys).
/// `place` is resolved, as `project` is; touches the disk.
LaterRunner laterRunnerAt(const QString &project, const QString &place);

/// For the person: "Git runs or obeys this file."
QString inWords(LaterRunner runner);

} // namespace Meanwhile::Project
