// SPDX-License-Identifier: MIT
#include "runner/remainskeeper.h"

#include "runner/monotonic.h"
#include "runner/treesweep.h"

#include <algorithm>
#include <csignal>
#include <poll.h>
#include <unistd.h>

namespace Meanwhile::Runner {

namespace {

constexpr int kLookAgainMs = 300;
constexpr int kSweepLookMs = 20;
/// One that only was slow notices by itself that its command is gone, and tells how it ended.
constexpr int kSupervisorEndsMs = 300;

} // namespace

RemainsKeeper::RemainsKeeper(const Remains &remains, const Options &options)
    : m_remains(remains)
    , m_tree(remains)
    , m_status(options)
{
}

void RemainsKeeper::watch()
{
    std::size_t known = 0;
    for (bool isFirst = true;; isFirst = false) {
        m_tree.refresh();
        const std::size_t count = m_tree.processes().size();
        if (isFirst || count != known)
            m_status.survivors(count);
        known = count;
        pollfd input{STDIN_FILENO, POLLIN, 0};
        if (count == 0 || ::poll(&input, 1, kLookAgainMs) == 1)
            return; // nothing is ever written there
    }
}

void RemainsKeeper::sweep()
{
    TreeSweep sweep(m_tree);
    sweep.begin(false, nowMs());
    bool isEmpty = false;
    while (true) {
        m_tree.refresh();
        isEmpty = m_tree.processes().size() == 0;
        const std::int64_t now = nowMs();
        if (isEmpty || (now >= sweep.deadlineMs() && !sweep.advance(now)))
            break;
        ::poll(nullptr, 0, int(std::clamp<std::int64_t>(sweep.deadlineMs() - now, 1, kSweepLookMs)));
    }
    endSupervisor();
    sweep.finish(isEmpty, m_status);
}

void RemainsKeeper::endSupervisor() const
{
    const std::int64_t until = nowMs() + kSupervisorEndsMs;
    while (m_remains.isSupervisorAlive() && nowMs() < until)
        ::poll(nullptr, 0, kSweepLookMs);
    if (m_remains.isSupervisorAlive())
        ::kill(m_remains.supervisor, SIGKILL);
}

} // namespace Meanwhile::Runner
