// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <sys/types.h>

namespace Meanwhile::Runner {

/// How the command ended, as it is written to `status` and told to the application.
struct Ending {
    const char *how = "exited"; ///< exited, signaled, timed_out or stopped
    int number = 0;             ///< exit code or signal
    std::uint64_t bytes = 0;
    std::uint64_t lines = 0;
    std::uint64_t elapsedMs = 0;
    std::uint64_t survivors = 0;
    std::uint64_t logErrno = 0;
    std::uint64_t lostBytes = 0;
};

/// Tells what happens: a line for each event on standard output, for the application, and the last word in
/// the task folder's `status`, for whoever looks later.
///
///   started PID STARTTICKS       the supervisor itself, once the shell runs
///   shell exited|signaled N      the shell is gone, its output is still held by what it started
///   survivor PID NAME            could not be ended by a stop
///   swept N                      a stop is over, it ended N processes
///   ended HOW N bytes=… lines=… elapsed_ms=… survivors=… log_errno=… lost_bytes=…
///   survivors N                  after the end: how many processes are still there
///   failed STEP ERRNO            instead of all the others
///
/// `status` holds the `ended` or `failed` line. The application may be gone or may not read: neither is
/// noticed here.
class StatusWriter {
public:
    /// Takes the space for `status` already now, so that a disk that fills up cannot eat the result.
    int open(int folderFd);

    void started(pid_t pid, std::uint64_t startTicks);
    void shellEnded(int waitStatus);
    void survivor(pid_t pid, const char *name);
    void swept(std::uint64_t count);
    void survivors(std::uint64_t count);
    void ended(const Ending &ending);
    void failed(const char *step, int systemErrno);

private:
    void tell(const char *line, int size);
    void keep(const char *line, int size);

    int m_folder = -1;
    int m_fd = -1;
};

} // namespace Meanwhile::Runner
