// SPDX-License-Identifier: MIT
#include "runner/identity.h"

#include "runner/processtree.h"

#include <fcntl.h>
#include <unistd.h>

namespace Meanwhile::Runner {

namespace {

constexpr int kDigitsPerHalf = 16;

int digitValue(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

void readBootId(Identity &identity)
{
    const int fd = ::open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    char text[64];
    const ssize_t size = ::read(fd, text, sizeof text);
    ::close(fd);
    int digits = 0;
    for (ssize_t i = 0; i < size; ++i) {
        const int value = digitValue(text[i]);
        if (value < 0)
            continue;
        std::uint64_t &half = digits++ < kDigitsPerHalf ? identity.bootIdHigh : identity.bootIdLow;
        half = half << 4U | std::uint64_t(value);
    }
}

} // namespace

Identity identityOfThisProcess()
{
    ProcessEntry self;
    readProcess(::getpid(), self);
    Identity identity{self.pid, self.startTicks, 0, 0};
    readBootId(identity);
    return identity;
}

} // namespace Meanwhile::Runner
