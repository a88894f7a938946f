// SPDX-License-Identifier: MIT
#include "runner/supervisor.h"

#include "runner/job.h"
#include "runner/launch.h"
#include "runner/mark.h"
#include "runner/monotonic.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace Meanwhile::Runner {

namespace {

constexpr int kPipeBytes = 1024 * 1024;
/// Fits the cache between the read and the write of one piece.
constexpr std::size_t kReadBytes = 256 * 1024;
/// At the start and after each piece of output only the end of the output is waited for: a short command
/// costs one wake-up less, and one that writes a word at a time does not cost a wake-up for each. Shorter
/// when the pipe would be more than half full by then, since a full one stops the command.
constexpr std::int64_t kQuietMs = 5;
/// Reads before signals and deadlines are looked at again.
constexpr int kReadsPerTurn = 16;
/// A process closes its files shortly before its parent hears of its end.
constexpr int kAfterglowMs = 2;
constexpr unsigned kCloseOnExec = 1U << 2; // CLOSE_RANGE_CLOEXEC, <linux/close_range.h>

char readBuffer[kReadBytes];

/// Who asks for a stop says so by a number beside the signal, see StoppedBy in tasks/task.h. Signals from
/// elsewhere have none, and what a command sends does not count, be it ours or another supervisor's.
int stopperOf(const signalfd_siginfo &signal, ProcessTree &tree, bool canTellCommands)
{
    constexpr int kFirst = 1;
    constexpr int kLast = 3;
    if (signal.ssi_code != SI_QUEUE || signal.ssi_int < kFirst || signal.ssi_int > kLast)
        return 0;
    if (canTellCommands && hasCommandMark(pid_t(signal.ssi_pid)))
        return 0;
    tree.refresh();
    ProcessEntry sender;
    const bool isOurs = std::any_of(tree.processes().begin(), tree.processes().end(),
        [&signal](const ProcessEntry &entry) { return entry.pid == pid_t(signal.ssi_pid); });
    return !isOurs && readProcess(pid_t(signal.ssi_pid), sender) && sender.state != 'Z' ? signal.ssi_int : 0;
}

/// A task's folder has its id as its name.
void markEnvironment(const char *folder)
{
    constexpr std::size_t kLongestName = 255;
    char name[kLongestName + 1];
    const char *end = folder + std::strlen(folder);
    while (end > folder && end[-1] == '/')
        --end;
    const char *begin = end;
    while (begin > folder && begin[-1] != '/')
        --begin;
    const std::size_t size = std::min<std::size_t>(std::size_t(end - begin), kLongestName);
    std::memcpy(name, begin, size);
    name[size] = '\0';
    ::setenv(kTaskVariable, name, 1);
}

} // namespace

SupervisingProcess::SupervisingProcess()
{
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    canTellCommands = !hasCommandMark(::getpid());
    markCommands();
    ::syscall(SYS_close_range, 3U, ~0U, kCloseOnExec);
    sigset_t all;
    sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, nullptr);
    // What this process was made to ignore, the command would ignore as well.
    for (int number = 1; number < NSIG; ++number)
        ::signal(number, SIG_DFL);

    sigset_t wanted;
    sigemptyset(&wanted);
    for (const int number : {SIGCHLD, SIGTERM, SIGUSR1})
        sigaddset(&wanted, number);
    signalFd = ::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
    error = signalFd < 0 ? errno : 0;
    self = identityOfThisProcess();
}

Supervisor::Supervisor(const SupervisingProcess &process)
    : m_process(process)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        m_pipeErrno = errno;
        return;
    }
    // More room means fewer switches between the command and this process; without it things work as well.
    ::fcntl(ends[0], F_SETPIPE_SZ, kPipeBytes);
    m_pipeBytes = ::fcntl(ends[0], F_GETPIPE_SZ);
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    m_output = ends[0];
    m_command = ends[1];
}

Supervisor::~Supervisor()
{
    for (const int descriptor : {m_folder, m_output, m_command}) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
}

int Supervisor::run(const Options &options)
{
    m_options = &options;
    m_status.setJob(options);
    // What came before the command is not meant for it.
    signalfd_siginfo stale[8];
    while (::read(m_process.signalFd, stale, sizeof stale) > 0) {
    }
    if (!openFolder() || !launch())
        return 1;
    while (true) {
        if (isOver())
            finish();
        if (m_ended && m_childless && !m_sweep.isRunning())
            return 0;
        turn();
    }
}

