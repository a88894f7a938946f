// SPDX-License-Identifier: MIT
#include "runner/processtree.h"

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

} // namespace

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
    for (const ProcessEntry &entry : m_all) {
        if (entry.state != 'Z' && entry.state != 'X' && isDescendant(entry))
            m_descendants.append(entry);
    }
}

bool ProcessTree::isDescendant(const ProcessEntry &entry) const
{
    const pid_t self = ::getpid();
    pid_t parent = entry.parent;
    for (int depth = 0; depth < kDeepestTree && parent > 1; ++depth) {
        if (parent == self)
            return true;
        const ProcessEntry *found = std::lower_bound(m_all.begin(), m_all.end(), parent,
            [](const ProcessEntry &candidate, pid_t pid) { return candidate.pid < pid; });
        if (found == m_all.end() || found->pid != parent)
            return false;
        parent = found->parent;
    }
    return false;
}

} // namespace Meanwhile::Runner
