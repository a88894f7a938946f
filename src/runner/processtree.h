// SPDX-License-Identifier: MIT
#pragma once

#include "runner/podarray.h"

#include <cstdint>
#include <sys/types.h>

namespace Meanwhile::Runner {

/// One line of /proc/PID/stat, as far as it matters here; see proc(5).
struct ProcessEntry {
    pid_t pid = 0;
    pid_t parent = 0;
    char state = '?';
    std::uint64_t startTicks = 0;
    char name[16] = {};
};

/// False when there is no such process (any more).
bool readProcess(pid_t pid, ProcessEntry &entry);

/// Every process below this one, found through /proc by parent.
///
/// As this process is a subreaper, whatever loses its parent becomes its child: nothing below it gets out of
/// reach, whatever session, group or environment it has. One look may miss a process that is changing its
/// parent at that moment; so look again until waitpid() knows no child.
class ProcessTree {
public:
    /// Looks again. Processes that are dead and only wait to be reaped are left out.
    void refresh();
    const PodArray<ProcessEntry> &processes() const { return m_descendants; }

private:
    bool isDescendant(const ProcessEntry &entry) const;

    PodArray<ProcessEntry> m_all;
    PodArray<ProcessEntry> m_descendants;
};

} // namespace Meanwhile::Runner
