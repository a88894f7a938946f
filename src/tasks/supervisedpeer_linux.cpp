// SPDX-License-Identifier: MIT
#include "runner/mark.h"
#include "tasks/processstat.h"
#include "tasks/supervisedpeer.h"

#include <sys/socket.h>

namespace Meanwhile::Tasks {

namespace {

/// A chain of parents is never as long; it can only look so while processes come and go.
constexpr int kMostAncestors = 1000;

} // namespace

bool isSupervisedPeer(qintptr socketDescriptor)
{
    ucred peer = {};
    socklen_t size = sizeof peer;
    if (::getsockopt(int(socketDescriptor), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.pid <= 0)
        return true;
    if (Runner::hasCommandMark(peer.pid))
        return true;
    pid_t pid = peer.pid;
    for (int i = 0; i < kMostAncestors && pid > 0; ++i) {
        const std::optional<ProcessStat> ancestor = processStat(pid);
        if (!ancestor || ancestor->name == "meanwhile-run")
            return true;
        pid = pid_t(ancestor->parent);
    }
    return false;
}

} // namespace Meanwhile::Tasks
