// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace Meanwhile::Box {

enum class Ability {
    Full,    ///< a box was built, and a program ran in it
    Refused, ///< by AppArmor, which restricts user namespaces: a profile for bubblewrap allows it
    None     ///< bubblewrap is missing, too old or broken, or the system has no user namespaces for a person
};

struct ProbeResult {
    Ability ability = Ability::None;
    std::string reason; ///< in the words of bubblewrap or of the system; empty with Full
    int landlock = 0;   ///< version of the kernel's interface, for a reduced box; 0: there is none
};

/// What the system says of itself. -1: it has no such switch.
struct SystemSwitches {
    int appArmorRestricts = -1; ///< kernel.apparmor_restrict_unprivileged_userns
    int allowsClone = -1;       ///< kernel.unprivileged_userns_clone, of Debian's older kernels
    int mostNamespaces = -1;    ///< user.max_user_namespaces
};

/// Builds a box that shows everything and runs `true` in it; blocks for that, at most `limitMs`. To be called
/// by the program that can be the first process of a box.
ProbeResult probeBox(int limitMs);

/// Pure: what the failure to build one means.
ProbeResult judgeFailure(const std::string &problem, const SystemSwitches &switches);

/// A line for a probe's result: "full", or "refused" or "none" and the reason; then the version of Landlock.
///     box refused setting up uid map: Permission denied
///     landlock 4
std::string linesOf(const ProbeResult &result);

} // namespace Meanwhile::Box
