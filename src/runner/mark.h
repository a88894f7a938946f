// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <unistd.h>

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
    return ::getrlimit(RLIMIT_LOCKS, &limit) == 0 && limit.rlim_max <= kCommandMark;
}

/// Also of a process that has lowered its limit further, which is all that a command can do about it. False
/// where nothing can be read, e.g. because the process is gone.
inline bool hasCommandMark(pid_t pid)
{
    char path[32];
    std::snprintf(path, sizeof path, "/proc/%d/limits", int(pid));
    const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    char text[4096];
    const ssize_t size = ::read(fd, text, sizeof text - 1);
    ::close(fd);
    text[size > 0 ? size : 0] = '\0';
    constexpr char kName[] = "Max file locks";
    const char *line = std::strstr(text, kName);
    if (!line)
        return false;
    // The limit that can be raised, then the one that it can be raised to.
    const char *field = line + sizeof kName - 1;
    field += std::strspn(field, " ");
    field += std::strcspn(field, " ");
    field += std::strspn(field, " ");
    char *end = nullptr;
    const unsigned long long highest = std::strtoull(field, &end, 10);
    return end != field && highest <= kCommandMark;
}

} // namespace Meanwhile::Runner
