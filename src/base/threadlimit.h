// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

namespace Meanwhile {

/// Whether the system lets this process have so many more threads at a time, by trying. A thread that cannot
/// be started is a program that waits for ever: containers and `ulimit -u` set such limits.
bool canStartThreads(int count);
/// The same as an error that says what to do.
Result<void> checkThreads(int count);

} // namespace Meanwhile
