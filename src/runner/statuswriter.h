// SPDX-License-Identifier: MIT
#pragma once

#include "runner/options.h"

#include <cstdint>
#include <sys/types.h>

namespace Meanwhile::Runner {

/// How the command ended, as it is written to `status` and told to the application.
struct Ending {
    const char *how = "exited"; ///< exited, signaled, timed_out or stopped
    int number = 0;             ///< exit code, signal, or who asked for the stop
    std::uint64_t bytes = 0;
    std::uint64_t lines = 0;
    std::uint64_t elapsedMs = 0;
    std::uint64_t survivors = 0;
    std::uint64_t logErrno = 0;
    std::uint64_t lostBytes = 0;
    std::uint64_t endedAtMs = 0; ///< since 1970
};

/// Tells what happens: a line for each event on standard output, for the application, and the last word in
/// the task folder's `status`, for whoever looks later.
///
///   started PID STARTTICKS       the supervisor itself, once the shell runs
///   shell exited|signaled N      the shell is gone, its output is still held by what it started
///   survivor PID NAME            could not be ended by a stop
///   swept N                      a stop is over, it ended N processes
///   ended HOW N bytes=… lines=… elapsed_ms=… survivors=… log_errno=… lost_bytes=…
///           ended_at_ms=…
///   survivors N                  after the end: how many processes are still there
///   failed STEP ERRNO            instead of all the others
///   ready                        nothing is left of the command, the next job may come
///
/// Before each stands the token that came with the job, and a space. In `status` each ends with the seal of
/// sealOfStatusLine(), " seal=" and sixteen digits.
///
/// The end is told before it is kept, since somebody waits for the one and nobody for the other: it is kept
/// whatever becomes of the application in between.
/// `status` begins with the `ended` or `failed` line. Behind it comes what stops had to say, `survivor` and
/// `swept`, whether that was before the end or after it. The application may be gone or may not read: neither
/// is noticed here.
class StatusWriter {
public:
    explicit StatusWriter(const Options &options = {}) { setJob(options); }
    StatusWriter(const StatusWriter &) = delete;
    StatusWriter &operator=(const StatusWriter &) = delete;
    ~StatusWriter();
    /// Before anything is told. The words in `options` must outlive this.
    void setJob(const Options &options);
    void ready() const;

    /// Takes the space for `status` already now, so that a disk that fills up cannot eat the result. Without
    /// it, or before, what happens is told and not kept.
    void open(int folderFd);

    void started(pid_t pid, std::uint64_t startTicks);
    void shellEnded(int waitStatus);
    void survivor(pid_t pid, const char *name);
    void swept(std::uint64_t count);
    void survivors(std::uint64_t count);
    void ended(const Ending &ending);
    void failed(const char *step, int systemErrno);
    /// The end is in `status`.
    bool isKept() const { return m_isKept; }

private:
    void tell(const char *line, int size) const;
    void tellAndKeep(const char *line, int size);
    void keepEnd(const char *line, int size);
    void append(const char *line, int size);

    static constexpr int kEarlyBytes = 2048;

    const char *m_token = "";
    SealKey m_key;
    std::uint64_t m_lines = 0; ///< in `status`
    int m_folder = -1;
    int m_fd = -1;
    bool m_hasEnd = false;
    bool m_isKept = false;
    off_t m_size = 0;
    char m_early[kEarlyBytes] = {}; ///< for `status`, once its first line is known
    int m_earlySize = 0;
};

} // namespace Meanwhile::Runner
