// SPDX-License-Identifier: MIT
#include "runner/statuswriter.h"

#include <algorithm>
#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <iterator>
#include <poll.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Meanwhile::Runner {

namespace {

constexpr int kLongestLine = 512;

} // namespace

StatusWriter::~StatusWriter()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

void StatusWriter::setJob(const Options &options)
{
    m_token = options.token;
    m_key = options.key;
}

void StatusWriter::ready() const
{
    constexpr char line[] = "ready\n";
    tell(line, sizeof line - 1);
}

void StatusWriter::open(int folderFd)
{
    m_folder = folderFd;
    m_fd = ::openat(folderFd, "status.part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    char space[kLongestLine];
    std::memset(space, ' ', sizeof space);
    const ssize_t ignored = ::write(m_fd, space, sizeof space);
    static_cast<void>(ignored);
}

void StatusWriter::started(pid_t pid, std::uint64_t startTicks)
{
    char line[kLongestLine];
    tell(line, std::snprintf(line, sizeof line, "started %d %" PRIu64 "\n", int(pid), startTicks));
}

void StatusWriter::shellEnded(int waitStatus)
{
    char line[kLongestLine];
    const bool exited = WIFEXITED(waitStatus);
    tell(line, std::snprintf(line, sizeof line, "shell %s %d\n", exited ? "exited" : "signaled",
                   exited ? WEXITSTATUS(waitStatus) : WTERMSIG(waitStatus)));
}

void StatusWriter::survivor(pid_t pid, const char *name)
{
    char line[kLongestLine];
    const int size = std::snprintf(line, sizeof line, "survivor %d %s", int(pid), name);
    std::replace(line, line + size, '\n', ' '); // a process may call itself what it likes
    line[size] = '\n';
    tellAndKeep(line, size + 1);
}

void StatusWriter::swept(std::uint64_t count)
{
    char line[kLongestLine];
    tellAndKeep(line, std::snprintf(line, sizeof line, "swept %" PRIu64 "\n", count));
}

void StatusWriter::survivors(std::uint64_t count)
{
    char line[kLongestLine];
    tell(line, std::snprintf(line, sizeof line, "survivors %" PRIu64 "\n", count));
}

void StatusWriter::ended(const Ending &ending)
{
    char line[kLongestLine];
    const int size = std::snprintf(line, sizeof line,
        "ended %s %d bytes=%" PRIu64 " lines=%" PRIu64 " elapsed_ms=%" PRIu64 " survivors=%" PRIu64
        " log_errno=%" PRIu64 " lost_bytes=%" PRIu64 " ended_at_ms=%" PRIu64 "\n",
        ending.how, ending.number, ending.bytes, ending.lines, ending.elapsedMs, ending.survivors,
        ending.logErrno, ending.lostBytes, ending.endedAtMs);
    tell(line, size);
    keepEnd(line, size);
}

void StatusWriter::failed(const char *step, int systemErrno)
{
    char line[kLongestLine];
    const int size = std::snprintf(line, sizeof line, "failed %s %d\n", step, systemErrno);
    tell(line, size);
    keepEnd(line, size);
}

void StatusWriter::tellAndKeep(const char *line, int size)
{
    tell(line, size);
    if (m_hasEnd) {
        append(line, size);
    } else if (m_earlySize + size <= kEarlyBytes) {
        std::memcpy(m_early + m_earlySize, line, std::size_t(size));
        m_earlySize += size;
    }
}

void StatusWriter::keepEnd(const char *line, int size)
{
    if (m_fd < 0)
        return;
    m_hasEnd = true;
    append(line, size);
    for (int begin = 0; begin < m_earlySize;) {
        const auto *end =
            static_cast<const char *>(std::memchr(m_early + begin, '\n', std::size_t(m_earlySize - begin)));
        const int length = int(end - (m_early + begin)) + 1;
        append(m_early + begin, length);
        begin += length;
    }
    m_isKept = m_size >= size && ::ftruncate(m_fd, m_size) == 0 &&
               ::renameat(m_folder, "status.part", m_folder, "status") == 0;
}

void StatusWriter::append(const char *line, int size)
{
    char sealed[kLongestLine + 32];
    int length = size;
    std::memcpy(sealed, line, std::size_t(size));
    if (m_key.isSet) {
        char digits[kSealDigits];
        writeSeal(sealOfStatusLine(m_key, m_lines, line, std::size_t(size) - 1), digits);
        length = size - 1 + std::snprintf(sealed + size - 1, 32, " seal=%.16s\n", digits);
    }
    if (::pwrite(m_fd, sealed, std::size_t(length), m_size) != length)
        return;
    m_size += length;
    ++m_lines;
}

// A reader that has stopped reading must not stop the supervisor; SIGPIPE is blocked, EPIPE is ignored.
void StatusWriter::tell(const char *line, int size) const
{
    pollfd output{STDOUT_FILENO, POLLOUT, 0};
    if (::poll(&output, 1, 0) != 1 || !(output.revents & POLLOUT))
        return;
    // All of it at once: what others may write to the same pipe stands before it or behind it.
    const bool hasToken = *m_token != '\0';
    const iovec parts[] = {{const_cast<char *>(m_token), hasToken ? std::strlen(m_token) : 0},
        {const_cast<char *>(" "), hasToken ? 1U : 0U}, {const_cast<char *>(line), std::size_t(size)}};
    while (::writev(STDOUT_FILENO, parts, int(std::size(parts))) < 0 && errno == EINTR) {
    }
}

} // namespace Meanwhile::Runner
