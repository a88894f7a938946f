// SPDX-License-Identifier: MIT
#pragma once

#include "tools/projectfiles.h"

namespace Meanwhile::Tools {

/// True when a file of the project has a name (a hard link) that is not found in the project's folder, so
/// that writing into it would change a file outside. Files with one name cost a look; for others the whole
/// folder is walked, at most for a second: what was not seen until then counts as outside.
bool hasNameOutside(const ProjectFiles &files, const WritePlace &place);

} // namespace Meanwhile::Tools
