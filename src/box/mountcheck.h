// SPDX-License-Identifier: MIT
#pragma once

#include "box/bubblewrap.h"

namespace Meanwhile::Box {

/// A line of /proc/PID/mountinfo, as far as it matters here; see proc(5).
struct Mount {
    std::string point;
    std::string root; ///< what of its file system is there
    std::string device;

    bool operator==(const Mount &) const = default;
};

/// In their order; lines that cannot be read are left out.
std::vector<Mount> parseMounts(std::string_view mountinfo);

/// Pure: what is wrong with the mounts of a box that was built by this call, as its first process has them;
/// empty when each is what the call says.
///
/// A command in another box of the project can put a link where the builder is just about to look. What is
/// bound must therefore be, now that nobody can change it any more, the very file that it lies over.
std::string problemOfMounts(
    const BubblewrapCall &call, const std::vector<Mount> &inside, const std::vector<Mount> &outside);

} // namespace Meanwhile::Box
