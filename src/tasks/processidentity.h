// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"

#include <optional>

namespace Meanwhile::Tasks {

/// The identifier of this boot of the machine; empty where the system has none.
QString currentBootId();
/// The same from its 32 digits, as supervisors write it; empty where these are none or all zero.
QString bootIdFrom(const QByteArray &digits);
/// Who has this pid now; nothing when nobody has. A process that is dead and only waits to be reaped is
/// nobody.
std::optional<ProcessIdentity> identityOf(qint64 pid);
/// Whether this very process is alive: same boot, same pid, same start.
bool isAlive(const ProcessIdentity &identity);
/// Whether the program behind this pid calls itself a supervisor: enough to wait for it, and no proof.
bool isNamedAsSupervisor(qint64 pid);
/// Whether it has been stopped by a signal, and so does nothing until it is told to go on.
bool isSuspended(const ProcessIdentity &identity);

} // namespace Meanwhile::Tasks
