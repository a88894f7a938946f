// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace Meanwhile::Bench {

/// Of one process, from /proc (proc(5)); 0 when it is gone.
double privateMegabytes(qint64 pid); ///< proportional set size
double peakMegabytes(qint64 pid);    ///< largest resident set so far
double cpuSeconds(qint64 pid);       ///< user and system time so far

qint64 microsecondsSince1970();

} // namespace Meanwhile::Bench
