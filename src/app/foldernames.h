// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace Meanwhile::App {

/// The program's arguments as text. A QString holds no name that is not UTF-8; a folder with such a name is
/// opened through a symbolic link in the program's own state, which has "_" in place of such bytes and is the
/// same each time. What names no folder, or cannot be linked, has U+FFFD in place of such bytes.
QStringList givenArguments(int count, char **arguments);
/// The same for the current folder; empty once that was removed.
QString currentFolder();

} // namespace Meanwhile::App
