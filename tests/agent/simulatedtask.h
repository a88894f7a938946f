// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/notificationqueue.h"
#include "tasks/task.h"

namespace Meanwhile::Testing {

/// Tools of the SimulatedWorld that only read: their calls run beside each other.
inline const QStringList kReaders{
    QStringLiteral("check_background"), QStringLiteral("wait_background"), QStringLiteral("read_file")};

/// A task of the SimulatedWorld.
struct SimulatedTask {
    QString id;
    Tasks::WakePolicy wake = Tasks::WakePolicy::Wake;
    bool failed = false;
    bool hasEnded = false;
    bool isOrphan = false; ///< its supervisor was killed; it was found, and runs on
    bool isEndedFromOutside = false;

    /// As the store has it once it has ended.
    Tasks::Task row() const
    {
        Tasks::Task task;
        task.id = id;
        task.spec.wake = wake;
        task.state = isOrphan             ? Tasks::TaskState::Lost
                     : isEndedFromOutside ? Tasks::TaskState::Stopped
                                          : Tasks::TaskState::Exited;
        task.exitCode = failed ? 1 : 0;
        return task;
    }
    Tasks::Notification news() const { return Tasks::notificationFor(row()); }
};

} // namespace Meanwhile::Testing
