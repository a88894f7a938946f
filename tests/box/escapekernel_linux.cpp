// SPDX-License-Identifier: MIT
#include "escape.h"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <initializer_list>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

// What the kernel says to an impossible request: a filter that held it back says something else.
Outcome reached(long result, std::initializer_list<int> refusals)
{
    const int error = errno;
    if (result >= 0)
        return GotOut;
    for (const int refusal : refusals) {
        if (error == refusal)
            return Held;
    }
    return GotOut;
}

Outcome refused(long result)
{
    return reached(result, {EPERM, ENOSYS, EACCES, EAFNOSUPPORT});
}

struct Call {
    const char *name;
    long number;
};
constexpr Call kCalls[] = {
    {"io_uring_setup", SYS_io_uring_setup},
    {"io_uring_register", SYS_io_uring_register},
    {"bpf", SYS_bpf},
    {"perf_event_open", SYS_perf_event_open},
    {"keyctl", SYS_keyctl},
    {"add_key", SYS_add_key},
    {"request_key", SYS_request_key},
    {"finit_module", SYS_finit_module},
    {"init_module", SYS_init_module},
    {"kexec_load", SYS_kexec_load},
    {"userfaultfd", SYS_userfaultfd},
};

Outcome call(char **arguments)
{
    long words[3] = {};
    for (int i = 0; i < 3 && arguments[i + 1]; ++i)
        words[i] = long(std::strtoul(arguments[i + 1], nullptr, 0));
    for (const Call &known : kCalls) {
        if (std::strcmp(known.name, arguments[0]) == 0)
            return refused(::syscall(known.number, words[0], words[1], words[2]));
    }
    return NotTried;
}

// In a child, since it may be killed for it.
Outcome inChild(long (*run)())
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(refused(run()));
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? Outcome(WEXITSTATUS(status)) : Held;
}

Outcome newNamespace(char **)
{
    return inChild([]() -> long { return ::unshare(CLONE_NEWUSER); });
}

Outcome cloneNamespace(char **)
{
    const long pid = ::syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (pid == 0)
        ::_exit(0);
    return refused(pid);
}

Outcome clone3Namespace(char **)
{
    struct {
        std::uint64_t flags, pidfd, childTid, parentTid, exitSignal, stack, stackSize, tls;
    } arguments = {CLONE_NEWUSER, 0, 0, 0, SIGCHLD, 0, 0, 0};
    const long pid = ::syscall(SYS_clone3, &arguments, sizeof arguments);
    if (pid == 0)
        ::_exit(0);
    return refused(pid);
}

Outcome joinNamespace(char **arguments)
{
    const int file = ::open(arguments[0], O_RDONLY);
    return file < 0 ? Held : refused(::setns(file, 0));
}

#ifdef __x86_64__
Outcome x32(char **)
{
    return inChild([]() -> long { return ::syscall(SYS_getppid | 0x40000000); });
}

long call32(long number, long first, long second, long third)
{
    long result = -ENOSYS;
    asm volatile("int $0x80" : "=a"(result) : "a"(number), "b"(first), "c"(second), "d"(third) : "memory");
    if (result < 0) {
        errno = int(-result);
        return -1;
    }
    return result;
}

Outcome call32Bit(char **arguments)
{
    static long words[4];
    for (int i = 0; i < 4 && arguments[i]; ++i)
        words[i] = long(std::strtoul(arguments[i], nullptr, 0));
    return inChild([]() -> long { return call32(words[0], words[1], words[2], words[3]); });
}
#else
Outcome x32(char **)
{
    return Held;
}

Outcome call32Bit(char **)
{
    return Held;
}
#endif

Outcome makeDevice(char **arguments)
{
    const Outcome outcome = refused(::mknod(arguments[0], S_IFCHR | 0600, makedev(1, 1)));
    ::unlink(arguments[0]);
    return outcome;
}

Outcome openToWrite(char **arguments)
{
    return ::open(arguments[0], O_WRONLY | O_CLOEXEC) >= 0 ? GotOut : Held;
}

Outcome read(char **arguments)
{
    const int file = ::open(arguments[0], O_RDONLY | O_CLOEXEC);
    char byte = 0;
    return file >= 0 && ::pread(file, &byte, 1, 0) == 1 ? GotOut : Held;
}

// A page that every process has.
Outcome readMemory(char **arguments)
{
    char path[64];
    std::snprintf(path, sizeof path, "/proc/%s/mem", arguments[0]);
    return ::open(path, O_RDONLY | O_CLOEXEC) >= 0 ? GotOut : Held;
}

Outcome follow(char **arguments)
{
    char target[4096];
    return ::readlink(arguments[0], target, sizeof target) > 0 ? GotOut : Held;
}

Outcome trace(char **arguments)
{
    const pid_t pid = std::atoi(arguments[0]);
    if (::ptrace(PTRACE_ATTACH, pid, nullptr, nullptr) != 0)
        return Held;
    ::waitpid(pid, nullptr, 0);
    ::ptrace(PTRACE_DETACH, pid, nullptr, nullptr);
    return GotOut;
}

Outcome signal(char **arguments)
{
    return ::kill(std::atoi(arguments[0]), 0) == 0 ? GotOut : Held;
}

Outcome unmount(char **arguments)
{
    return ::umount2(arguments[0], MNT_DETACH) == 0 ? GotOut : Held;
}

Outcome remount(char **arguments)
{
    return ::mount(nullptr, arguments[0], nullptr, MS_REMOUNT | MS_BIND, nullptr) == 0 ? GotOut : Held;
}

Outcome mountOver(char **arguments)
{
    if (::mount("none", arguments[0], "tmpfs", 0, nullptr) != 0)
        return Held;
    ::umount2(arguments[0], MNT_DETACH);
    return GotOut;
}

Outcome isSuperuser(char **)
{
    return ::geteuid() == 0 ? GotOut : Held;
}

Outcome hasRights(char **)
{
    for (int right = 0; ::prctl(PR_CAPBSET_READ, right, 0, 0, 0) >= 0; ++right) {
        if (::prctl(PR_CAPBSET_READ, right, 0, 0, 0) == 1)
            return GotOut;
    }
    return Held;
}

// Not on a terminal, so that no system lets it through: the filter looks at the request alone.
Outcome pushInput(char **arguments)
{
    const int file = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    char byte = 'x';
    // The upper half is nothing to the kernel, and must be nothing to a filter.
    const unsigned long request = std::strtoul(arguments[0], nullptr, 0);
    return reached(::syscall(SYS_ioctl, file, request, &byte), {EPERM});
}

} // namespace

const Escape kKernelEscapes[] = {
    {"call", call},
    {"new-namespace", newNamespace},
    {"clone-namespace", cloneNamespace},
    {"clone3-namespace", clone3Namespace},
    {"join-namespace", joinNamespace},
    {"x32", x32},
    {"call32", call32Bit},
    {"make-device", makeDevice},
    {"open-to-write", openToWrite},
    {"read", read},
    {"read-memory", readMemory},
    {"follow", follow},
    {"trace", trace},
    {"signal", signal},
    {"unmount", unmount},
    {"remount", remount},
    {"mount-over", mountOver},
    {"is-superuser", isSuperuser},
    {"has-rights", hasRights},
    {"push-input", pushInput},
    {nullptr, nullptr},
};
