// SPDX-License-Identifier: MIT
#include "project/rulefile.h"

#include "base/descriptor.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace Meanwhile::Project {

namespace {

constexpr off_t kMaxBytes = 4'000'000;

const char *readInto(QByteArray &text, int fd)
{
    struct stat info {};
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        return "not a regular file";
    if (info.st_size > kMaxBytes)
        return "too large";
    text.resize(info.st_size);
    qsizetype size = 0;
    while (size < text.size()) {
        const ssize_t got = ::read(fd, text.data() + size, size_t(text.size() - size));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        size += got;
    }
    text.truncate(size);
    return "";
}

} // namespace

std::optional<RuleFile> RuleFile::read(const QByteArray &path, Links links)
{
    const int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    const Descriptor file(::open(path.constData(), links == Links::Refuse ? flags | O_NOFOLLOW : flags));
    // A link in a rule file's place is nothing to git, either.
    if (!file.isValid() && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP))
        return std::nullopt;
    RuleFile read;
    read.m_problem = file.isValid()   ? readInto(read.m_text, file.get())
                     : errno == ENXIO ? "not a regular file" // a socket
                                      : "not readable";
    return read;
}

} // namespace Meanwhile::Project
