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
    pid_t session = 0;
    char state = '?';
    std::uint64_t startTicks = 0;
    bool isRoot = false; ///< used by ProcessTree
    /// bubblewrap, or the first process of a box: it ends with the command and is no part of it. Told of what
    /// remains alone.
    bool isKeeper = false;
    char name[16] = {};
};

/// False when there is no such process (any more).
bool readProcess(pid_t pid, ProcessEntry &entry);

/// A variable of every command's environment, with the task's id as its value: what a command started is
/// known by it when the supervisor is gone.
inline constexpr const char *kTaskVariable = "MEANWHILE_TASK";

/// What is known of a task whose supervisor is gone or does not answer.
struct Remains {
    pid_t supervisor = 0;         ///< 0: not known
    std::uint64_t startTicks = 0; ///< of the supervisor
    const char *task = nullptr;   ///< its id

    /// The supervisor itself, also when it is stopped.
    bool isSupervisorAlive() const;
};

/// A task's processes, found through /proc: those below this process by parent, or what remains of a task.
///
/// As this process is a subreaper, whatever loses its parent becomes its child: nothing below it gets out of
/// reach, whatever session, group or environment it has. One look may miss a process that is changing its
/// parent at that moment; so look again until waitpid() knows no child.
///
/// A process belongs to what remains in one of these cases: its supervisor is still there and is above it;
/// its supervisor is gone, and it is in the session that this one began and carries the mark of commands
/// (mark.h); its environment names the task; or one of its ancestors belongs to it. A process that has left
/// the supervisor's tree and session and has another environment is not found. The supervisor and this
/// process do not belong to it.
class ProcessTree {
public:
    ProcessTree() = default;
    explicit ProcessTree(const Remains &remains)
        : m_remains(&remains)
    {
    }
    /// From now on what is below this process instead of the caller's; it does not belong to the tree itself.
    void setRoot(pid_t root) { m_root = root; }
    /// Looks again. Processes that are dead and only wait to be reaped are left out.
    void refresh();
    const PodArray<ProcessEntry> &processes() const { return m_descendants; }
    /// How many of them are no keepers.
    std::size_t commandCount() const;

private:
    bool isDescendant(const ProcessEntry &entry) const;
    bool isRoot(const ProcessEntry &entry) const;
    const ProcessEntry *find(pid_t pid) const;
    void findKeepers();

    const Remains *m_remains = nullptr; ///< null: what is below m_root
    pid_t m_root = 0;                   ///< 0: this process
    bool m_hasSession = false;          ///< the supervisor's session is still the supervisor's
    PodArray<ProcessEntry> m_all;
    PodArray<ProcessEntry> m_descendants;
};

} // namespace Meanwhile::Runner
