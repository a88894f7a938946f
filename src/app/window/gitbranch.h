// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::App {

/// Of the repository whose top this folder is: the branch that is checked out, or the commit in short; empty
/// outside of one.
QString gitBranch(const QString &folder);

} // namespace Meanwhile::App
