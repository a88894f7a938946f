// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace Meanwhile::Tools {

/// Where an absolute path leads, links followed and "..", "." and doubled slashes gone, as far as it exists;
/// what does not exist yet is added as it is. Nullopt: the links lead in a circle.
/// Touches the disk and opens nothing. Paths are text as base/pathtext.h has it.
std::optional<QString> resolvedPath(const QString &absolutePath);

/// The path of what is open, as the kernel knows it; empty when that cannot be said.
QString pathOfOpened(int descriptor);

/// Both are names of one ordinary file, by device and inode.
bool isSameFile(const QString &path, const QString &other);

/// True for the folder itself, too. Both are resolved.
bool isAtOrBelow(const QString &path, const QString &folder);

} // namespace Meanwhile::Tools