bool Supervisor::isClean() const
{
    return m_ended && m_childless && !m_wasSwept && m_status.isKept();
}

bool Supervisor::openFolder()
{
    const auto failed = [this](const char *step, int error) {
        m_status.open(m_folder);
        m_status.failed(step, error);
        return false;
    };
    if (::mkdir(m_options->folder, 0700) != 0 && errno != EEXIST)
        return failed("folder", errno);
    m_folder = ::open(m_options->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (m_folder < 0)
        return failed("folder", errno);
    if (const int error = m_log.open(m_folder, m_options->logCapBytes, m_options->key))
        return failed("log", error);
    // Before the command runs, so that there is never one whose supervisor cannot be found, and none that
    // writes its own.
    m_log.setSupervisor(m_process.self);
    m_log.publish();
    keepJob(m_folder, *m_options, m_process.self);
    if (m_process.error != 0)
        return failed("signals", m_process.error);
    return m_pipeErrno == 0 || failed("pipe", m_pipeErrno);
}

bool Supervisor::launch()
{
    m_lastReadUs = nowUs();
    m_startMs = nowMs();
    markEnvironment(m_options->folder);
    const LaunchResult result =
        Runner::launch(m_options->workingDirectory, m_options->call, m_options->callSize, m_command);
    ::close(std::exchange(m_command, -1));
    // The shell is on its way already and does not wait for these. A disk that has no room for `status` does
    // not keep a command from running, since that may be what makes room: its end is told all the same.
    m_status.open(m_folder);
    if (result.failedStep) {
        m_status.failed(result.failedStep, result.systemErrno);
        return false;
    }
    m_shell = result.pid;
    m_quietUntilMs = m_startMs + kQuietMs;
    if (m_options->timeLimitMs > 0)
        m_limitMs = m_startMs + m_options->timeLimitMs;
    m_status.started(m_process.self.pid, m_process.self.startTicks);
    return true;
}

void Supervisor::turn()
{
    const bool isQuiet = m_quietUntilMs > 0 && nowMs() < m_quietUntilMs;
    if (!isQuiet)
        m_quietUntilMs = 0;
    pollfd sources[] = {{m_process.signalFd, POLLIN, 0}, {m_output, short(isQuiet ? 0 : POLLIN), 0}};
    const int ready = ::poll(sources, 2, timeoutMs());
    if (ready > 0 && sources[1].revents)
        readOutput();
    if (ready > 0 && sources[0].revents)
        readSignals();
    onDeadline();
    if (m_sweep.isRunning() && m_childless)
        endSweep();
}

int Supervisor::timeoutMs() const
{
    std::int64_t deadline = m_sweep.isRunning() ? m_sweep.deadlineMs() : m_limitMs;
    if (m_quietUntilMs > 0 && m_output >= 0 && (deadline < 0 || m_quietUntilMs < deadline))
        deadline = m_quietUntilMs;
    if (deadline < 0)
        return -1;
    return int(std::clamp<std::int64_t>(deadline - nowMs(), 0, 1'000'000'000));
}

void Supervisor::onDeadline()
{
    const std::int64_t now = nowMs();
    if (m_sweep.isRunning()) {
        if (now >= m_sweep.deadlineMs() && !m_sweep.advance(now))
            endSweep();
    } else if (m_limitMs >= 0 && now >= m_limitMs) {
        reap();
        requestStop("timed_out", false, 0);
    }
}

void Supervisor::requestStop(const char *reason, bool atOnce, int stopper)
{
    if (m_sweep.isRunning()) {
        m_sweep.hurry(nowMs());
        return;
    }
    const bool endedByItself = m_shellGone && m_output < 0;
    if (endedByItself ? m_childless : m_ended && m_childless)
        return;
    if (!endedByItself && !m_ended) {
        m_stopReason = reason;
        m_stopper = stopper;
    }
    m_limitMs = -1;
    m_wasSwept = true;
    m_sweep.begin(atOnce, nowMs());
}

void Supervisor::endSweep()
{
    readOutput();
    m_sweep.finish(m_childless, m_status);
    if (m_ended)
        reportSurvivors();
}

void Supervisor::readSignals()
{
    signalfd_siginfo signals[8];
    ssize_t size = 0;
    bool stop = false;
    bool atOnce = false;
    int stopper = 0;
    while ((size = ::read(m_process.signalFd, signals, sizeof signals)) > 0) {
        for (std::size_t i = 0; i < std::size_t(size) / sizeof signals[0]; ++i) {
            stop = stop || signals[i].ssi_signo == SIGTERM;
            atOnce = atOnce || signals[i].ssi_signo == SIGUSR1;
            if (stopper == 0 && signals[i].ssi_signo != SIGCHLD)
                stopper = stopperOf(signals[i], m_tree, m_process.canTellCommands);
        }
    }
    reap();
    if (stop || atOnce)
        requestStop("stopped", atOnce, stopper);
    else if (m_ended && !m_sweep.isRunning())
        reportSurvivors();
}

void Supervisor::reap()
{
    int status = 0;
    pid_t pid = 0;
    while ((pid = ::waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == m_shell) {
            m_shellGone = true;
            m_shellStatus = status;
        }
    }
    m_childless = pid < 0 && errno == ECHILD;
    if (!m_shellGone || m_ended)
        return;
    readOutput();
    if (m_output >= 0 && m_childless)
        closeOutput(); // held by somebody who is none of ours: nothing of this command is running any more
    if (m_output >= 0 && !m_shellTold) {
        m_shellTold = true;
        m_status.shellEnded(m_shellStatus);
    }
}

void Supervisor::readOutput()
{
    std::int64_t total = 0;
    for (int i = 0; i < kReadsPerTurn && m_output >= 0; ++i) {
        const ssize_t size = ::read(m_output, readBuffer, sizeof readBuffer);
        if (size > 0) {
            m_log.append(readBuffer, std::size_t(size));
            total += size;
        } else if (size < 0 && errno == EINTR) {
            continue;
        } else if (size < 0 && errno == EAGAIN) {
            break;
        } else {
            closeOutput();
        }
    }
    m_log.publish();
    if (total > 0) {
        const std::int64_t now = nowUs();
        const std::int64_t halfFullMs =
            m_pipeBytes / 2 * (now - std::exchange(m_lastReadUs, now)) / total / 1000;
        m_quietUntilMs = now / 1000 + std::min(kQuietMs, halfFullMs);
    }
}

void Supervisor::closeOutput()
{
    ::close(m_output);
    m_output = -1; // poll() leaves out what is negative
}

bool Supervisor::isOver() const
{
    return !m_ended && !m_sweep.isRunning() && (m_stopReason || (m_shellGone && m_output < 0));
}

void Supervisor::finish()
{
    m_ended = true;
    m_limitMs = -1; // the limit is the command's, not that of what it leaves behind
    if (!m_childless && !m_stopReason) {
        pollfd signals{m_process.signalFd, POLLIN, 0};
        ::poll(&signals, 1, kAfterglowMs);
        reap();
    }
    if (!m_childless) {
        m_tree.refresh();
        m_survivors = m_tree.processes().size();
    }
    m_log.publish();
    Ending ending;
    if (m_stopReason) {
        ending.how = m_stopReason;
        ending.number = m_stopper;
    } else {
        ending.how = WIFEXITED(m_shellStatus) ? "exited" : "signaled";
        ending.number = WIFEXITED(m_shellStatus) ? WEXITSTATUS(m_shellStatus) : WTERMSIG(m_shellStatus);
    }
    ending.bytes = m_log.totalBytes();
    ending.lines = m_log.lines();
    ending.elapsedMs = std::uint64_t(nowMs() - m_startMs);
    ending.survivors = m_survivors;
    ending.logErrno = m_log.header().writeErrno;
    ending.lostBytes = m_log.header().lostBytes;
    timespec wallTime;
    ::clock_gettime(CLOCK_REALTIME, &wallTime);
    ending.endedAtMs = std::uint64_t(wallTime.tv_sec) * 1000 + std::uint64_t(wallTime.tv_nsec) / 1'000'000;
    m_status.ended(ending);
}

void Supervisor::reportSurvivors()
{
    std::uint64_t count = 0;
    if (!m_childless) {
        m_tree.refresh();
        count = m_tree.processes().size();
    }
    if (count != m_survivors)
        m_status.survivors(count);
    m_survivors = count;
}

} // namespace Meanwhile::Runner
