// SPDX-License-Identifier: MIT
#pragma once

#include <unistd.h>
#include <utility>

namespace Meanwhile {

/// Owns one open file descriptor; -1 is "none".
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    Descriptor(Descriptor &&other) noexcept
        : m_fd(other.release())
    {
    }
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        if (this != &other)
            reset(other.release());
        return *this;
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor() { reset(); }

    bool isValid() const { return m_fd >= 0; }
    int get() const { return m_fd; }
    int release() { return std::exchange(m_fd, -1); }
    void reset(int fd = -1)
    {
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = fd;
    }

private:
    int m_fd = -1;
};

/// Opens with other flags what is open as `fd`; O_PATH is enough. No path is resolved, so that nobody can put
/// another file in its place between a look at it and its use. Invalid with errno.
Descriptor openedAgain(int fd, int flags);

} // namespace Meanwhile
