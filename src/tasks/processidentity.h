// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"

#include <optional>

namespace Meanwhile::Tasks {

/// The identifier of this boot of the machine; empty where the system has none.
QString currentBootId();
/// Who has this pid now; nothing when nobody has. A process that is dead and only waits to be reaped is
/// nobody.
std::optional<ProcessIdentity> identityOf(qint64 pid);
/// Whether this very process is alive: same boot, same pid, same start.
bool isAlive(const ProcessIdentity &identity);

} // namespace Meanwhile::Tasks
