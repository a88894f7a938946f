// SPDX-License-Identifier: MIT
#include "base/descriptor.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace Meanwhile {

void Descriptor::reset(int fd)
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = fd;
}

Descriptor openFolder(const QByteArray &path)
{
    return Descriptor(::open(path.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

Descriptor holdFolder(const QByteArray &path)
{
    return Descriptor(::open(path.constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}

bool rewindFile(const Descriptor &file)
{
    return ::lseek(file.get(), 0, SEEK_SET) == 0;
}

bool readSome(const Descriptor &file, QByteArray &into, qsizetype maxBytes)
{
    const qsizetype before = into.size();
    into.resize(before + maxBytes);
    ssize_t got = 0;
    do {
        got = ::read(file.get(), into.data() + before, size_t(maxBytes));
    } while (got < 0 && errno == EINTR);
    into.truncate(before + qMax<ssize_t>(got, 0)); // keeps errno: nothing is allocated
    return got >= 0;
}

Descriptor openedAgain(int fd, int flags)
{
    std::array<char, 32> name{};
    std::snprintf(name.data(), name.size(), "/proc/self/fd/%d", fd);
    return Descriptor(::open(name.data(), flags | O_CLOEXEC));
}

} // namespace Meanwhile
