// SPDX-License-Identifier: MIT
#include "box/filterprogram.h"
#include "box/inside.h"
#include "box/mountcheck.h"
#include "box/standingbox.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace Meanwhile::Box {

namespace {

/// The descriptors of bubblewrap, and of the first process.
constexpr int kChannel = 3;
constexpr int kFilter = 4;
constexpr int kProgram = 5;
constexpr int kFirstEmptyFile = 6;
/// Nothing of ours has a number above it before it is put in its place.
constexpr int kAboveAll = 256;
/// One that is not needed ends as soon as it sees that; so long it is waited for.
constexpr int kDismissMs = 2000;
constexpr std::size_t kLongestProblem = 2000;

/// Where systems install it. PATH does not count: what it names may be a command's own file.
constexpr const char *kBubblewrapPaths[] = {
    "/usr/bin/bwrap", "/usr/local/bin/bwrap", "/run/current-system/sw/bin/bwrap"};

const char *bubblewrapPath()
{
    for (const char *path : kBubblewrapPaths) {
        if (::access(path, X_OK) == 0)
            return path;
    }
    return nullptr;
}

class Descriptor {
public:
    explicit Descriptor(int number = -1)
        : m_number(number)
    {
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    int get() const { return m_number; }
    int release()
    {
        const int number = m_number;
        m_number = -1;
        return number;
    }

private:
    int m_number;
};

int filterFile()
{
    const std::span<const sock_filter> program = filterProgram(Kind::Full);
    const int memory = ::memfd_create("filter", MFD_CLOEXEC);
    if (program.empty() || memory < 0 ||
        ::write(memory, program.data(), program.size_bytes()) != ssize_t(program.size_bytes()) ||
        ::lseek(memory, 0, SEEK_SET) != 0)
        return -1;
    return memory;
}

/// What the child needs, made before it is there: it must not allocate.
struct Start {
    const char *program = nullptr;
    std::vector<const char *> words;
    std::vector<int> from; ///< what becomes descriptor 0, 1, 2 …
};

[[noreturn]] void becomeBubblewrap(const Start &start)
{
    // All of them out of the way first, since one may stand where another is to go.
    const int count = int(start.from.size());
    for (int i = 0; i < count; ++i) {
        if (::dup3(start.from[std::size_t(i)], kAboveAll + i, O_CLOEXEC) < 0)
            ::_exit(126);
    }
    for (int i = 0; i < count; ++i) {
        if (::dup2(kAboveAll + i, i) < 0)
            ::_exit(126);
    }
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execve(start.program, const_cast<char *const *>(start.words.data()), environ);
    ::_exit(127);
}

// A function of its own: what lives in the registers of one that calls vfork may not be what it was.
[[gnu::noinline]] pid_t spawn(const Start &start)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, &before);
    const pid_t pid = ::vfork();
    if (pid == 0)
        becomeBubblewrap(start);
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    return pid;
}

} // namespace

std::unique_ptr<StandingBox> StandingBox::build(const BoxPolicy &policy, std::string &problem)
{
    const Surroundings around = surroundingsOf(policy);
    Start start;
    start.program = bubblewrapPath();
    problem = objectionTo(policy, around);
    if (problem.empty() && !start.program)
        problem = "bubblewrap is not installed";
    if (!problem.empty())
        return nullptr;
    std::unique_ptr<StandingBox> box(new StandingBox);
    box->m_policy = policy;
    box->m_call = bubblewrapCall(policy, around, kFirstEmptyFile);
    int ends[2] = {-1, -1};
    ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);
    const Descriptor inner(ends[1]);
    box->m_channel = ends[0];
    box->m_messages = ::memfd_create("messages", MFD_CLOEXEC);
    const int on = 1;
    ::setsockopt(box->m_channel, SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
    const Descriptor nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
    const Descriptor filter(filterFile());
    const Descriptor program(::open("/proc/self/exe", O_PATH | O_CLOEXEC));
    start.from = {nothing.get(), nothing.get(), box->m_messages, inner.get(), filter.get(), program.get()};
    start.from.insert(start.from.end(), std::size_t(box->m_call.emptyFiles), nothing.get());
    const std::string filterNumber = std::to_string(kFilter);
    const std::string channelNumber = std::to_string(kChannel);
    const std::string programPath = "/proc/self/fd/" + std::to_string(kProgram);
    start.words = {"bwrap"};
    for (const std::string &word : box->m_call.words)
        start.words.push_back(word.c_str());
    start.words.insert(
        start.words.end(), {"--seccomp", filterNumber.c_str(), "--chdir", "/", "--as-pid-1", "--",
                               programPath.c_str(), kInsideWord, channelNumber.c_str(), nullptr});
    box->m_bubblewrap = spawn(start);
    if (box->m_bubblewrap < 0) {
        problem = "bubblewrap cannot be started";
        return nullptr;
    }
    return box;
}

