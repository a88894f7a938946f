// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace Meanwhile::Project {

/// Where an absolute path leads, links followed and "..", "." and doubled slashes gone, as far as it exists;
/// what does not exist yet is added as it is. Nullopt: the links lead in a circle.
/// Touches the disk and opens nothing. Paths are text as base/pathtext.h has it.
std::optional<QString> resolvedPath(const QString &absolutePath);

/// What is there now, links followed; false where that cannot be said. Of these paths QFileInfo says nothing:
/// the text of an odd name is not the name.
bool existsAt(const QString &path);
bool isFileAt(const QString &path);
/// The entry itself is a symbolic link.
bool isLinkAt(const QString &path);
/// Of what is directly in a folder, at most so many; none where it cannot be read.
QStringList namesIn(const QString &folder, qsizetype max);

/// The path of what is open, as the kernel knows it; empty when that cannot be said.
QString pathOfOpened(int descriptor);

/// Both are names of one ordinary file, by device and inode.
bool isSameFile(const QString &path, const QString &other);

/// True for the folder itself, too. Both are resolved.
bool isAtOrBelow(const QString &path, const QString &folder);

} // namespace Meanwhile::Project
