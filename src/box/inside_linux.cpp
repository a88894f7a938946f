// SPDX-License-Identifier: MIT
#include "box/inside.h"
#include "box/reducedbox.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Meanwhile::Box {

namespace {

constexpr unsigned kCloseOnExec = 1U << 2; // CLOSE_RANGE_CLOEXEC, <linux/close_range.h>
constexpr rlim_t kMostProcesses = 4096;

bool hasNoRights()
{
    __user_cap_header_struct head{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {};
    if (::syscall(SYS_capget, &head, sets) != 0)
        return false;
    for (const __user_cap_data_struct &set : sets) {
        if (set.effective != 0 || set.permitted != 0 || set.inheritable != 0)
            return false;
    }
    for (int right = 0; ::prctl(PR_CAPBSET_READ, right, 0, 0, 0) >= 0; ++right) {
        if (::prctl(PR_CAPBSET_READ, right, 0, 0, 0) != 0 && ::prctl(PR_CAPBSET_DROP, right, 0, 0, 0) != 0)
            return false;
    }
    return true;
}

const char *whyTheBoxDoesNotHold()
{
    if (::getpid() != 1)
        return "not the first process";
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return "not closed";
    if (!hasNoRights())
        return "rights are left";
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return "rights could be gained";
    if (::prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != SECCOMP_MODE_FILTER)
        return "no filter";
    if (!keepSignalsAndSocketsInside())
        return "no Landlock";
    return nullptr;
}

// Older kernels count all that a person runs, in whatever box, and would refuse a command for that.
void limitProcesses()
{
    utsname system{};
    int major = 0;
    int minor = 0;
    if (::uname(&system) != 0 || std::sscanf(system.release, "%d.%d", &major, &minor) != 2 || major < 5 ||
        (major == 5 && minor < 14))
        return;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NPROC, &limit) == 0 && limit.rlim_max > kMostProcesses) {
        limit = {kMostProcesses, kMostProcesses};
        ::setrlimit(RLIMIT_NPROC, &limit);
    }
}

int openSignals()
{
    sigset_t all;
    sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, nullptr);
    for (int number = 1; number < NSIG; ++number)
        ::signal(number, SIG_DFL);
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGCHLD);
    return ::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
}

void waitForChild(int signals)
{
    pollfd source{signals, POLLIN, 0};
    ::poll(&source, 1, -1);
    signalfd_siginfo info[8];
    while (::read(signals, info, sizeof info) > 0) {
    }
}

// Ends when no process is left in the box.
void reapAll(int channel, int signals, pid_t shell)
{
    bool hasShellEnded = false;
    while (true) {
        Report report;
        report.what = Report::Reaped;
        int status = 0;
        pid_t pid = 0;
        while ((pid = ::waitpid(-1, &status, WNOHANG)) > 0) {
            if (pid == shell) {
                hasShellEnded = true;
                report.what = Report::ShellEnded;
                report.waitStatus = status;
            }
        }
        report.isEmpty = pid < 0 && errno == ECHILD;
        if (hasShellEnded)
            sendReport(channel, report);
        if (report.isEmpty)
            return;
        waitForChild(signals);
    }
}

} // namespace

int runInside(int channel, StartShell start)
{
    ::syscall(SYS_close_range, 3U, ~0U, kCloseOnExec);
    if (const char *problem = whyTheBoxDoesNotHold()) {
        std::fprintf(stderr, "meanwhile-run: the box does not hold: %s\n", problem);
        return 1;
    }
    limitProcesses();
    const int signals = openSignals();
    sendReport(channel, {});
    std::string bytes;
    std::vector<const char *> words;
    ShellJob job;
    int output = -1;
    if (signals < 0 || !receiveJob(channel, bytes, words, job, output))
        return 0;
    ::putenv(const_cast<char *>(job.variable));
    const ShellStart started = start(job, output);
    ::close(output);
    Report report;
    report.what = Report::Started;
    report.systemErrno = started.systemErrno;
    if (started.failedStep)
        std::snprintf(report.failedStep, sizeof report.failedStep, "%s", started.failedStep);
    sendReport(channel, report);
    if (!started.failedStep)
        reapAll(channel, signals, started.pid);
    return 0;
}

} // namespace Meanwhile::Box
