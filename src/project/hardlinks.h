// SPDX-License-Identifier: MIT
#pragma once

#include "project/projectfiles.h"

#include <chrono>

namespace Meanwhile::Project {

/// Where the further names (hard links) of a file of the project are.
enum class OtherNames {
    None, ///< it has one name
    InProject,
    Outside, ///< one of them at least is not in the project's folder
    Unknown, ///< not all of the folder was looked at: the time was over, or a folder could not be read, or
             ///< not to its end
};

/// A file with one name costs a look; for others the project's folder is walked until all names are found.
/// Of one folder at most `maxEntries` are looked at.
OtherNames otherNames(const ProjectFiles &files, const WritePlace &place, std::chrono::milliseconds maxTime,
    qsizetype maxEntries = 200'000);

} // namespace Meanwhile::Project
