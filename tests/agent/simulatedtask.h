// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"

namespace Meanwhile::Testing {

/// A task of the SimulatedWorld.
struct SimulatedTask {
    QString id;
    Tasks::WakePolicy wake = Tasks::WakePolicy::Wake;
    bool failed = false;
    bool hasEnded = false;
};

} // namespace Meanwhile::Testing
