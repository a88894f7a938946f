// SPDX-License-Identifier: MIT
#include "runner/job.h"

#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <iterator>
#include <sys/uio.h>
#include <unistd.h>

namespace Meanwhile::Runner {

bool Job::read(int descriptor, Options &options)
{
    m_bytes.clear();
    while (!isWhole()) {
        char piece[4096];
        const ssize_t size = ::read(descriptor, piece, sizeof piece);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            return false;
        const std::size_t before = m_bytes.size();
        for (ssize_t i = 0; i < size; ++i)
            m_bytes.append(piece[i]);
        if (m_bytes.size() != before + std::size_t(size))
            return false; // out of memory
    }
    return parseOptions(int(m_words.size()), m_words.begin(), options);
}

// Options come in pairs; "--" where a name should stand is followed by the last word.
bool Job::isWhole()
{
    if (m_bytes.size() == 0 || m_bytes.end()[-1] != '\0')
        return false;
    m_words.clear();
    bool atStart = true;
    for (const char &byte : m_bytes) {
        if (atStart)
            m_words.append(&byte);
        atStart = byte == '\0';
    }
    return m_words.size() % 2 == 0 && std::strcmp(m_words.end()[-2], "--") == 0;
}

void keepJob(int folderFd, const Options &options, const Identity &self)
{
    const int file = ::openat(folderFd, "job", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return;
    char cap[32];
    char limit[32];
    char supervisor[96];
    std::snprintf(cap, sizeof cap, "%" PRIu64, options.logCapBytes);
    std::snprintf(limit, sizeof limit, "%" PRId64, options.timeLimitMs);
    std::snprintf(supervisor, sizeof supervisor, "%d %" PRIu64 " %016" PRIx64 "%016" PRIx64, int(self.pid),
        self.startTicks, self.bootIdHigh, self.bootIdLow);
    const char *const words[] = {"--folder", options.folder, "--cwd", options.workingDirectory, "--log-cap",
        cap, "--timeout-ms", limit, "--supervisor", supervisor, "--", options.command};
    PodArray<char> bytes;
    for (const char *word : words) {
        for (const char *c = word; c == word || c[-1] != '\0'; ++c)
            bytes.append(*c);
    }
    char seal[] = "--seal\0................";
    char digits[kSealDigits];
    writeSeal(options.key.isSet ? sealOfJob(options.key, bytes.begin(), bytes.size()) : 0, digits);
    std::memcpy(seal + sizeof seal - 1 - kSealDigits, digits, kSealDigits);
    const iovec parts[] = {{seal, sizeof seal}, {bytes.begin(), bytes.size()}};
    // One that was cut short lacks the end of its last word, so it is known to be damaged.
    const ssize_t ignored = ::writev(file, parts, int(std::size(parts)));
    static_cast<void>(ignored);
    ::close(file);
}

} // namespace Meanwhile::Runner
