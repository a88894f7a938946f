// SPDX-License-Identifier: MIT
#include "base/clock.h"

namespace Meanwhile {

std::chrono::milliseconds SystemClock::now() const
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch());
}

QDateTime SystemClock::wallTime() const
{
    return QDateTime::currentDateTimeUtc();
}

} // namespace Meanwhile
