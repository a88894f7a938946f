// SPDX-License-Identifier: MIT
#pragma once

#include "runner/processtree.h"
#include "runner/statuswriter.h"

namespace Meanwhile::Runner {

/// Looks after what remains of a task whose supervisor is gone or does not answer. It is not those processes'
/// parent: it finds them through /proc, and learns of no exit code. Its lines are those of StatusWriter.
class RemainsKeeper {
public:
    /// Both must outlive it; of the options only the token counts.
    RemainsKeeper(const Remains &remains, const Options &options);
    /// Tells `survivors N` at once and whenever that changes, until nothing remains or nobody listens: its
    /// standard input is at its end.
    void watch();
    /// Ends all of it, and then the supervisor. Tells `survivor` and `swept` as a supervisor does; within two
    /// seconds and a half.
    void sweep();

private:
    void endSupervisor() const;

    const Remains &m_remains;
    ProcessTree m_tree;
    StatusWriter m_status;
};

} // namespace Meanwhile::Runner
