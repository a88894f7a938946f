// SPDX-License-Identifier: MIT
#include "runner/launch.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace Meanwhile::Runner {

namespace {

// Runs in the child, in the parent's memory: what it writes to `result`, the parent sees.
[[noreturn]] void becomeShell(
    const char *folder, const char *command, int output, volatile LaunchResult *result)
{
    const auto fail = [result](const char *step) {
        result->systemErrno = errno;
        result->failedStep = step;
        ::_exit(127);
    };
    ::setsid();
    if (::chdir(folder) != 0)
        fail("cwd");
    const int input = ::open("/dev/null", O_RDONLY);
    if (input < 0 || ::dup2(input, STDIN_FILENO) < 0)
        fail("stdin");
    if (input != STDIN_FILENO)
        ::close(input);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    char *const bash[] = {const_cast<char *>("bash"), const_cast<char *>("-c"), const_cast<char *>("--"),
        const_cast<char *>(command), nullptr};
    ::execve("/bin/bash", bash, environ);
    if (errno == ENOENT) {
        char *const shell[] = {const_cast<char *>("sh"), const_cast<char *>("-c"), const_cast<char *>("--"),
            const_cast<char *>(command), nullptr};
        ::execve("/bin/sh", shell, environ);
    }
    fail("exec");
    ::_exit(127);
}

} // namespace

LaunchResult launchShell(const char *workingDirectory, const char *command, int output)
{
    // vfork copies no page tables and returns when the shell is in place, so that a failure is known at once.
    // The child shares this memory, so every signal is blocked here until it has its own.
    volatile LaunchResult result;
    const pid_t pid = ::vfork();
    if (pid == 0)
        becomeShell(workingDirectory, command, output, &result);
    LaunchResult outcome{pid, result.failedStep, result.systemErrno};
    if (pid < 0) {
        outcome.failedStep = "fork";
        outcome.systemErrno = errno;
    } else if (outcome.failedStep) {
        ::waitpid(pid, nullptr, 0);
    }
    return outcome;
}

} // namespace Meanwhile::Runner
