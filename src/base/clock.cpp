// SPDX-License-Identifier: MIT
#include "base/clock.h"

#include <ctime>

namespace Meanwhile {

std::chrono::milliseconds SystemClock::now() const
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch());
}

std::chrono::milliseconds SystemClock::nowWithSleep() const
{
#ifdef CLOCK_BOOTTIME // clock_gettime(2); steady_clock is CLOCK_MONOTONIC, which stands still in suspend
    timespec time{};
    if (clock_gettime(CLOCK_BOOTTIME, &time) == 0) {
        using namespace std::chrono;
        return duration_cast<milliseconds>(seconds(time.tv_sec) + nanoseconds(time.tv_nsec));
    }
#endif
    return now();
}

QDateTime SystemClock::wallTime() const
{
    return QDateTime::currentDateTimeUtc();
}

} // namespace Meanwhile
