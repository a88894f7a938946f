// SPDX-License-Identifier: MIT
#pragma once

#include "project/projectfiles.h"

namespace Meanwhile::Project {

/// For the model whose path does not exist: what in that place has a like name, or which folder is missing.
QString nearNames(const ProjectFiles &files, const QString &path, const Reach &reach);

} // namespace Meanwhile::Project
