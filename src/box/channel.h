// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

/// What is said between a supervisor and the first process of its box, over a pair of sockets that keep
/// packets whole (SOCK_SEQPACKET). One job goes in; reports come out: Ready before it, Started, then
/// ShellEnded once if it started, then Reaped each time that something ended behind it, until one says that
/// nothing is left.
namespace Meanwhile::Box {

struct ShellJob {
    const char *workingDirectory = nullptr;
    const char *variable = nullptr; ///< NAME=VALUE, for the environment of the command
    const char *const *call = nullptr;
    int callSize = 0;
};

struct ShellStart {
    pid_t pid = -1; ///< in the box
    const char *failedStep = nullptr;
    int systemErrno = 0;
};

struct Report {
    enum What { Ready, Started, ShellEnded, Reaped };
    int what = Ready;
    int systemErrno = 0; ///< Started: why not, with the step that failed; "" when it did
    char failedStep[16] = {};
    int waitStatus = 0; ///< ShellEnded: as from waitpid(2)
    int isEmpty = 0;    ///< ShellEnded, Reaped: nothing is left in the box
};

/// False when the other side is gone. What is said of `output` holds inside from then on.
bool sendJob(int channel, const ShellJob &job, int output);
/// Waits for the job. False when none is to come. `words` own what `job` points to.
bool receiveJob(
    int channel, std::string &bytes, std::vector<const char *> &words, ShellJob &job, int &output);

void sendReport(int channel, const Report &report);
enum class Received { Report, Nothing, End };
/// With `wait`, waits up to the channel's own limit for a report. `sender` is the process that has sent it,
/// by the number that it has here, or 0.
Received receiveReport(int channel, Report &report, pid_t &sender, bool wait);

} // namespace Meanwhile::Box
