// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <optional>

namespace Meanwhile::Tasks {

/// What the system tells of a process in /proc/PID/stat, as far as it matters here; see proc(5).
struct ProcessStat {
    QByteArray name;
    char state = '?';
    qint64 parent = 0;
    quint64 startTicks = 0;
};

/// Nothing when there is no such process (any more).
std::optional<ProcessStat> processStat(qint64 pid);

} // namespace Meanwhile::Tasks
