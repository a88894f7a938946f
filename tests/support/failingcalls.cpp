// SPDX-License-Identifier: MIT
#include "support/failingcalls.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <sys/uio.h>
#include <unistd.h>

// Declared by hand: the headers give these names attributes and, with some options, other symbols.
#undef open
#undef openat

namespace Meanwhile::Testing {

namespace {

constexpr int kCurrentFolder = -100; // AT_FDCWD
constexpr int kMakesFile = 0100;     // O_CREAT
constexpr int kTemporary = 020000000;

std::atomic_bool isArmed = false;
std::atomic_int calls = 0;
std::string watched;
int failingCall = 0;
int failure = 0;
int watchedKinds = 0;
FailingCalls::Lasting lastingFor = FailingCalls::Lasting::Once;
std::atomic_ulong largestWrite = ULONG_MAX;
std::function<void()> afterRead;
std::function<void()> whenFailing;
thread_local bool isInHook = false;

std::string linkTarget(const char *path)
{
    char target[PATH_MAX];
    const ssize_t length = readlink(path, target, sizeof target);
    return length > 0 ? std::string(target, size_t(length)) : std::string();
}

std::string pathOf(int fd)
{
    return linkTarget(("/proc/self/fd/" + std::to_string(fd)).c_str());
}

std::string pathOf(int folder, const char *path)
{
    if (std::strncmp(path, "/proc/self/fd/", 14) == 0)
        return linkTarget(path);
    if (path[0] == '/')
        return path;
    return (folder == kCurrentFolder ? linkTarget("/proc/self/cwd") : pathOf(folder)) + '/' + path;
}

bool isDue(int call)
{
    switch (lastingFor) {
    case FailingCalls::Lasting::Once:
        return call == failingCall;
    case FailingCalls::Lasting::FromThenOn:
        return failingCall != 0 && call >= failingCall;
    case FailingCalls::Lasting::EverySecond:
        return call % 2 == 1;
    }
    return false;
}

template <typename... Where>
bool fails(FailingCalls::Kind kind, Where... where)
{
    if (!isArmed || (watchedKinds & kind) == 0 || pathOf(where...).rfind(watched, 0) != 0)
        return false;
    if (!isDue(++calls))
        return false;
    if (whenFailing && !isInHook) {
        isInHook = true;
        whenFailing();
        isInHook = false;
    }
    errno = failure;
    return true;
}

} // namespace

FailingCalls::FailingCalls(const char *folder, int nth, int error, int kinds, Lasting lasting)
{
    watched = folder;
    failingCall = nth;
    failure = error;
    watchedKinds = kinds;
    lastingFor = lasting;
    calls = 0;
    isArmed = true;
}

FailingCalls::~FailingCalls()
{
    stop();
}

int FailingCalls::seen() const
{
    return calls;
}

void FailingCalls::setLargestWrite(unsigned long bytes)
{
    largestWrite = bytes;
}

void FailingCalls::setAfterRead(std::function<void()> hook)
{
    afterRead = std::move(hook);
}

void FailingCalls::setWhenFailing(std::function<void()> hook)
{
    whenFailing = std::move(hook);
}

void FailingCalls::stop()
{
    afterRead = nullptr;
    whenFailing = nullptr;
    largestWrite = ULONG_MAX;
    isArmed = false;
}

} // namespace Meanwhile::Testing

using namespace Meanwhile::Testing;

namespace {

// What stands behind this one: a sanitizer's own, or the C library's.
template <typename Function>
Function next(const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

unsigned modeFrom(int flags, va_list arguments)
{
    return (flags & (kMakesFile | kTemporary)) != 0 ? va_arg(arguments, unsigned) : 0;
}

} // namespace

// NOLINTBEGIN(cert-dcl50-cpp): the C library's own signatures
extern "C" {

int openat(int folder, const char *path, int flags, ...)
{
    static const auto real = next<int (*)(int, const char *, int, ...)>("openat");
    va_list arguments;
    va_start(arguments, flags);
    const unsigned mode = modeFrom(flags, arguments);
    va_end(arguments);
    return fails(FailingCalls::Open, folder, path) ? -1 : real(folder, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const unsigned mode = modeFrom(flags, arguments);
    va_end(arguments);
    return openat(kCurrentFolder, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const unsigned mode = modeFrom(flags, arguments);
    va_end(arguments);
    return openat(kCurrentFolder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const unsigned mode = modeFrom(flags, arguments);
    va_end(arguments);
    return openat(folder, path, flags, mode);
}

ssize_t write(int fd, const void *data, size_t size)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t)>("write");
    return fails(FailingCalls::Write, fd) ? -1 : real(fd, data, std::min(size, largestWrite.load()));
}

ssize_t writev(int fd, const iovec *parts, int count)
{
    static const auto real = next<ssize_t (*)(int, const iovec *, int)>("writev");
    return fails(FailingCalls::Write, fd) ? -1 : real(fd, parts, count);
}

ssize_t pread(int fd, void *data, size_t size, off_t at)
{
    static const auto real = next<ssize_t (*)(int, void *, size_t, off_t)>("pread");
    const ssize_t got = real(fd, data, size, at);
    if (isArmed && afterRead && !isInHook && pathOf(fd).rfind(watched, 0) == 0) {
        isInHook = true;
        afterRead();
        isInHook = false;
    }
    return got;
}

ssize_t pread64(int fd, void *data, size_t size, off_t at)
{
    return pread(fd, data, size, at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t, off_t)>("pwrite");
    return fails(FailingCalls::Write, fd) ? -1 : real(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off_t at)
{
    return pwrite(fd, data, size, at);
}

int ftruncate(int fd, off_t size) noexcept
{
    static const auto real = next<int (*)(int, off_t)>("ftruncate");
    return fails(FailingCalls::Write, fd) ? -1 : real(fd, size);
}

int ftruncate64(int fd, off_t size) noexcept
{
    return ftruncate(fd, size);
}

int posix_fallocate(int fd, off_t from, off_t size)
{
    static const auto real = next<int (*)(int, off_t, off_t)>("posix_fallocate");
    return fails(FailingCalls::Write, fd) ? failure : real(fd, from, size);
}

int posix_fallocate64(int fd, off_t from, off_t size)
{
    return posix_fallocate(fd, from, size);
}

int fsync(int fd)
{
    static const auto real = next<int (*)(int)>("fsync");
    return fails(FailingCalls::Sync, fd) ? -1 : real(fd);
}

int fdatasync(int fd)
{
    static const auto real = next<int (*)(int)>("fdatasync");
    return fails(FailingCalls::Sync, fd) ? -1 : real(fd);
}

int syncfs(int fd) noexcept
{
    static const auto real = next<int (*)(int)>("syncfs");
    return fails(FailingCalls::Sync, fd) ? -1 : real(fd);
}

int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags) noexcept
{
    static const auto real = next<int (*)(int, const char *, int, const char *, unsigned)>("renameat2");
    return fails(FailingCalls::Rename, toFolder, to) ? -1 : real(fromFolder, from, toFolder, to, flags);
}

int renameat(int fromFolder, const char *from, int toFolder, const char *to) noexcept
{
    return renameat2(fromFolder, from, toFolder, to, 0);
}

int rename(const char *from, const char *to) noexcept
{
    return renameat2(kCurrentFolder, from, kCurrentFolder, to, 0);
}
}
// NOLINTEND(cert-dcl50-cpp)
