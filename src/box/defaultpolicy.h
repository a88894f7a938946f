// SPDX-License-Identifier: MIT
#pragma once

#include "box/boxpolicy.h"

namespace Meanwhile::Box {

/// Where things lie for one project and one person. Absolute paths, links allowed.
struct Places {
    std::string project;
    std::string home;
    std::string programPath; ///< the variable PATH
    std::string temporary;   ///< exists, the project's own
    std::vector<Binding> caches;
    std::vector<std::string> ownFolders; ///< the program's configuration and state
};

/// What commands may do where the person has allowed nothing else: the project is written, the home hidden
/// but for programs and the configuration of git, names that run programs outside are read-only. Reads the
/// file system; blocks for that.
BoxPolicy defaultPolicy(const Places &places);

} // namespace Meanwhile::Box
