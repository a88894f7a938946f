// SPDX-License-Identifier: MIT
// Preloaded into a program: a disk that takes 200 ms to sync.
#include <chrono>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

namespace {

constexpr std::chrono::milliseconds kSync{200};

} // namespace

// NOLINTBEGIN(cert-dcl50-cpp): the C library's own signatures
extern "C" {

int fsync(int fd)
{
    std::this_thread::sleep_for(kSync);
    return int(::syscall(SYS_fsync, fd));
}

int fdatasync(int fd)
{
    std::this_thread::sleep_for(kSync);
    return int(::syscall(SYS_fdatasync, fd));
}
}
// NOLINTEND(cert-dcl50-cpp)
