// SPDX-License-Identifier: MIT
#include "runner/treesweep.h"

#include <algorithm>
#include <csignal>

namespace Meanwhile::Runner {

namespace {

constexpr std::int64_t kGraceMs = 800;
/// The pause before another look, doubled each time: dying takes its time, and looking costs some too.
constexpr std::int64_t kFirstPauseMs = 5;
constexpr std::int64_t kLongestPauseMs = 80;
/// What is there this long after the first KILL sits in the kernel or belongs to somebody else.
constexpr std::int64_t kGiveUpMs = 900;
/// A stopped process cannot fork, so that looking again soon finds nothing new.
constexpr int kMaxStopPasses = 16;

} // namespace

void TreeSweep::begin(bool atOnce, std::int64_t nowMs)
{
    m_victims.clear();
    m_tree.refresh();
    noteVictims();
    if (atOnce) {
        killRound(nowMs);
        return;
    }
    m_phase = Phase::Terminating;
    m_deadlineMs = nowMs + kGraceMs;
    // Oldest first: a shell that loses its child before it gets the signal itself continues with the next
    // command.
    for (const int number : {SIGTERM, SIGCONT}) {
        for (const ProcessEntry &entry : m_victims)
            ::kill(entry.pid, number);
    }
}

void TreeSweep::hurry(std::int64_t nowMs)
{
    if (m_phase == Phase::Terminating)
        killRound(nowMs);
}

bool TreeSweep::advance(std::int64_t nowMs)
{
    if (m_phase == Phase::Killing && nowMs >= m_giveUpMs)
        return false;
    killRound(nowMs);
    return true;
}

void TreeSweep::killRound(std::int64_t nowMs)
{
    if (m_phase != Phase::Killing) {
        m_giveUpMs = nowMs + kGiveUpMs;
        m_pauseMs = kFirstPauseMs;
    }
    m_phase = Phase::Killing;
    m_deadlineMs = nowMs + m_pauseMs;
    m_pauseMs = std::min(2 * m_pauseMs, kLongestPauseMs);
    if (m_box && m_box->isThere()) {
        m_tree.refresh();
        noteVictims();
        m_box->kill();
        return;
    }
    bool isGrowing = true;
    for (int pass = 0; pass < kMaxStopPasses && isGrowing; ++pass) {
        m_tree.refresh();
        for (const ProcessEntry &entry : m_tree.processes())
            ::kill(entry.pid, SIGSTOP);
        isGrowing = noteVictims();
    }
    for (const ProcessEntry &entry : m_tree.processes())
        ::kill(entry.pid, SIGKILL);
}

bool TreeSweep::noteVictims()
{
    bool isNew = false;
    for (const ProcessEntry &entry : m_tree.processes()) {
        if (!entry.isKeeper && !isVictim(entry)) {
            m_victims.append(entry);
            isNew = true;
        }
    }
    std::sort(m_victims.begin(), m_victims.end(), [](const ProcessEntry &a, const ProcessEntry &b) {
        return a.startTicks != b.startTicks ? a.startTicks < b.startTicks : a.pid < b.pid;
    });
    return isNew;
}

bool TreeSweep::isVictim(const ProcessEntry &entry) const
{
    return std::any_of(m_victims.begin(), m_victims.end(), [&entry](const ProcessEntry &victim) {
        return victim.pid == entry.pid && victim.startTicks == entry.startTicks;
    });
}

void TreeSweep::finish(bool childless, StatusWriter &status)
{
    std::uint64_t ended = m_victims.size();
    if (!childless) {
        m_tree.refresh();
        for (const ProcessEntry &entry : m_tree.processes()) {
            status.survivor(entry.pid, entry.name);
            ended -= isVictim(entry) ? 1 : 0;
        }
    }
    status.swept(ended);
    m_victims.clear();
    m_phase = Phase::Idle;
}

} // namespace Meanwhile::Runner
