// SPDX-License-Identifier: MIT
#include "runner/processtree.h"

#include "runner/mark.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace Meanwhile::Runner {

namespace {

/// Deeper than any tree of processes that is not a loop of reused pids.
constexpr int kDeepestTree = 4096;
/// Of an environment; the system takes no larger one by default.
constexpr std::size_t kMostEnvironmentBytes = 2 * 1024 * 1024;

PodArray<char> environmentBytes; // one for all, as it may be large

/// False also for a process of somebody else, whose environment cannot be read.
bool hasInEnvironment(pid_t pid, const char *variable, const char *value)
{
    char path[32];
    std::snprintf(path, sizeof path, "/proc/%d/environ", int(pid));
    const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    environmentBytes.clear();
    char piece[4096];
    ssize_t size = 0;
    while (environmentBytes.size() < kMostEnvironmentBytes && (size = ::read(fd, piece, sizeof piece)) > 0) {
        for (ssize_t i = 0; i < size; ++i)
            environmentBytes.append(piece[i]);
    }
    ::close(fd);
    environmentBytes.append('\0');
    const std::size_t nameSize = std::strlen(variable);
    for (const char *word = environmentBytes.begin(); word < environmentBytes.end();
         word += std::strlen(word) + 1) {
        if (std::strncmp(word, variable, nameSize) == 0 && word[nameSize] == '=' &&
            std::strcmp(word + nameSize + 1, value) == 0)
            return true;
    }
    return false;
}

} // namespace

bool Remains::isSupervisorAlive() const
{
    ProcessEntry entry;
    return supervisor > 0 && readProcess(supervisor, entry) && entry.startTicks == startTicks &&
           entry.state != 'Z' && entry.state != 'X';
}

bool readProcess(pid_t pid, ProcessEntry &entry)
{
    char path[32];
    std::snprintf(path, sizeof path, "/proc/%d/stat", int(pid));
    const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    char text[1024];
    const ssize_t size = ::read(fd, text, sizeof text - 1);
    ::close(fd);
    if (size <= 0)
        return false;
    text[size] = '\0';

    // The name stands in parentheses and may itself hold spaces and parentheses: the last one counts.
    const char *open = std::strchr(text, '(');
    char *close = std::strrchr(text, ')');
    if (!open || !close || close[1] == '\0' || close[2] == '\0')
        return false;
    *close = '\0';
    entry.pid = pid;
    std::snprintf(entry.name, sizeof entry.name, "%s", open + 1);
    entry.state = close[2];
    const char *field = close + 3; // behind field 3, the state
    entry.parent = pid_t(std::strtol(field, nullptr, 10));
    for (int number = 4; number <= 22 && field; ++number) {
        field = std::strchr(field, ' ');
        field = field ? field + 1 : nullptr;
        if (number == 6 && field)
            entry.session = pid_t(std::strtol(field, nullptr, 10));
    }
    entry.startTicks = field ? std::strtoull(field, nullptr, 10) : 0;
    return true;
}

void ProcessTree::refresh()
{
    m_all.clear();
    m_descendants.clear();
    DIR *folder = ::opendir("/proc");
    if (!folder)
        return;
    while (const dirent *item = ::readdir(folder)) {
        if (item->d_name[0] < '1' || item->d_name[0] > '9')
            continue;
        ProcessEntry entry;
        if (readProcess(pid_t(std::atoi(item->d_name)), entry))
            m_all.append(entry);
    }
    ::closedir(folder);
    std::sort(m_all.begin(), m_all.end(),
        [](const ProcessEntry &a, const ProcessEntry &b) { return a.pid < b.pid; });
    if (m_remains) {
        // Nobody gets a pid that is still some session's: who has it now began when that session had ended.
        // Where nobody has it, another one may have had it meanwhile and have left the session that is there.
        const ProcessEntry *supervisor = find(m_remains->supervisor);
        m_hasSession =
            m_remains->supervisor > 0 && (!supervisor || supervisor->startTicks == m_remains->startTicks);
    }
    for (ProcessEntry &entry : m_all)
        entry.isRoot = isRoot(entry);
    for (const ProcessEntry &entry : m_all) {
        if (entry.state != 'Z' && entry.state != 'X' && isDescendant(entry))
            m_descendants.append(entry);
    }
}

const ProcessEntry *ProcessTree::find(pid_t pid) const
{
    const ProcessEntry *found = std::lower_bound(m_all.begin(), m_all.end(), pid,
        [](const ProcessEntry &candidate, pid_t wanted) { return candidate.pid < wanted; });
    return found != m_all.end() && found->pid == pid ? found : nullptr;
}

// Whose whole tree is meant: this process or the supervisor, without itself, or one that lost its supervisor.
bool ProcessTree::isRoot(const ProcessEntry &entry) const
{
    if (!m_remains)
        return entry.pid == ::getpid();
    if (entry.pid == ::getpid() || entry.startTicks < m_remains->startTicks)
        return false;
    if (m_hasSession && entry.pid == m_remains->supervisor)
        return true;
    // This process is marked like every supervisor, unless marks do not work here.
    if (m_hasSession && entry.session == m_remains->supervisor &&
        (hasCommandMark(entry.pid) || !hasCommandMark(::getpid())))
        return true;
    return hasInEnvironment(entry.pid, kTaskVariable, m_remains->task);
}

bool ProcessTree::isDescendant(const ProcessEntry &entry) const
{
    if (entry.pid == ::getpid() || (m_remains && m_hasSession && entry.pid == m_remains->supervisor))
        return false;
    const ProcessEntry *ancestor = &entry;
    for (int depth = 0; depth < kDeepestTree && ancestor; ++depth) {
        if (ancestor->isRoot)
            return true;
        ancestor = ancestor->parent > 1 ? find(ancestor->parent) : nullptr;
    }
    return false;
}

} // namespace Meanwhile::Runner
