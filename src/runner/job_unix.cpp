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
    dropUsed();
    options = {};
    JobWords job;
    while (!isWhole(job)) {
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
    return readOptions(job, options);
}

// The next job may have come in the same piece.
void Job::dropUsed()
{
    PodArray<char> rest;
    for (std::size_t i = m_used; i < m_bytes.size(); ++i)
        rest.append(m_bytes.begin()[i]);
    m_bytes.clear();
    for (std::size_t i = 0; i < rest.size(); ++i)
        m_bytes.append(rest.begin()[i]);
    m_used = 0;
}

// What is wrong ends the waiting, too: readOptions() refuses it.
bool Job::isWhole(JobWords &job)
{
    m_words.clear();
    splitJob(m_bytes.begin(), m_bytes.size(), [this](const char *word) { m_words.append(word); });
    JobParse parse = JobParse::CutShort;
    for (std::size_t count = 1; count <= m_words.size() && parse == JobParse::CutShort; ++count) {
        parse = parseJob(m_words.begin(), int(count), job);
        const char *last = m_words.begin()[count - 1];
        m_used = std::size_t(last - m_bytes.begin()) + std::strlen(last) + 1;
    }
    if (parse == JobParse::Whole && !job[JobField::Words])
        job.callSize = 0; // nobody knows whether more is to come
    if (parse == JobParse::Wrong)
        job = {};
    return parse != JobParse::CutShort;
}

void keepJob(int folderFd, const Options &options, const Identity &self)
{
    const int file = ::openat(folderFd, "job", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return;
    char cap[32];
    char limit[32];
    char supervisor[96];
    char count[16];
    std::snprintf(cap, sizeof cap, "%" PRIu64, options.logCapBytes);
    std::snprintf(limit, sizeof limit, "%" PRId64, options.timeLimitMs);
    std::snprintf(supervisor, sizeof supervisor, "%d %" PRIu64 " %016" PRIx64 "%016" PRIx64, int(self.pid),
        self.startTicks, self.bootIdHigh, self.bootIdLow);
    std::snprintf(count, sizeof count, "%d", options.callSize);
    JobWords job;
    job[JobField::Folder] = options.folder;
    job[JobField::WorkingDirectory] = options.workingDirectory;
    job[JobField::LogCap] = cap;
    job[JobField::TimeLimit] = limit;
    job[JobField::Supervisor] = supervisor;
    job[JobField::Words] = count;
    job.call = options.call;
    job.callSize = options.callSize;
    PodArray<char> bytes;
    writeJob(job, [&bytes](const char *word) {
        for (const char *c = word; c == word || c[-1] != '\0'; ++c)
            bytes.append(*c);
    });
    JobSeal seal = jobSeal(options.key, bytes.begin(), bytes.size());
    const iovec parts[] = {{&seal, sizeof seal}, {bytes.begin(), bytes.size()}};
    // One that was cut short lacks the end of its last word, so it is known to be damaged.
    const ssize_t ignored = ::writev(file, parts, int(std::size(parts)));
    static_cast<void>(ignored);
    ::close(file);
}

} // namespace Meanwhile::Runner
