// SPDX-License-Identifier: MIT
#pragma once

#include "runner/boxedshell.h"
#include "runner/processtree.h"
#include "runner/statuswriter.h"

#include <cstdint>

namespace Meanwhile::Runner {

/// Ends everything in a tree of processes: TERM and CONT to all, a grace period, then rounds of STOP, KILL
/// and another look until the caller finds no child any more, or gives up on what cannot be ended.
///
/// Idle -> Terminating -> Killing -> Idle. Times are milliseconds of one monotonic clock. The caller reaps.
class TreeSweep {
public:
    /// Calls refresh() of `tree` before every use of its list. With a box, what it holds is ended by ending
    /// the box. Both must outlive this object.
    explicit TreeSweep(ProcessTree &tree, const BoxedShell *box = nullptr)
        : m_tree(tree)
        , m_box(box)
    {
    }
    void begin(bool atOnce, std::int64_t nowMs);
    /// Leaves the rest of the grace period out.
    void hurry(std::int64_t nowMs);
    /// To be called when deadlineMs() has come. False when there is nothing more to be done.
    bool advance(std::int64_t nowMs);
    /// Back to Idle; reports what was ended and what is still there.
    void finish(bool childless, StatusWriter &status);

    bool isRunning() const { return m_phase != Phase::Idle; }
    std::int64_t deadlineMs() const { return m_deadlineMs; }

private:
    enum class Phase { Idle, Terminating, Killing };

    void killRound(std::int64_t nowMs);
    bool noteVictims();
    bool isVictim(const ProcessEntry &entry) const;

    ProcessTree &m_tree;
    const BoxedShell *m_box;
    PodArray<ProcessEntry> m_victims;
    Phase m_phase = Phase::Idle;
    std::int64_t m_deadlineMs = 0;
    std::int64_t m_giveUpMs = 0;
    std::int64_t m_pauseMs = 0;
};

} // namespace Meanwhile::Runner
