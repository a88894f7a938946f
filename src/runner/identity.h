// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <sys/types.h>

namespace Meanwhile::Runner {

/// By what this process is known to whoever finds its log later: a pid alone may have been reused.
struct Identity {
    pid_t pid = 0;
    std::uint64_t startTicks = 0; ///< field 22 of /proc/PID/stat, proc(5)
    std::uint64_t bootIdHigh = 0; ///< /proc/sys/kernel/random/boot_id without its dashes; 0 where it has none
    std::uint64_t bootIdLow = 0;
};

Identity identityOfThisProcess();

} // namespace Meanwhile::Runner
