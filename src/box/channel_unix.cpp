// SPDX-License-Identifier: MIT
#include "box/channel.h"

#include <cerrno>
#include <cstring>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Meanwhile::Box {

namespace {

/// The output of the command, and the job itself: a packet has no room for a long one.
constexpr std::size_t kPassed = 2;

union PassedDescriptors {
    char bytes[CMSG_SPACE(kPassed * sizeof(int))];
    cmsghdr align;
};

bool writeAll(int file, const char *bytes, std::size_t size)
{
    while (size > 0) {
        const ssize_t written = ::write(file, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        size -= std::size_t(written);
    }
    return true;
}

int memoryWith(const ShellJob &job)
{
    std::string bytes;
    const auto append = [&bytes](const char *word) { bytes.append(word, std::strlen(word) + 1); };
    append(job.workingDirectory);
    append(job.variable);
    for (int i = 0; i < job.callSize; ++i)
        append(job.call[i]);
    const int memory = ::memfd_create("job", MFD_CLOEXEC);
    if (memory >= 0 && !writeAll(memory, bytes.data(), bytes.size())) {
        ::close(memory);
        return -1;
    }
    return memory;
}

bool readMemory(int memory, std::string &bytes)
{
    struct stat info {};
    if (::fstat(memory, &info) != 0 || info.st_size <= 0)
        return false;
    bytes.resize(std::size_t(info.st_size));
    const bool isWhole = ::pread(memory, bytes.data(), bytes.size(), 0) == info.st_size;
    return isWhole && bytes.back() == '\0';
}

} // namespace

bool sendJob(int channel, const ShellJob &job, int output)
{
    const int memory = memoryWith(job);
    if (memory < 0)
        return false;
    char mark = 'j';
    iovec part{&mark, 1};
    PassedDescriptors passed{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = passed.bytes;
    message.msg_controllen = sizeof passed.bytes;
    cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(kPassed * sizeof(int));
    const int descriptors[kPassed] = {output, memory};
    std::memcpy(CMSG_DATA(head), descriptors, sizeof descriptors);
    const bool isSent = ::sendmsg(channel, &message, MSG_NOSIGNAL) == 1;
    ::close(memory);
    return isSent;
}

bool receiveJob(int channel, std::string &bytes, std::vector<const char *> &words, ShellJob &job, int &output)
{
    char mark = 0;
    iovec part{&mark, 1};
    PassedDescriptors passed{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = passed.bytes;
    message.msg_controllen = sizeof passed.bytes;
    ssize_t size = 0;
    while ((size = ::recvmsg(channel, &message, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) {
    }
    const cmsghdr *head = size == 1 ? CMSG_FIRSTHDR(&message) : nullptr;
    if (!head || head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(kPassed * sizeof(int)))
        return false;
    int descriptors[kPassed];
    std::memcpy(descriptors, CMSG_DATA(head), sizeof descriptors);
    output = descriptors[0];
    const bool isRead = readMemory(descriptors[1], bytes);
    ::close(descriptors[1]);
    words.clear();
    for (std::size_t at = 0; isRead && at < bytes.size(); at = bytes.find('\0', at) + 1)
        words.push_back(bytes.data() + at);
    constexpr std::size_t kBeforeCall = 2;
    if (words.size() <= kBeforeCall)
        return false;
    job = {words[0], words[1], words.data() + kBeforeCall, int(words.size() - kBeforeCall)};
    return true;
}

void sendReport(int channel, const Report &report)
{
    // Nobody may listen any more: the command goes on. A report that says little is not waited for.
    const int flags = report.what == Report::Reaped && !report.isEmpty ? MSG_DONTWAIT : 0;
    while (::send(channel, &report, sizeof report, MSG_NOSIGNAL | flags) < 0 && errno == EINTR) {
    }
}

Received receiveReport(int channel, Report &report, pid_t &sender, bool wait)
{
    iovec part{&report, sizeof report};
    union {
        char bytes[CMSG_SPACE(sizeof(ucred))];
        cmsghdr align;
    } passed{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = passed.bytes;
    message.msg_controllen = sizeof passed.bytes;
    ssize_t size = 0;
    while ((size = ::recvmsg(channel, &message, MSG_CMSG_CLOEXEC | (wait ? 0 : MSG_DONTWAIT))) < 0 &&
           errno == EINTR) {
    }
    if (size < 0 && errno == EAGAIN)
        return Received::Nothing;
    if (size != ssize_t(sizeof report))
        return Received::End;
    sender = 0;
    const cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_CREDENTIALS) {
        ucred credentials{};
        std::memcpy(&credentials, CMSG_DATA(head), sizeof credentials);
        sender = credentials.pid;
    }
    report.failedStep[sizeof report.failedStep - 1] = '\0';
    return Received::Report;
}

} // namespace Meanwhile::Box
