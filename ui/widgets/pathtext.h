// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace Meanwhile::Ui {

/// Paths as they stand in a message: relative to the project where they are inside it, in double quotes where
/// they hold more than plain characters, separated by spaces.
QString pathsForMessage(const QStringList &paths, const QString &projectFolder);

/// Those of these folders that are there.
QStringList existingFolders(QStringList folders);

/// "~/src/webshop": for people, not for a shell.
QString folderForPeople(const QString &folder);

} // namespace Meanwhile::Ui
