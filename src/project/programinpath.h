// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Project {

/// The program of this name, absolute; empty where there is none. Looked for in the folders that PATH names
/// absolutely and that are not in the project, where anybody may have put one: a folder like "." or
/// node_modules/.bin is passed over, and so is a link to a program in the project. `project` is the folder;
/// "/" holds all programs and excludes none.
QString programInPath(const QString &name, const QString &project);

} // namespace Meanwhile::Project
