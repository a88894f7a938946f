// SPDX-License-Identifier: MIT
#include "box/probe.h"
#include "box/reducedbox.h"
#include "box/standingbox.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Meanwhile::Box {

namespace {

constexpr const char *kProgram[] = {"/bin/true"};

int readSwitch(const char *path)
{
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    char text[32] = {};
    const ssize_t size = file < 0 ? -1 : ::read(file, text, sizeof text - 1);
    if (file >= 0)
        ::close(file);
    return size > 0 ? std::atoi(text) : -1;
}

SystemSwitches readSwitches()
{
    SystemSwitches switches;
    if (::geteuid() != 0) {
        switches.appArmorRestricts = readSwitch("/proc/sys/kernel/apparmor_restrict_unprivileged_userns");
        switches.allowsClone = readSwitch("/proc/sys/kernel/unprivileged_userns_clone");
    }
    switches.mostNamespaces = readSwitch("/proc/sys/user/max_user_namespaces");
    return switches;
}

std::int64_t nowMs()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

// Empty when a program ran in a box to its end.
std::string whyNoProgramRuns(int limitMs)
{
    std::string problem;
    const std::int64_t until = nowMs() + limitMs;
    const std::unique_ptr<StandingBox> box = StandingBox::build({}, problem);
    if (!box)
        return problem;
    if (!box->isReady(limitMs))
        return box->problem();
    const int output = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    const ShellStart started = box->start({"/", "MEANWHILE_PROBE=1", kProgram, 1}, output, limitMs);
    ::close(output);
    if (started.failedStep) {
        box->kill();
        return box->problem();
    }
    while (nowMs() < until) {
        pollfd source{box->channel(), POLLIN, 0};
        Report report;
        ::poll(&source, 1, int(std::max<std::int64_t>(until - nowMs(), 0)));
        const Received received = box->read(report);
        if (received == Received::End)
            return "the box ended before its program";
        if (received == Received::Report && report.what == Report::ShellEnded)
            return report.waitStatus == 0 ? std::string() : "the program in the box failed";
    }
    box->kill();
    return "the box took too long";
}

bool mentions(const std::string &text, const char *words)
{
    return text.find(words) != std::string::npos;
}

} // namespace

ProbeResult judgeFailure(const std::string &problem, const SystemSwitches &switches)
{
    ProbeResult result;
    result.reason = problem;
    std::replace(result.reason.begin(), result.reason.end(), '\n', ' ');
    const bool isForbidden =
        mentions(problem, "Permission denied") || mentions(problem, "Operation not permitted");
    if (isForbidden && switches.appArmorRestricts > 0)
        result.ability = Ability::Refused;
    else if (switches.mostNamespaces == 0 || switches.allowsClone == 0)
        result.reason = "user namespaces are switched off on this system: " + result.reason;
    return result;
}

ProbeResult probeBox(int limitMs)
{
    ProbeResult result;
    const std::string problem = whyNoProgramRuns(limitMs);
    if (problem.empty())
        result.ability = Ability::Full;
    else
        result = judgeFailure(problem, readSwitches());
    result.landlock = landlockVersion();
    return result;
}

std::string linesOf(const ProbeResult &result)
{
    constexpr const char *kNames[] = {"full", "refused", "none"};
    std::string lines = std::string("box ") + kNames[int(result.ability)];
    if (!result.reason.empty())
        lines += ' ' + result.reason;
    return lines + "\nlandlock " + std::to_string(result.landlock) + '\n';
}

} // namespace Meanwhile::Box
