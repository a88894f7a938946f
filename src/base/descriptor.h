// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

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
    /// Closes what it owns and owns `fd` from then on.
    void reset(int fd = -1);

private:
    int m_fd = -1;
};

/// A folder for reading, links followed. Invalid with errno.
Descriptor openFolder(const QByteArray &path);
/// A folder as the place to open others from; it needs no permission to read it. Links are followed. Invalid
/// with errno.
Descriptor holdFolder(const QByteArray &path);
/// The next read begins with the first byte. False with errno.
bool rewindFile(const Descriptor &file);
/// Reads at most `maxBytes` from where the file stands and appends them. False with errno; at the end it
/// appends nothing and is true. Interruptions by a signal are passed over.
bool readSome(const Descriptor &file, QByteArray &into, qsizetype maxBytes);

/// Opens with other flags what is open as `fd`; O_PATH is enough. No path is resolved, so that nobody can put
/// another file in its place between a look at it and its use. Invalid with errno.
Descriptor openedAgain(int fd, int flags);

} // namespace Meanwhile
