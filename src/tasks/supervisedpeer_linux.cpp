// SPDX-License-Identifier: MIT
#include "tasks/supervisedpeer.h"

#include "runner/mark.h"
#include "tasks/processstat.h"

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
    return isSupervisedProcess(peer.pid);
}

bool isSupervisedProcess(qint64 pid)
{
    if (pid <= 0 || Runner::hasCommandMark(pid_t(pid)))
        return true;
    for (int i = 0; i < kMostAncestors && pid > 0; ++i) {
        const std::optional<ProcessStat> ancestor = processStat(pid);
        if (!ancestor || ancestor->name == "meanwhile-run")
            return true;
        pid = ancestor->parent;
    }
    return false;
}

} // namespace Meanwhile::Tasks
