// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Project {

/// True where a file's name says that keys or passwords are kept in it: `.env` and its like, private keys,
/// files of credentials. A copy by its ending (.bak, ~, a number) counts as what it was copied from. Examples
/// and templates of such files are none.
///
/// Such a file is read only when the person agrees. Listings name it; a search leaves out what is in it, and
/// says so, unless the person agreed to this file (ToolCall::allowedSecrets).
/// `path` is relative or absolute, with the folders that the file is in: some names say nothing without them.
/// Any case of letters; nothing is opened.
bool isSecretName(const QString &path);

} // namespace Meanwhile::Project
