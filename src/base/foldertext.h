// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace Meanwhile {

/// The path of a folder, for Qt. A QString holds no name that is not UTF-8; a folder with such a name is
/// reached through a symbolic link in the program's own state, which has "_" in place of such bytes and is
/// the same each time. What is no folder, or cannot be linked, has U+FFFD in place of such bytes.
QString folderText(const QByteArray &path);

} // namespace Meanwhile
