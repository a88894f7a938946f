// SPDX-License-Identifier: MIT
#pragma once

#include "support/newskey.h"
#include "tasks/newsqueue.h"
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
    int progress = 0; ///< how much news there was of it while it ran

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
    Tasks::News news() const { return Tasks::endNews(row()); }
    /// Its n-th news while it runs, from 1.
    Tasks::News progressNews(int n) const
    {
        const NewsId news{id, QStringLiteral("progress"), n};
        return {news, u'[' + keyOf(news) + u']', wake, false};
    }
};

} // namespace Meanwhile::Testing
