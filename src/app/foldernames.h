// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace Meanwhile::App {

/// The program's arguments as text; each may name a folder, see folderText().
QStringList givenArguments(int count, char **arguments);
/// The same for the current folder; empty once that was removed.
QString currentFolder();

} // namespace Meanwhile::App
