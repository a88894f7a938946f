// SPDX-License-Identifier: MIT
#include "runner/launch.h"

#include "runner/podarray.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace Meanwhile::Runner {

namespace {

/// The command as the shell's input, which is /dev/null again before its first word runs. All on one line, so
/// that the lines of the command keep their numbers; $0, the arguments and the other descriptors are those of
/// an ordinary command.
constexpr const char *kBashReadsCommand = "eval \"exec </dev/null; $(</dev/stdin)\"";
constexpr const char *kShellReadsCommand = "eval \"exec </dev/null; $(/bin/cat)\"";

const char *nameOf(const char *path)
{
    const char *slash = std::strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/// Where a shell's text stands in a call; nullptr where it does not end with one.
const char **shellText(PodArray<const char *> &call)
{
    const std::size_t size = call.size() - 1; // the last is nullptr
    const char **end = call.begin() + size;
    return size >= 4 && std::strcmp(end[-3], "-c") == 0 && std::strcmp(end[-2], "--") == 0 ? end - 1
                                                                                           : nullptr;
}

// Only returns when that did not work.
void run(const char *path, PodArray<const char *> &call)
{
    ::execve(path, const_cast<char *const *>(call.begin()), environ);
}

// The system takes no longer word than 128 KiB in a call.
bool putIntoInput(const char *command)
{
    const int file = ::memfd_create("command", MFD_CLOEXEC);
    const std::size_t size = std::strlen(command);
    std::size_t written = 0;
    while (file >= 0 && written < size) {
        const ssize_t piece = ::write(file, command + written, size - written);
        if (piece < 0 && errno == EINTR)
            continue;
        if (piece <= 0)
            return false;
        written += std::size_t(piece);
    }
    return file >= 0 && ::lseek(file, 0, SEEK_SET) == 0 && ::dup2(file, STDIN_FILENO) == STDIN_FILENO;
}

// Runs in the child, in the parent's memory: what it writes to `result`, the parent sees.
[[noreturn]] void become(const char *path, PodArray<const char *> &call, const char *folder, int output,
    volatile LaunchResult *result)
{
    const auto fail = [result](const char *step) {
        result->systemErrno = errno;
        result->failedStep = step;
        ::_exit(127);
    };
    // A session is left only by those who mean to, so that the supervisor's tells whose a process is, also
    // when that has been killed. One that was started by hand has none of its own to share.
    if (::getsid(0) != ::getppid() || ::setpgid(0, 0) != 0)
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
    run(path, call);
    if (const char **text = errno == E2BIG ? shellText(call) : nullptr; text && putIntoInput(*text)) {
        *text = std::strcmp(nameOf(text[-3]), "bash") == 0 ? kBashReadsCommand : kShellReadsCommand;
        run(path, call);
    }
    fail("exec");
    ::_exit(127);
}

// vfork copies no page tables and returns when the program is in place, so that a failure is known at once.
// The child shares this memory, so every signal is blocked here until it has its own; a function of its own,
// as what lives in the registers of one that calls vfork may not be what it was.
[[gnu::noinline]] LaunchResult start(
    const char *path, PodArray<const char *> &call, const char *workingDirectory, int output)
{
    volatile LaunchResult result;
    const pid_t pid = ::vfork();
    if (pid == 0)
        become(path, call, workingDirectory, output, &result);
    LaunchResult outcome{pid, result.failedStep, result.systemErrno};
    if (pid < 0) {
        outcome.failedStep = "fork";
        outcome.systemErrno = errno;
    } else if (outcome.failedStep) {
        ::waitpid(pid, nullptr, 0);
    }
    return outcome;
}

} // namespace

LaunchResult launch(const char *workingDirectory, const char *const *call, int callSize, int output)
{
    PodArray<const char *> words;
    for (int i = 0; i < callSize; ++i)
        words.append(i == 0 ? nameOf(call[0]) : call[i]);
    words.append(nullptr);
    if (words.size() != std::size_t(callSize) + 1)
        return {-1, "fork", ENOMEM};
    return start(call[0], words, workingDirectory, output);
}

} // namespace Meanwhile::Runner
