// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace Meanwhile::Tasks {

/// Whether the process that opened the other end of this socket of the system's own domain runs below a
/// meanwhile-run, which makes it a command or something that a command started.
///
/// Seen by its ancestors, and, once its supervisor is gone, by the mark that every command carries
/// (runner/mark.h) and cannot take off. True also where that cannot be found out, e.g. because the process is
/// gone.
bool isSupervisedPeer(qintptr socketDescriptor);
/// The same of a process.
bool isSupervisedProcess(qint64 pid);

} // namespace Meanwhile::Tasks
