// SPDX-License-Identifier: MIT
#pragma once

#include <sys/resource.h>

/// What tells a command, and all that it starts, from other processes once its supervisor is gone: a limit
/// that the system has not looked at since Linux 2.4, lowered to a value that nobody else chooses. Who has no
/// privileges cannot raise it again, and no fork, exec, new session or cleared environment takes it off.
namespace Meanwhile::Runner {

inline constexpr rlim_t kCommandMark = 0x4d574d52; // "MWMR"

inline void markCommands()
{
    const rlimit mark{kCommandMark, kCommandMark};
    ::setrlimit(RLIMIT_LOCKS, &mark);
}

/// Whether this process is a command, or was started by one.
inline bool isOfCommand()
{
    rlimit limit{};
    return ::getrlimit(RLIMIT_LOCKS, &limit) == 0 && limit.rlim_max == kCommandMark;
}

} // namespace Meanwhile::Runner
