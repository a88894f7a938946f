// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <ctime>

namespace Meanwhile::Runner {

/// Stands still while the machine sleeps, as a command does.
inline std::int64_t nowUs()
{
    timespec time;
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t(time.tv_sec) * 1'000'000 + time.tv_nsec / 1000;
}

inline std::int64_t nowMs()
{
    return nowUs() / 1000;
}

} // namespace Meanwhile::Runner
