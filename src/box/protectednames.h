// SPDX-License-Identifier: MIT
#pragma once

#include "box/boxpolicy.h"

namespace Meanwhile::Box {

/// Adds to the policy what runs programs outside the box when the person next uses the folder: git's hooks
/// and configuration and files that editors and shells obey. Only names that exist are added. A linked
/// worktree gets the git folder that it belongs to as a writable one, where that folder knows the worktree.
/// Reads the file system; blocks for that. `folder` has no links in its path and lies in what is writable.
void protectNamesOf(const std::string &folder, BoxPolicy &policy);

} // namespace Meanwhile::Box