StandingBox::~StandingBox()
{
    ::close(m_channel); // one that waits for a job sees that none is to come
    if (!m_isStarted && m_bubblewrap > 0) {
        const Descriptor process(int(::syscall(SYS_pidfd_open, m_bubblewrap, 0)));
        pollfd source{process.get(), POLLIN, 0};
        if (::poll(&source, 1, kDismissMs) == 1)
            ::waitpid(m_bubblewrap, nullptr, WNOHANG);
    }
    for (const int descriptor : {m_messages, m_firstProcessFd}) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
}

bool StandingBox::fits(const BoxPolicy &policy) const
{
    pollfd source{m_channel, 0, 0};
    const bool isGone = ::poll(&source, 1, 0) == 1; // nothing but its end is looked for
    return !isGone && policy == m_policy &&
           bubblewrapCall(policy, surroundingsOf(policy), kFirstEmptyFile) == m_call;
}

bool StandingBox::waitFor(Report::What what, int patienceMs)
{
    pollfd source{m_channel, POLLIN, 0};
    if (::poll(&source, 1, patienceMs) == 1 && read(m_report) == Received::Report && m_report.what == what)
        return true;
    m_problem = complaint();
    return false;
}

bool StandingBox::isReady(int patienceMs)
{
    if (m_firstProcess < 0) {
        if (!waitFor(Report::Ready, patienceMs))
            return false;
        m_firstProcessFd = int(::syscall(SYS_pidfd_open, m_firstProcess, 0));
    }
    const std::string path = "/proc/" + std::to_string(m_firstProcess) + "/mountinfo";
    const std::vector<Mount> inside = parseMounts(readWholeFile(path.c_str()));
    m_problem = inside.empty()
                    ? "its mounts cannot be seen"
                    : problemOfMounts(m_call, inside, parseMounts(readWholeFile("/proc/self/mountinfo")));
    return m_problem.empty();
}

ShellStart StandingBox::start(const ShellJob &job, int output, int patienceMs)
{
    m_isStarted = true;
    if (!sendJob(m_channel, job, output) || !waitFor(Report::Started, patienceMs))
        return {-1, "box", EPERM};
    if (m_report.failedStep[0] != '\0')
        return {-1, m_report.failedStep, m_report.systemErrno};
    return {m_firstProcess, nullptr, 0};
}

Received StandingBox::read(Report &report)
{
    pid_t sender = 0;
    const Received received = receiveReport(m_channel, report, sender, false);
    if (received == Received::Report && m_firstProcess < 0)
        m_firstProcess = sender;
    return received;
}

std::string StandingBox::complaint() const
{
    char text[kLongestProblem];
    const ssize_t size = ::pread(m_messages, text, sizeof text, 0);
    std::string problem(text, std::size_t(size > 0 ? size : 0));
    while (!problem.empty() && problem.back() == '\n')
        problem.pop_back();
    return problem.empty() ? "the box did not answer" : problem;
}

void StandingBox::kill() const
{
    if (m_firstProcessFd >= 0)
        ::syscall(SYS_pidfd_send_signal, m_firstProcessFd, SIGKILL, nullptr, 0);
    else if (m_bubblewrap > 0 && m_firstProcess < 0)
        ::kill(m_bubblewrap, SIGKILL);
}

} // namespace Meanwhile::Box
