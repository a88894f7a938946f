// SPDX-License-Identifier: MIT
#include "base/descriptor.h"

#include <array>
#include <cstdio>
#include <fcntl.h>

namespace Meanwhile {

Descriptor openedAgain(int fd, int flags)
{
    std::array<char, 32> name{};
    std::snprintf(name.data(), name.size(), "/proc/self/fd/%d", fd);
    return Descriptor(::open(name.data(), flags | O_CLOEXEC));
}

} // namespace Meanwhile
