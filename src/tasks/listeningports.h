// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QList>

namespace Meanwhile::Tasks {

/// The TCP ports, ascending, that each of these supervisors' commands listens on, whatever the address; a
/// supervisor without any is left out. From /proc/net/tcp and tcp6 and the descriptors of every process below
/// it, see proc(5); only what this user may see. Takes some milliseconds: not for the GUI thread.
QHash<qint64, QList<quint16>> listeningPorts(const QList<qint64> &supervisors);

} // namespace Meanwhile::Tasks
