// SPDX-License-Identifier: MIT
#pragma once

#include "base/sanitizers.h"

#include <sys/prctl.h>

namespace Meanwhile {

/// Closes this process to the commands that run as the same person: /proc/PID/fd, mem, environ and maps are
/// the superuser's from here on, nobody traces it, and no core of it is kept. What it starts is open again
/// with its exec, so that the person's own debuggers and limits are for commands what they always were.
///
/// The first thing in main(): before it, a key or the pipe that a supervisor tells its results through could
/// be taken. A program under a leak checker stays open, since that traces it.
inline void keepOwnMemory()
{
#ifndef MEANWHILE_IS_SANITIZED
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

} // namespace Meanwhile
