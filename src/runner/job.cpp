// SPDX-License-Identifier: MIT
#include "runner/job.h"

#include <cerrno>
#include <unistd.h>

namespace Meanwhile::Runner {

bool Job::read(int descriptor, Options &options)
{
    if (!readAll(descriptor) || m_bytes.size() == 0 || m_bytes.end()[-1] != '\0')
        return false;
    bool atStart = true;
    for (const char &byte : m_bytes) {
        if (atStart)
            m_words.append(&byte);
        atStart = byte == '\0';
    }
    return parseOptions(int(m_words.size()), m_words.begin(), options);
}

bool Job::readAll(int descriptor)
{
    char piece[4096];
    while (true) {
        const ssize_t size = ::read(descriptor, piece, sizeof piece);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            return size == 0;
        const std::size_t before = m_bytes.size();
        for (ssize_t i = 0; i < size; ++i)
            m_bytes.append(piece[i]);
        if (m_bytes.size() != before + std::size_t(size))
            return false; // out of memory
    }
}

} // namespace Meanwhile::Runner
